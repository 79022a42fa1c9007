"""What goes along with a deleted document, and what stays (section 5.4)."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.delete_doc import delete_dynamic_links
from frappe.model.testing import make_doctype, make_user
from frappe.utils.global_search import rebuild_for_doctype, search

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def note(site: Any) -> Any:
    title = {"fieldname": "title", "fieldtype": "Data", "label": "Title", "in_global_search": 1}
    make_doctype("Test Note", [title, {"fieldname": "secret", "fieldtype": "Password", "label": "Secret"}])
    return frappe.get_doc(doctype="Test Note", title="Blue elephant", secret="s3cret").insert()


def count(doctype: str, **filters: Any) -> int:
    return int(frappe.db.count(doctype, filters))


def test_comments_shares_and_assignments_go_along(note: Any) -> None:
    note.add_comment("Comment", "hello")
    flags = {"ignore_share_permission": True}
    frappe.share.add_docshare("Test Note", note.name, "Guest", flags=flags)
    frappe.get_doc(
        doctype="ToDo", description="x", reference_type="Test Note", reference_name=note.name, allocated_to="Guest"
    ).insert()
    note.reload().delete()
    delete_dynamic_links("Test Note", note.name)
    assert count("DocShare", share_name=note.name) == 0
    assert count("ToDo", reference_name=note.name) == 0
    left = frappe.get_all("Comment", filters={"reference_name": note.name}, pluck="comment_type")
    assert left == ["Deleted"]


def test_mails_stay_without_their_reference(note: Any) -> None:
    mail = frappe.get_doc(
        doctype="Communication",
        subject="x",
        content="x",
        communication_type="Communication",
        communication_medium="Email",
        reference_doctype="Test Note",
        reference_name=note.name,
    ).insert()
    note.delete()
    delete_dynamic_links("Test Note", note.name)
    assert frappe.db.get_value("Communication", mail.name, "reference_name") is None


def test_passwords_go_along(note: Any) -> None:
    assert frappe.db.sql("select 1 from `__Auth` where `name` = %s", (note.name,))
    note.delete()
    assert not frappe.db.sql("select 1 from `__Auth` where `name` = %s", (note.name,))


def test_a_permanent_deletion_leaves_no_record(note: Any) -> None:
    note.delete(delete_permanently=True)
    assert count("Deleted Document", deleted_name=note.name) == 0


def test_a_deleted_document_can_be_restored(note: Any) -> None:
    from frappe.core.doctype.deleted_document.deleted_document import restore

    note.delete()
    record = frappe.db.get_value("Deleted Document", {"deleted_name": note.name})
    restore(record)
    assert count("Test Note", title="Blue elephant") == 1


def test_who_may_not_delete_is_refused_and_nothing_is_gone(note: Any) -> None:
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    with pytest.raises(frappe.PermissionError):
        frappe.delete_doc("Test Note", note.name)
    assert count("Test Note") == 1
    assert frappe.get_doc("Test Note", note.name).get_password("secret") == "s3cret"
    frappe.delete_doc("Test Note", note.name, ignore_permissions=True)
    assert count("Test Note") == 0


def test_several_are_deleted_at_once(note: Any) -> None:
    other = frappe.get_doc(doctype="Test Note", title="other").insert()
    frappe.delete_doc("Test Note", [note.name, other.name])
    assert count("Test Note") == 0


@pytest.mark.parametrize("name", [None, "", []])
def test_a_deletion_without_a_name_is_refused(note: Any, name: Any) -> None:
    with pytest.raises(frappe.ValidationError):
        frappe.delete_doc("Test Note", name)
    assert count("Test Note") == 1


def test_linked_singles_hold_a_document(note: Any) -> None:
    make_doctype(
        "Test Settings",
        [{"fieldname": "note", "fieldtype": "Link", "label": "Note", "options": "Test Note"}],
        issingle=1,
    )
    frappe.get_doc("Test Settings").update({"note": note.name}).save()
    with pytest.raises(frappe.LinkExistsError, match="Test Settings"):
        note.delete()


def test_doctypes_in_the_hook_do_not_hold_a_document(note: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_doctype("Test Log", [{"fieldname": "note", "fieldtype": "Link", "label": "Note", "options": "Test Note"}])
    frappe.get_doc(doctype="Test Log", note=note.name).insert()
    original = frappe.get_hooks

    def get_hooks(hook: str | None = None, *args: Any, **kwargs: Any) -> Any:
        found = original(hook, *args, **kwargs)
        return [*found, "Test Log"] if hook == "ignore_links_on_delete" else found

    monkeypatch.setattr(frappe, "get_hooks", get_hooks)
    note.delete()
    assert count("Test Note") == 0


def test_a_cancelled_document_must_not_be_needed_by_submitted_ones(site: Any) -> None:
    make_doctype("Test Base", is_submittable=1)
    link = {"fieldname": "base", "fieldtype": "Link", "label": "Base", "options": "Test Base"}
    make_doctype("Test Top", [link], is_submittable=1)
    base = frappe.get_doc(doctype="Test Base").insert().submit()
    top = frappe.get_doc(doctype="Test Top", base=base.name).insert().submit()
    with pytest.raises(frappe.LinkExistsError):
        base.cancel()
    base.reload()
    frappe.db.set_value("Test Base", base.name, "docstatus", 1, update_modified=False)
    base.reload()
    top.reload().cancel()
    base.cancel()
    with pytest.raises(frappe.CancelledLinkError):
        frappe.get_doc(doctype="Test Top", base=base.name).insert()


# ---------------------------------------------------------------------- global search


def test_what_is_searched_is_found_by_those_who_may_read(note: Any) -> None:
    assert [row.name for row in search("elephant blue")] == [note.name]
    assert search("zebra") == []
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    assert search("elephant") == []


def test_the_search_follows_changes_and_deletions(note: Any) -> None:
    note.update({"title": "Red zebra"}).save()
    assert search("elephant") == []
    assert len(search("zebra")) == 1
    assert rebuild_for_doctype("Test Note") == 1
    note.delete()
    assert search("zebra") == []
