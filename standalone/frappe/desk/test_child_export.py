"""Lists exported with their child tables."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

import frappe
from frappe.testing.people import ANNA, CLERK, ERRAND, make_errand, make_errands, make_user

EXPORT = "/api/method/frappe.desk.reportview.export_query"
PASSWORD = "a long and odd password"


@pytest.fixture(autouse=True)
def _stops(site: Any) -> None:
    make_errands()
    fields = [
        {"fieldname": "place", "label": "Place", "fieldtype": "Data"},
        {"fieldname": "minutes", "label": "Minutes", "fieldtype": "Int"},
        {"fieldname": "secret", "label": "Secret", "fieldtype": "Data", "permlevel": 1},
    ]
    stop = {"doctype": "DocType", "name": "Errand Stop", "module": "Core", "custom": 1, "istable": 1, "fields": fields}
    frappe.get_doc(stop).insert()
    stops = {"fieldname": "stops", "label": "Stops", "fieldtype": "Table", "options": "Errand Stop"}
    frappe.get_doc({"doctype": "Custom Field", "dt": ERRAND, **stops}).insert()
    bakery, market = {"place": "Bakery", "minutes": 5, "secret": "x"}, {"place": "=1+1", "minutes": 10}
    make_errand("Bread", stops=[bakery, market])
    make_errand("Nothing")
    make_user(ANNA, CLERK).update({"new_password": PASSWORD}).save()
    frappe.db.commit()


def export(client: Any, **values: Any) -> Any:
    client.post("/api/method/login", json={"usr": ANNA, "pwd": PASSWORD})
    query = {"doctype": ERRAND, "fields": '["subject"]', "order_by": "subject asc", "with_child_tables": 1, **values}
    return client.get(EXPORT, query_string=query)


def table(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_each_row_of_a_child_table_has_a_line(client: Any) -> None:
    assert table(export(client)) == [
        ["Sr", "Subject", "Stops: Place", "Stops: Minutes"],
        ["1", "Bread", "Bakery", "5"],
        ["", "", "'=1+1", "10"],
        ["2", "Nothing", "", ""],
    ]


def test_without_documents_there_is_a_heading(client: Any) -> None:
    answer = export(client, filters='{"subject": "None"}')
    assert table(answer) == [["Sr", "Subject", "Stops: Place", "Stops: Minutes"]]


def test_without_the_parameter_children_stay_away(client: Any) -> None:
    assert table(export(client, with_child_tables=0))[0] == ["Sr", "Subject"]


def test_a_table_on_a_level_beyond_the_users_is_left_out(client: Any) -> None:
    frappe.db.set_value("Custom Field", f"{ERRAND}-stops", "permlevel", 1)
    frappe.db.commit()
    frappe.clear_cache()
    assert table(export(client))[0] == ["Sr", "Subject"]


def test_grouped_rows_have_no_children(client: Any) -> None:
    answer = export(client, fields='["status"]', group_by="status")
    assert answer.status_code == 417
    assert "with_child_tables" in answer.json["_server_messages"]
