"""Which DocTypes can be saved, and what follows (3.3, 3.10)."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.testing import make_doctype

pytestmark = pytest.mark.usefixtures("site")


def data(fieldname: str = "a", **values: Any) -> dict[str, Any]:
    return {"fieldname": fieldname, "fieldtype": "Data", "label": fieldname.title(), **values}


@pytest.mark.parametrize(
    "fields",
    [
        [data(), data()],
        [data("name")],
        [data("docstatus")],
        [data("with blank")],
        [data("class")],
        [data("save")],
        [data("docstatus_"), data("is_locked")],
        [data("x" * 65)],
        [data(fieldtype="Link")],
        [data(fieldtype="Link", options="Test Nothing")],
        [data(fieldtype="Table", options="User")],
        [data(fieldtype="Dynamic Link", options="nothing")],
        [data(fieldtype="Section Break", reqd=1)],
        [data(reqd=1, hidden=1)],
        [data(fieldtype="Text", unique=1)],
        [data(fieldtype="Text", search_index=1)],
        [data(fieldtype="Check", default="2")],
        [data(fieldtype="Select", options="A\nB", default="C")],
        [data(length=1001)],
        [data(fieldtype="Float", precision="11")],
        [data(options="Emial")],
        [data(fieldtype="Button", is_virtual=1)],
        [{"fieldtype": "Data"}],
    ],
)
def test_fields_that_contradict_themselves_are_refused(fields: list[dict[str, Any]]) -> None:
    with pytest.raises(frappe.ValidationError):
        make_doctype("Test Bad", fields)


@pytest.mark.parametrize(
    "values",
    [
        {"title_field": "nothing"},
        {"image_field": "a"},
        {"search_fields": "part"},
        {"autoname": "field:nothing"},
        {"autoname": "naming_series:"},
    ],
)
def test_settings_that_name_missing_fields_are_refused(values: dict[str, Any]) -> None:
    fields = [data(), {"fieldname": "part", "fieldtype": "Section Break", "label": "Part"}]
    with pytest.raises(frappe.ValidationError):
        make_doctype("Test Bad", fields, **values)


@pytest.mark.parametrize("name", ["1 Number", "with/slash", "x" * 62, "semi;colon"])
def test_names_that_can_be_no_class_are_refused(name: str) -> None:
    with pytest.raises((frappe.NameError, frappe.ValidationError)):
        make_doctype(name)


def test_fields_without_a_name_get_one() -> None:
    fields = [
        {"fieldtype": "Data", "label": "First Name"},
        {"fieldtype": "Section Break"},
        {"fieldtype": "Column Break"},
        {"fieldtype": "Column Break"},
        {"fieldtype": "Data", "label": "Owner"},
    ]
    doc = make_doctype("Test Good", fields)
    names = [df.fieldname for df in doc.fields]
    assert names[0] == "first_name"
    assert names[4] == "owner1"
    assert len(set(names)) == 5


def test_tables_have_no_rules_of_their_own() -> None:
    doc = make_doctype("Test Rows", istable=1, permissions=[{"role": "All", "read": 1}])
    assert doc.permissions == []


def test_a_new_field_becomes_a_column() -> None:
    doc = make_doctype("Test Good")
    doc.append("fields", data("extra"))
    doc.save()
    assert "extra" in frappe.db.get_table_columns("Test Good")
    assert frappe.get_doc(doctype="Test Good", extra="x").insert().extra == "x"


def test_a_custom_field_may_not_hide_a_method_of_the_controller() -> None:
    field = {"doctype": "Custom Field", "dt": "ToDo", "fieldtype": "Data"}
    with pytest.raises(frappe.ValidationError, match="submit"):
        frappe.get_doc({**field, "fieldname": "submit", "label": "Submit"}).insert()
    with pytest.raises(frappe.ValidationError, match="update_in_reference"):
        frappe.get_doc({**field, "fieldname": "update_in_reference", "label": "Update"}).insert()
    assert frappe.get_doc({**field, "fieldname": "lock_until", "label": "Lock until"}).insert().name


def test_a_virtual_field_is_computed_by_its_options() -> None:
    computed = data("shout", is_virtual=1, options="frappe.utils.cstr(doc.title).upper()")
    make_doctype("Test Good", [data("title"), computed])
    doc = frappe.get_doc(doctype="Test Good", title="hello").insert()
    assert doc.as_dict()["shout"] == "HELLO"
    assert "shout" not in frappe.db.get_table_columns("Test Good")


def test_roles_are_made_with_desk_access() -> None:
    make_doctype("Test Good", permissions=[{"role": "Test New Role", "read": 1}])
    assert frappe.db.get_value("Role", "Test New Role", "desk_access") == 1


def test_standard_doctypes_are_changed_in_developer_mode_only(monkeypatch: pytest.MonkeyPatch) -> None:
    doc = frappe.get_doc("DocType", "ToDo")
    monkeypatch.setitem(frappe.flags, "in_test", False)
    with pytest.raises(frappe.ValidationError, match="developer mode"):
        doc.save()


def test_a_deleted_doctype_takes_its_customisations_along() -> None:
    make_doctype("Test Good")
    frappe.permissions.add_permission("Test Good", "All")
    frappe.delete_doc("DocType", "Test Good")
    assert not frappe.db.exists("Custom DocPerm", {"parent": "Test Good"})
    assert not frappe.db.exists("DocField", {"parent": "Test Good"})
    with pytest.raises(frappe.DoesNotExistError):
        frappe.get_meta("Test Good")


def test_a_renamed_doctype_takes_its_documents_along() -> None:
    make_doctype("Test Rows", istable=1)
    make_doctype("Test Good", [data(), data("rows", fieldtype="Table", options="Test Rows")])
    make_doctype("Test Pointer", [data("good", fieldtype="Link", options="Test Good")])
    doc = frappe.get_doc(doctype="Test Good", a="kept", rows=[{"title": "r"}]).insert()
    frappe.rename_doc("DocType", "Test Good", "Test Better", force=True)
    moved = frappe.get_doc("Test Better", doc.name)
    assert (moved.a, moved.rows[0].title) == ("kept", "r")
    assert frappe.get_meta("Test Pointer").get_field("good").options == "Test Better"


def test_docperms_of_the_doctype_are_checked_with_it() -> None:
    with pytest.raises(frappe.ValidationError):
        make_doctype("Test Bad", permissions=[{"role": "All", "read": 1}, {"role": "All", "read": 1}])
