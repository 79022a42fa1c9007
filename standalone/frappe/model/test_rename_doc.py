"""Renaming and merging (section 5.4): every place that holds the name follows."""

from __future__ import annotations

import json
from typing import Any

import pytest

import frappe
from frappe.model.rename_doc import bulk_rename, rename_doc, update_document_title
from frappe.model.testing import make_doctype, make_user
from frappe.model.utils import user_settings

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def doctypes(site: Any) -> None:
    title = {"fieldname": "title", "fieldtype": "Data", "label": "Title"}
    link = {"fieldname": "team", "fieldtype": "Link", "label": "Team", "options": "Test Team"}
    make_doctype("Test Member", [title], istable=1)
    members = {"fieldname": "members", "fieldtype": "Table", "label": "Members", "options": "Test Member"}
    make_doctype("Test Team", [title, members], autoname="field:title", allow_rename=1)
    kind = {"fieldname": "kind", "fieldtype": "Link", "label": "Kind", "options": "DocType"}
    thing = {"fieldname": "thing", "fieldtype": "Dynamic Link", "label": "Thing", "options": "kind"}
    make_doctype("Test Job", [link, kind, thing])
    make_doctype("Test Config", [{**link, "fieldname": "default_team"}], issingle=1)
    for name in ("Blue", "Red"):
        frappe.get_doc({"doctype": "Test Team", "title": name, "members": [{"title": "m"}]}).insert()


def test_links_rows_singles_and_the_name_field_follow() -> None:
    job = frappe.get_doc(doctype="Test Job", team="Blue", kind="Test Team", thing="Blue").insert()
    frappe.get_doc("Test Config").update({"default_team": "Blue"}).save()
    assert frappe.rename_doc("Test Team", "Blue", "Navy") == "Navy"
    team = frappe.get_doc("Test Team", "Navy")
    assert (team.title, len(team.members)) == ("Navy", 1)
    job.reload()
    assert (job.team, job.thing) == ("Navy", "Navy")
    assert frappe.get_doc("Test Config").default_team == "Navy"
    assert not frappe.db.exists("Test Team", "Blue")


def test_merging_moves_everything_and_deletes_the_old_document() -> None:
    job = frappe.get_doc(doctype="Test Job", team="Blue").insert()
    frappe.db.set_value("Test Team", "Blue", "_assign", json.dumps(["anna@example.com"]))
    frappe.db.set_value("Test Team", "Red", "_assign", json.dumps(["mona@example.com"]))
    assert rename_doc("Test Team", "Blue", "red", merge=True) == "Red"
    assert job.reload().team == "Red"
    assert not frappe.db.exists("Test Team", "Blue")
    assert set(json.loads(frappe.db.get_value("Test Team", "Red", "_assign"))) == {
        "anna@example.com",
        "mona@example.com",
    }


def test_the_spelling_of_a_name_can_change() -> None:
    assert frappe.rename_doc("Test Team", "Blue", "BLUE") == "BLUE"
    assert frappe.get_doc("Test Team", "BLUE").title == "BLUE"


@pytest.mark.parametrize(
    ("new", "merge", "error"),
    [
        ("Red", False, frappe.ValidationError),
        ("Nowhere", True, frappe.DoesNotExistError),
        ("blue", True, frappe.ValidationError),
        ("", False, frappe.ValidationError),
        ("<x>", False, frappe.NameError),
    ],
)
def test_impossible_names_are_refused(new: str, merge: bool, error: type[Exception]) -> None:
    with pytest.raises(error):
        rename_doc("Test Team", "Blue", new, merge=merge)
    assert frappe.db.exists("Test Team", "Blue")


def test_only_those_who_may_write_rename() -> None:
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    with pytest.raises(frappe.PermissionError):
        rename_doc("Test Team", "Blue", "Navy")
    rename_doc("Test Team", "Blue", "Navy", ignore_permissions=True)


def test_a_doctype_may_forbid_renaming() -> None:
    frappe.db.set_value("DocType", "Test Team", "allow_rename", 0)
    frappe.clear_cache(doctype="Test Team")
    with pytest.raises(frappe.ValidationError, match="may not be renamed"):
        rename_doc("Test Team", "Blue", "Navy")
    rename_doc("Test Team", "Blue", "Navy", force=True)


def test_the_controller_may_choose_another_name() -> None:
    class Team(frappe.model.document.Document):
        def before_rename(self, old: str, new: str, merge: bool) -> str:
            return new.upper()

    frappe.local.cache["controller::Test Team"] = Team
    assert rename_doc("Test Team", "Blue", "navy") == "NAVY"


def test_a_renamed_document_object_goes_on() -> None:
    team = frappe.get_doc("Test Team", "Blue")
    team.rename("Navy")
    assert team.name == "Navy"
    team.save()


def test_saved_filters_follow_the_name() -> None:
    user_settings.update_user_settings("Test Job", {"List": {"filters": [["Test Job", "team", "=", "Blue"]]}})
    rename_doc("Test Team", "Blue", "Navy")
    assert json.loads(user_settings.get("Test Job"))["List"]["filters"] == [["Test Job", "team", "=", "Navy"]]


def test_titles_are_changed_by_those_who_may_write() -> None:
    assert update_document_title(doctype="Test Team", docname="Blue", name="Navy") == "Navy"
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    with pytest.raises(frappe.PermissionError):
        update_document_title(doctype="Test Team", docname="Navy", title="x")


def test_many_are_renamed_and_each_says_how_it_went() -> None:
    said = bulk_rename("Test Team", [["Blue", "Navy"], ["Navy", "Red"], ["", "x"]])
    assert said is not None
    assert [line.split()[0] for line in said] == ["Renamed", "Navy", "Ignored:"]


def test_settings_are_merged_per_user() -> None:
    user_settings.save("Test Job", '{"a": 1}')
    assert user_settings.save("Test Job", '{"b": 2}') == {"a": 1, "b": 2}
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    assert user_settings.get("Test Job") == "{}"
    with pytest.raises(frappe.ValidationError):
        user_settings.save("Test Job", "[1]")
