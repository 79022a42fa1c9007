"""Members of documents and of meta that apps use."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe import model
from frappe.model import meta as meta_module
from frappe.model.base_document import BaseDocument, get_controller
from frappe.model.document import execute_action
from frappe.model.naming import revert_series_if_last, set_name_by_naming_series, set_new_name, validate_name
from frappe.model.rename_doc import get_link_fields
from frappe.model.testing import make_doctype
from frappe.utils import get_datetime

pytestmark = pytest.mark.usefixtures("site")

FIELDS = [
    {"fieldname": "title", "fieldtype": "Data", "reqd": 1, "in_list_view": 1, "translatable": 1},
    {"fieldname": "naming_series", "fieldtype": "Select", "options": "P-.###\nQ-.###"},
    {"fieldname": "starts", "fieldtype": "Date"},
    {"fieldname": "ends", "fieldtype": "Date"},
    {"fieldname": "price", "fieldtype": "Currency", "precision": "2"},
    {"fieldname": "helper", "fieldtype": "Link", "options": "User"},
    {"fieldname": "helper_name", "fieldtype": "Data", "fetch_from": "helper.full_name"},
    {"fieldname": "kind", "fieldtype": "Link", "options": "DocType"},
    {"fieldname": "thing", "fieldtype": "Dynamic Link", "options": "kind"},
    {"fieldname": "phone", "fieldtype": "Phone"},
    {"fieldname": "mail", "fieldtype": "Data", "options": "Email", "in_global_search": 1},
    {"fieldname": "picture", "fieldtype": "Attach Image"},
    {"fieldname": "script", "fieldtype": "Code", "options": "Python"},
    {"fieldname": "secret", "fieldtype": "Data", "permlevel": 1},
    {"fieldname": "once", "fieldtype": "Data", "set_only_once": 1},
    {"fieldname": "rows", "fieldtype": "Table", "options": "Test Part"},
]


@pytest.fixture(autouse=True)
def party(site: Any) -> Any:
    make_doctype("Test Part", [{"fieldname": "item", "fieldtype": "Data"}], istable=1)
    make_doctype("Test Party", FIELDS, title_field="title", image_field="picture", autoname="naming_series:")
    return frappe.get_doc(doctype="Test Party", title="A", price=1.005, rows=[{"item": "x"}]).insert()


def names(fields: Any) -> list[str]:
    return [field.fieldname for field in fields]


def test_meta_lists_fields_by_kind() -> None:
    meta = frappe.get_meta("Test Party")
    assert isinstance(meta, meta_module.Meta)
    assert names(meta.get_dynamic_link_fields()) == ["thing"]
    assert names(meta.get_phone_fields()) == ["phone"]
    assert names(meta.get_image_fields()) == ["picture"]
    assert names(meta.get_code_fields()) == ["script"]
    assert names(meta.get_select_fields()) == ["naming_series"]
    assert names(meta.get_high_permlevel_fields()) == ["secret"]
    assert names(meta.get_set_only_once_fields()) == ["once"]
    assert names(meta.get_data_fields())[0] == "title"
    assert names(meta.get_global_search_fields()) == ["mail"]
    assert names(meta.get_fields_to_fetch("helper")) == ["helper_name"]
    assert meta.get_custom_fields() == []
    assert "rows" not in meta.get_fieldnames_with_value() and "title" in meta.get_fieldnames_with_value()
    assert "title" in meta.get_list_fields()
    assert meta.get_naming_series_options() == ["P-.###", "Q-.###"]
    assert meta.get_options("helper") == "User"
    assert meta.get_workflow() is None
    assert not meta.is_nested_set()
    assert meta.is_translatable("title") and "title" in meta.get_translatable_fields()
    assert {"name", "title"} <= set(meta_module.get_table_columns("Test Party"))
    assert frappe.get_precision("Test Party", "price") == meta_module.get_precision("Test Party", "price") == 2
    assert meta_module.get_field_precision(meta.get_field("price")) == 2
    assert meta_module.get_field_currency(meta.get_field("price")) == frappe.db.get_default("currency")
    assert meta_module.trim_tables("Test Party", dry_run=True) == {}


def test_the_constants_of_fields_and_columns() -> None:
    assert model.child_table_fields == ("parent", "parentfield", "parenttype")
    assert model.optional_fields[:4] == ("_user_tags", "_comments", "_assign", "_liked_by")
    assert {"Table", "Section Break"} <= set(model.no_value_fields)
    assert "Int" in model.numeric_fieldtypes
    assert "DocType" in model.core_doctypes_list
    assert "Error Log" in model.log_types
    assert any(field["fieldname"] == "name" for field in model.std_fields)


def test_a_document_answers_about_itself(party: Any) -> None:
    assert isinstance(party, BaseDocument) and get_controller("Test Party") is type(party)
    assert party.get_title() == party.db_get("title") == party.get_db_value("title") == "A"
    assert party.precision("price") == 2
    assert party.get_formatted("price") == frappe.format(party.price, party.meta.get_field("price"), doc=party)
    assert party.get_signature() == party.get_signature() != frappe.copy_doc(party).get_signature()
    assert party.getone("rows", {"item": "x"}).idx == 1
    assert party.get_all_children() == party.rows
    assert list(party.get_assigned_users()) == []
    assert not party.get_liked_by()
    party.set_onload("k", 1)
    assert party.get_onload("k") == party.get_onload().k == 1
    party.extend("rows", [{"item": "y"}, {"item": "z"}])
    assert [row.idx for row in party.rows] == [1, 2, 3]
    party.update_if_missing({"title": "B", "once": "C"})
    assert (party.title, party.once) == ("A", "C")
    assert party.get_latest().once is None


def test_a_document_checks_its_values(party: Any) -> None:
    party.starts, party.ends = "2024-01-02", "2024-01-01"
    with pytest.raises(frappe.InvalidDates):
        party.validate_from_to_dates("starts", "ends")
    with pytest.raises(frappe.ValidationError):
        party.validate_value("title", "=", "B")
    party.rows = []
    with pytest.raises(frappe.EmptyTableError):
        party.validate_table_has_rows("rows")
    party.price = "1.239"
    party.round_floats_in(party, ["price"])
    assert party.price == 1.24
    party.price = "1.239"
    party.round_floats_in(party, do_not_round_fields=["price"])
    assert party.price == "1.239"
    party.set_title_field()
    assert party.title == "A"


def test_a_document_knows_its_tables(party: Any) -> None:
    assert party.get_parentfield_of_doctype("Test Part") == "rows"
    assert party.get_parentfield_of_doctype("User") is None
    party.reload().save()
    assert party.is_child_table_same("rows")
    party.rows[0].item = "changed"
    party.save()
    assert not party.is_child_table_same("rows")


def test_a_document_can_be_stamped_alone(party: Any) -> None:
    party.title = "unsaved"
    party.update_modified()
    stored = frappe.db.get_value("Test Party", party.name, ["title", "modified"])
    assert stored == ("A", get_datetime(party.modified))


def test_a_document_is_written_without_events(party: Any) -> None:
    party.title = "B"
    party.db_update()
    party.rows[0].item = "changed"
    party.db_update_all()
    party.title = "unsaved"
    party.load_from_db()
    assert (party.title, party.rows[0].item) == ("B", "changed")


def test_a_locked_document_is_not_saved(party: Any) -> None:
    party.lock()
    with pytest.raises(frappe.DocumentLockedError):
        frappe.get_doc("Test Party", party.name).save()
    party.unlock()
    execute_action("Test Party", party.name, "save")


def test_work_can_be_queued_and_viewers_counted(party: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    frappe.db.set_value("DocType", "Test Party", "track_views", 1)
    frappe.clear_cache(doctype="Test Party")
    party.add_viewed(force=True)
    assert frappe.db.count("View Log", {"reference_name": party.name}) == 1
    queued: list[Any] = []
    monkeypatch.setattr("frappe.enqueue", lambda *args, **values: queued.append(values))
    party.queue_action("save")
    assert queued and party.is_locked
    before = frappe.db.count("Test Party")
    frappe.new_doc("Test Party", title="later").deferred_insert()
    assert frappe.db.count("Test Party") == before
    sent: list[Any] = []
    monkeypatch.setattr("frappe.publish_realtime", lambda event, *args, **values: sent.append(event))
    party.notify_update()
    assert "doc_update" in sent


def test_names_are_made_checked_and_given_back(party: Any) -> None:
    assert party.name == "P-001"
    revert_series_if_last("P-.###", "P-001", party)
    new = frappe.new_doc("Test Party", title="B")
    set_name_by_naming_series(new)
    assert new.name == "P-001"
    other = frappe.new_doc("ToDo")
    set_new_name(other)
    assert len(other.name) == 10
    with pytest.raises(frappe.NameError):
        validate_name("Test Party", "a<b")
    assert {"parent": "Test Party", "fieldname": "helper", "issingle": 0} in [
        dict(row) for row in get_link_fields("User")
    ]
