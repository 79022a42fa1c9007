"""An app's own list of a list page is made with `frappe.www.list.get_list`."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.www.list import get_list


@pytest.fixture
def notes(site: Any) -> None:
    for title, public in (("Beans", 1), ("Bean poles", 0), ("Peas", 1)):
        frappe.get_doc(doctype="Note", title=title, public=public, content="x").insert()


def titles(txt: str, filters: Any, start: int, count: int = 20, ignore_permissions: bool = False) -> list[str]:
    rows = get_list("Note", txt, filters, start, count, ignore_permissions, order_by="title asc")
    return [row.title for row in rows]


def test_a_list_is_searched_filtered_and_paged(notes: None) -> None:
    assert titles("bean", None, 0) == ["Bean poles", "Beans"]
    assert titles("bean", {"public": 1}, 0) == ["Beans"]
    assert titles("", [["public", "=", 1]], 1, 1) == ["Peas"]
    assert get_list("Note", "", None, 0, fields=["title"])[0] == {"title": "Peas"}


def test_only_what_one_may_read_is_listed_unless_permissions_do_not_count(notes: None) -> None:
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        titles("", None, 0)
    assert titles("", None, 0, ignore_permissions=True) == ["Bean poles", "Beans", "Peas"]


def test_there_is_no_page_at_that_path(client: Any) -> None:
    assert client.get("/list").status_code == 404
