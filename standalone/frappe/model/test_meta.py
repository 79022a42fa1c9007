"""What a Meta knows (section 4) and what customisations change about it (26.5)."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import frappe
from frappe.custom.doctype.custom_field.custom_field import create_custom_field, create_custom_fields
from frappe.custom.doctype.property_setter.property_setter import delete_property_setter, make_property_setter
from frappe.model.meta import get_default_df, get_parent_dt, is_single, is_table
from frappe.model.testing import make_doctype, make_user

pytestmark = pytest.mark.usefixtures("site")

FIELDS = [
    {"fieldname": "subject", "fieldtype": "Data", "label": "Subject", "reqd": 1, "in_list_view": 1},
    {"fieldname": "details", "fieldtype": "Section Break", "label": "Details"},
    {"fieldname": "status", "fieldtype": "Select", "label": "Status", "options": "Open\nClosed"},
    {"fieldname": "customer", "fieldtype": "Link", "label": "Customer", "options": "User"},
    {"fieldname": "roles", "fieldtype": "Table", "label": "Roles", "options": "Has Role"},
    {"fieldname": "age", "fieldtype": "Int", "label": "Age", "is_virtual": 1, "options": "1 + 1"},
]


@pytest.fixture
def meta(site: Any) -> Any:
    make_doctype("Test Thing", FIELDS, title_field="subject", search_fields="status, customer")
    return frappe.get_meta("Test Thing")


def test_fields_are_found_by_name_and_by_filters(meta: Any) -> None:
    assert meta.get_field("status").options == "Open\nClosed"
    assert meta.get_field("owner") is None
    assert meta.has_field("customer")
    assert [f.fieldname for f in meta.get("fields", {"fieldtype": ["in", ["Data", "Link"]]})] == ["subject", "customer"]
    assert [f.fieldname for f in meta.get("fields", {"reqd": 1}, limit=1)] == ["subject"]


def test_columns_leave_out_breaks_tables_and_virtual_fields(meta: Any) -> None:
    columns = meta.get_valid_columns()
    assert columns[:7] == ["name", "owner", "creation", "modified", "modified_by", "docstatus", "idx"]
    assert columns[7:] == ["subject", "status", "customer"]
    assert meta.get_valid_fields()[7:] == ["subject", "status", "customer", "age"]
    assert frappe.get_meta("Has Role").get_valid_columns()[7:10] == ["parent", "parentfield", "parenttype"]


def test_a_virtual_field_is_worked_out(meta: Any) -> None:
    doc = frappe.get_doc(doctype="Test Thing", subject="x").insert()
    assert doc.as_dict().age == 2
    assert "age" not in doc.get_valid_dict(ignore_virtual=True)


def test_labels_titles_and_search_fields(meta: Any) -> None:
    assert meta.get_label("status") == "Status"
    assert meta.get_label("modified") == "Last Updated On"
    assert meta.get_label("nothing") == "No Label"
    assert meta.get_title_field() == "subject"
    assert meta.get_search_fields() == ["status", "customer", "name"]
    assert meta.get_link_doctype("customer") == "User"
    assert [f.fieldname for f in meta.get_table_fields()] == ["roles"]
    assert [f.fieldname for f in meta.get_link_fields()] == ["customer"]


def test_unknown_attributes_raise_and_get_returns_none(meta: Any) -> None:
    assert meta.get("no_such_key") is None
    with pytest.raises(AttributeError):
        _ = meta.no_such_key


def test_an_unknown_doctype_is_named(site: Any) -> None:
    with pytest.raises(frappe.DoesNotExistError, match="Test Nothing"):
        frappe.get_meta("Test Nothing")


def test_a_warm_meta_costs_nothing_and_a_cold_one_little(meta: Any) -> None:
    before = frappe.db.statement_count
    assert frappe.get_meta("Test Thing") is meta
    assert frappe.db.statement_count == before
    frappe.get_meta("Test Thing", cached=False)
    assert frappe.db.statement_count - before <= 3


def test_a_meta_survives_pickling(meta: Any) -> None:
    copy = pickle.loads(pickle.dumps(meta))
    assert copy.get_valid_columns() == meta.get_valid_columns()
    assert copy.get_field("status").options == "Open\nClosed"


def test_as_dict_has_the_rows_and_nothing_internal(meta: Any) -> None:
    values = meta.as_dict()
    assert values["fields"][0]["fieldname"] == "subject"
    assert values["name"] == "Test Thing"
    assert not {"columns_and_virtual", "table_doctypes", "flags"} & values.keys()


def test_the_doctype_family_needs_no_table(site: Any) -> None:
    assert frappe.get_meta("DocField").has_field("fieldtype")
    assert frappe.get_meta("DocType").table_doctypes["fields"] == "DocField"


def test_kinds_of_doctypes(meta: Any) -> None:
    assert is_table("Has Role")
    assert not is_table("Test Thing")
    assert is_single("System Settings")
    assert get_parent_dt("DocField") == "DocType" or get_parent_dt("Has Role") != ""
    creation = get_default_df("creation")
    assert creation is not None
    assert creation.fieldtype == "Datetime"
    assert get_default_df("subject") is None


# ---------------------------------------------------------------------- custom fields


def names() -> list[str]:
    return [f.fieldname for f in frappe.get_meta("Test Thing").fields]


def test_a_custom_field_stands_where_it_should_and_holds_values(meta: Any) -> None:
    field = create_custom_field("Test Thing", {"fieldname": "channel", "label": "Channel", "insert_after": "subject"})
    assert field.name == "Test Thing-channel"
    assert names()[:2] == ["subject", "channel"]
    assert frappe.get_meta("Test Thing").get_field("channel").is_custom_field == 1
    doc = frappe.get_doc(doctype="Test Thing", subject="x", channel="mail").insert()
    assert frappe.db.get_value("Test Thing", doc.name, "channel") == "mail"


def test_custom_fields_are_created_and_updated_together(meta: Any) -> None:
    wanted = {("Test Thing", "Role"): [{"fieldname": "extra", "label": "Extra", "fieldtype": "Data"}]}
    create_custom_fields(wanted)
    create_custom_fields({"Test Thing": [{"fieldname": "extra", "label": "More"}]})
    assert frappe.get_meta("Test Thing").get_label("extra") == "More"
    create_custom_fields({"Test Thing": {"fieldname": "extra", "label": "Less"}}, update=False)
    assert frappe.get_meta("Test Thing").get_label("extra") == "More"
    assert frappe.get_meta("Role").has_field("extra")


def test_a_custom_field_without_a_name_is_named_after_its_label(meta: Any) -> None:
    field = frappe.get_doc({"doctype": "Custom Field", "dt": "Test Thing", "label": "Big Deal"}).insert()
    assert field.fieldname == "custom_big_deal"


@pytest.mark.parametrize(
    "values",
    [
        {"dt": "Test Thing", "fieldname": "status", "label": "Status"},
        {"dt": "DocField", "fieldname": "x", "label": "X"},
        {"dt": "Test Nothing", "fieldname": "x", "label": "X"},
    ],
)
def test_a_custom_field_that_cannot_be_is_refused(meta: Any, values: dict[str, Any]) -> None:
    with pytest.raises(frappe.ValidationError):
        frappe.get_doc({"doctype": "Custom Field", **values}).insert()


def test_a_custom_field_changes_to_an_alike_type_only(meta: Any) -> None:
    field = create_custom_field("Test Thing", {"fieldname": "extra", "label": "Extra", "fieldtype": "Data"})
    field.fieldtype = "Small Text"
    field.save()
    field.fieldtype = "Int"
    with pytest.raises(frappe.ValidationError, match="Small Text"):
        field.save()


def test_deleting_a_custom_field_keeps_its_data(meta: Any) -> None:
    field = create_custom_field("Test Thing", {"fieldname": "extra", "label": "Extra"})
    make_property_setter("Test Thing", "extra", "hidden", 1, "Check")
    field.delete()
    assert "extra" not in names()
    assert "extra" in frappe.db.get_table_columns("Test Thing")
    assert not frappe.db.exists("Property Setter", {"doc_type": "Test Thing"})


# ---------------------------------------------------------------------- property setters


def test_a_property_setter_changes_a_field_or_the_doctype(meta: Any) -> None:
    setter = make_property_setter("Test Thing", "status", "hidden", 1, "Check")
    make_property_setter("Test Thing", None, "title_field", "status", "Data", for_doctype=True)
    assert setter.name == "Test Thing-status-hidden"
    assert frappe.get_meta("Test Thing").get_field("status").hidden == 1
    assert frappe.get_meta("Test Thing").get_title_field() == "status"
    delete_property_setter("Test Thing", "hidden", "status")
    assert frappe.get_meta("Test Thing").get_field("status").hidden == 0


def test_a_newer_property_setter_replaces_the_older(meta: Any) -> None:
    make_property_setter("Test Thing", "status", "default", "Open", "Text")
    frappe.make_property_setter(
        {"doctype": "Test Thing", "fieldname": "status", "property": "default", "value": "Closed"}
    )
    assert frappe.db.count("Property Setter", {"doc_type": "Test Thing"}) == 1
    assert frappe.new_doc("Test Thing").status == "Closed"


def test_field_order_is_a_property_too(meta: Any) -> None:
    order = '["status", "subject", "details", "customer", "roles", "age"]'
    make_property_setter("Test Thing", None, "field_order", order, "Data", for_doctype=True)
    assert names() == ["status", "subject", "details", "customer", "roles", "age"]


def test_a_setter_for_a_field_that_is_not_there_is_refused(meta: Any) -> None:
    with pytest.raises(frappe.ValidationError, match="nothing"):
        make_property_setter("Test Thing", "nothing", "hidden", 1, "Check")


def test_a_rollback_takes_the_customisation_out_of_the_cache(meta: Any) -> None:
    frappe.db.commit()
    make_property_setter("Test Thing", "status", "hidden", 1, "Check")
    assert frappe.get_meta("Test Thing").get_field("status").hidden == 1
    frappe.db.rollback()
    assert frappe.get_meta("Test Thing").get_field("status").hidden == 0


# ---------------------------------------------------------------------- permitted fields


def test_permitted_fields_depend_on_levels(site: Any) -> None:
    make_doctype(
        "Test Thing",
        [
            {"fieldname": "title", "fieldtype": "Data", "label": "Title"},
            {"fieldname": "secret", "fieldtype": "Data", "label": "Secret", "permlevel": 1},
        ],
        permissions=[
            {"role": "Test Clerk", "read": 1, "write": 1},
            {"role": "Test Boss", "read": 1, "write": 1},
            {"role": "Test Boss", "read": 1, "write": 0, "permlevel": 1},
        ],
    )
    make_user("anna@example.com", "Test Clerk")
    make_user("mona@example.com", "Test Boss")
    meta = frappe.get_meta("Test Thing")
    assert meta.get_permitted_fieldnames(user="anna@example.com") == ["title"]
    assert meta.get_permitted_fieldnames(user="mona@example.com") == ["title", "secret"]
    assert meta.get_permitted_fieldnames(user="mona@example.com", permission_type="write") == ["title"]
    assert meta.get_permlevel_access("read", user="mona@example.com") == [0, 1]
    assert "secret" not in frappe.model.get_permitted_fields("Test Thing", user="anna@example.com")


# ---------------------------------------------------------------------- Customize Form


def test_the_form_saves_what_differs(meta: Any) -> None:
    make_doctype("Test Standard", FIELDS[:3])
    frappe.db.set_value("DocType", "Test Standard", "custom", 0)
    frappe.clear_cache(doctype="Test Standard")
    form = frappe.get_doc("Customize Form")
    form.doc_type = "Test Standard"
    form.run_method("fetch_to_customize")
    assert [row.fieldname for row in form.fields] == ["subject", "details", "status"]
    form.fields[2].label = "State"
    form.search_fields = "status"
    form.append("fields", {"fieldtype": "Data", "label": "Added"})
    form.run_method("save_customization")
    changed = frappe.get_meta("Test Standard")
    assert (changed.get_label("status"), changed.search_fields) == ("State", "status")
    assert changed.has_field("custom_added")
    form.run_method("reset_to_defaults")
    assert frappe.get_meta("Test Standard").get_label("status") == "Status"
