"""Rules of documents that few apps meet: columns that shrink, merging in detail, levels in rows, shares past hooks."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.testing.people import ANNA, ARNE, CLERK, ERRAND, make_errand, make_errands, make_user
from frappe.tests.utils import patch_hooks


@pytest.fixture(autouse=True)
def _errands(site: Any) -> None:
    make_errands()
    make_user(ANNA, CLERK)
    make_user(ARNE, CLERK)


def change_field(fieldname: str, **values: Any) -> None:
    doc = frappe.get_doc("DocType", ERRAND)
    doc.get("fields", {"fieldname": fieldname})[0].update(values)
    doc.save()


def test_a_column_grows_and_never_shrinks_below_its_data() -> None:
    long = make_errand("x" * 100)
    change_field("subject", length=50)
    assert frappe.db.get_value(ERRAND, long.name, "subject") == "x" * 100
    change_field("subject", length=300)
    assert len(make_errand("y" * 290).reload().subject) == 290
    with pytest.raises(frappe.CharacterLengthExceededError):
        make_errand("y" * 301)
    change_field("subject", fieldtype="Long Text", length=0)
    assert len(make_errand("z" * 70_000).reload().subject) == 70_000
    assert frappe.db.get_value(ERRAND, long.name, "subject") == "x" * 100


def test_an_index_may_say_how_much_of_a_text_it_holds_and_is_made_once() -> None:
    for _ in range(2):
        frappe.db.add_index(ERRAND, ["subject(100)", "status"])
        frappe.db.add_unique(ERRAND, ["subject", "due"])
    assert frappe.db.has_index(f"tab{ERRAND}", "subject_status_index")
    make_errand("Bread", due="2026-01-01")
    with pytest.raises((frappe.UniqueValidationError, frappe.DuplicateEntryError)):
        make_errand("Bread", due="2026-01-01")


def test_merging_tells_both_documents_and_deletes_the_old_one(monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = make_errand("Old"), make_errand("New")
    told: list[tuple[str, Any]] = []
    run_method = Document.run_method

    def noting(self: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        if self.doctype == ERRAND:
            told.append((method, self.name))
        return run_method(self, method, *args, **kwargs)

    monkeypatch.setattr(Document, "run_method", noting)
    frappe.rename_doc(ERRAND, old.name, new.name, merge=True, force=True)
    assert told[:2] == [("before_rename", old.name), ("after_rename", new.name)]
    after = [event for event in told[2:] if event[1] == old.name]
    assert after.index(("on_trash", old.name)) < after.index(("after_delete", old.name))
    assert frappe.get_all(ERRAND, pluck="name") == [new.name]


def test_a_level_hides_and_protects_fields_of_rows() -> None:
    fields = [
        {"fieldname": "place", "label": "Place", "fieldtype": "Data"},
        {"fieldname": "secret", "label": "Secret", "fieldtype": "Data", "permlevel": 1},
    ]
    stop = {"doctype": "DocType", "name": "Errand Stop", "module": "Core", "custom": 1, "istable": 1, "fields": fields}
    frappe.get_doc(stop).insert()
    stops = {"fieldname": "stops", "label": "Stops", "fieldtype": "Table", "options": "Errand Stop"}
    frappe.get_doc({"doctype": "Custom Field", "dt": ERRAND, **stops}).insert()
    errand = make_errand("Bread", stops=[{"place": "Bakery", "secret": "the back door"}])
    frappe.set_user(ANNA)
    shown = frappe.get_doc(ERRAND, errand.name)
    shown.apply_fieldlevel_read_permissions()
    assert (shown.stops[0].place, shown.stops[0].get("secret")) == ("Bakery", None)
    changed = frappe.get_doc(ERRAND, errand.name)
    changed.stops[0].update({"place": "Market", "secret": "open"})
    changed.save()
    stored = frappe.db.get_value("Errand Stop", errand.stops[0].name, ["place", "secret"])
    assert stored == ("Market", "the back door")
    assert frappe.get_list("Errand Stop", parent_doctype=ERRAND, fields=["place"]) == [{"place": "Market"}]
    with pytest.raises(frappe.PermissionError):
        frappe.get_list(ERRAND, fields=["`tabErrand Stop`.secret"])


def says_nothing(*_args: Any, **_kwargs: Any) -> None:
    """Answer None, as hooks do that have no opinion."""


def only_own(user: str) -> str:
    return f"`tab{ERRAND}`.owner = {frappe.db.escape(user)}"


def test_a_share_opens_what_a_condition_closes_and_a_hook_may_have_no_opinion() -> None:
    shared, other = make_errand("Shared"), make_errand("Other")
    frappe.share.add(ERRAND, shared.name, ANNA)
    frappe.set_user(ANNA)
    with patch_hooks({"permission_query_conditions": {ERRAND: [f"{__name__}.only_own"]}}):
        assert frappe.get_list(ERRAND, pluck="name") == [shared.name]
    silent = {ERRAND: [f"{__name__}.says_nothing"]}
    with patch_hooks({"permission_query_conditions": silent, "doc_events": {ERRAND: {"validate": silent[ERRAND]}}}):
        assert len(frappe.get_list(ERRAND)) == 2
        frappe.get_doc(ERRAND, other.name).save()
