"""Every call of `frappe.db` that apps make, on a site."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.database.database import CallbackManager, Database, TableMissingError, savepoint
from frappe.database.schema import add_column
from frappe.model.testing import make_doctype

pytestmark = pytest.mark.usefixtures("site")

FIELDS = [{"fieldname": "title", "fieldtype": "Data"}, {"fieldname": "n", "fieldtype": "Int"}]


@pytest.fixture
def parcels(site: Any) -> str:
    make_doctype("Test Parcel", FIELDS, autoname="field:title")
    for number, title in enumerate("abc", 1):
        frappe.get_doc(doctype="Test Parcel", title=title, n=number).insert()
    return "Test Parcel"


def test_rows_are_read_and_changed_without_documents(parcels: str) -> None:
    assert frappe.db.get(parcels, "a").n == 1
    assert frappe.db.get_all(parcels, pluck="name", order_by="name") == ["a", "b", "c"]
    assert len(frappe.db.get_list(parcels, limit=2)) == 2
    assert frappe.db.sql_list("select name from `tabTest Parcel` order by name") == ["a", "b", "c"]
    assert frappe.db.get_creation_count(parcels, 5) == 3
    assert frappe.db.get_last_created(parcels) is not None
    frappe.db.bulk_update(parcels, {"a": {"n": 10}, "b": {"n": 20}})
    assert frappe.db.get_value(parcels, "b", "n") == 20
    with frappe.db.unbuffered_cursor():
        assert len(list(frappe.db.sql("select name from `tabTest Parcel`", as_iterator=True))) == 3
    frappe.db.truncate(parcels)
    assert frappe.db.count(parcels) == 0


def test_settings_are_cast_by_their_fields(site: Any) -> None:
    assert frappe.db.get_singles_dict("System Settings", cast=True).enable_scheduler in (0, 1)
    assert frappe.db.get_system_setting("time_zone") == frappe.db.get_single_value("System Settings", "time_zone")
    frappe.db.set_default("colour", "red")
    assert frappe.db.get_defaults("colour") == "red"
    assert frappe.db.get_defaults()["colour"] == "red"


def test_the_schema_can_be_asked_and_changed(parcels: str) -> None:
    assert frappe.db.has_table(parcels) and frappe.db.has_column(parcels, "n")
    assert frappe.db.field_exists(parcels, "title")
    assert not frappe.db.field_exists(parcels, "nothing")
    assert "n" in frappe.db.get_db_table_columns("tabTest Parcel")
    assert any(row[0] == "n" for row in frappe.db.describe(parcels))
    assert frappe.db.get_column_type(parcels, "title").lower() in ("text", "varchar(140)")
    assert frappe.db.estimate_count(parcels) == 3
    frappe.db.add_index(parcels, ["n", "title"])
    assert frappe.db.get_index_name(["n", "title"]) == "n_title_index"
    assert frappe.db.has_index("tabTest Parcel", "n_title_index")
    frappe.db.add_index(parcels, ["n"])
    assert frappe.db.get_column_index("tabTest Parcel", "n", unique=False)
    frappe.db.add_unique(parcels, ["title", "n"])
    with pytest.raises(Exception) as caught:
        frappe.db.bulk_insert(parcels, ["name", "title", "n"], [("x", "a", 1)])
    assert frappe.db.is_unique_key_violation(caught.value)
    frappe.db.rename_column(parcels, "n", "number")
    frappe.db.change_column_type(parcels, "number", "bigint")
    assert frappe.db.has_column(parcels, "number")
    frappe.db.rename_table(parcels, "Test Box")
    assert frappe.db.table_exists("Test Box")
    frappe.db.updatedb("ToDo")
    assert frappe.db.get_database_size() > 0
    frappe.db.explain_query("select * from `tabUser`")
    assert "User" in str(frappe.local.error_log[-1])


def test_errors_are_told_apart(parcels: str) -> None:
    def error(query: str) -> Exception:
        with pytest.raises(Exception) as caught:
            frappe.db.sql(query)
        return caught.value

    assert frappe.db.is_missing_column(error("select nowhere from `tabTest Parcel`"))
    missing = error("select 1 from `tabNothing`")
    assert frappe.db.is_missing_table(missing)
    with pytest.raises(TableMissingError):
        frappe.db.get_table_columns("Nothing")
    double = error("insert into `tabTest Parcel` (name) values ('a')")
    assert frappe.db.is_duplicate_entry(double) and frappe.db.is_primary_key_violation(double)
    for other in (
        frappe.db.is_access_denied,
        frappe.db.is_data_too_long,
        frappe.db.is_deadlocked,
        frappe.db.is_interface_error,
        frappe.db.is_read_only_mode_error,
        frappe.db.is_statement_timeout,
        frappe.db.is_timedout,
        frappe.db.cant_drop_field_or_key,
    ):
        assert not other(double)


def test_a_savepoint_takes_back_a_part(parcels: str) -> None:
    assert isinstance(
        frappe.db._get_current_object() if hasattr(frappe.db, "_get_current_object") else frappe.db, Database
    )
    frappe.db.commit()
    frappe.db.begin()
    frappe.db.savepoint("half")
    frappe.db.set_value(parcels, "a", "n", 9)
    frappe.db.rollback(save_point="half")
    frappe.db.release_savepoint("half")
    assert frappe.db.get_value(parcels, "a", "n") == 1
    with savepoint(catch=ValueError):
        frappe.db.set_value(parcels, "a", "n", 9)
        raise ValueError
    assert frappe.db.get_value(parcels, "a", "n") == 1


def test_callbacks_run_once_and_in_order() -> None:
    seen: list[int] = []
    manager = CallbackManager()
    manager.add(lambda: seen.append(1))
    manager.add(lambda: seen.append(2))
    manager.run()
    manager.run()
    assert seen == [1, 2]


def test_a_patch_adds_a_column_before_the_doctype_has_it(parcels: str) -> None:
    for _ in range(2):
        add_column(parcels, "weight", "Float", default="1.5")
    add_column(parcels, "sender", "Data", length=20, not_null=True)
    assert frappe.db.sql("select `weight`, `sender` from `tabTest Parcel` limit 1") == ((1.5, ""),)
    with pytest.raises(ValueError, match="no column"):
        add_column(parcels, "part", "Section Break")
