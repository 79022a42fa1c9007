"""Virtual DocTypes: their controllers list and count, and rights hold as for tables."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.testing import make_doctype, make_user
from frappe.model.virtual import count_of

ROWS = [{"name": name, "title": name.upper()} for name in "abc"]


class ByName(Document):
    """A controller that takes what it needs by name."""

    @staticmethod
    def get_list(filters: Any = None, page_length: int = 2, **kwargs: Any) -> list[Any]:
        start = kwargs.get("start", 0)
        return [frappe._dict(row) for row in ROWS if row["name"] in (filters or "abc")][start : start + page_length]

    @staticmethod
    def get_count(filters: Any = None, **kwargs: Any) -> int:
        return len(ROWS)


class ByDict(Document):
    """A controller that takes everything as one dict."""

    @staticmethod
    def get_list(args: Any) -> list[Any]:
        return [frappe._dict(asked=sorted(args))]


@pytest.fixture
def controllers(site: Any) -> dict[str, Any]:
    make_doctype("Test Shelf", is_virtual=1)
    found: dict[str, Any] = frappe.local.cache
    found["controller::Test Shelf"] = ByName
    return found


def test_a_controller_is_asked_by_name_and_keeps_its_defaults(controllers: dict[str, Any]) -> None:
    assert frappe.get_list("Test Shelf", pluck="name") == ["a", "b"]
    assert frappe.get_all("Test Shelf", pluck="title", limit=3) == ["A", "B", "C"]
    assert frappe.get_all("Test Shelf", pluck="name", limit_start=1) == ["b", "c"]
    assert frappe.get_all("Test Shelf", filters={"c": 1}) == [ROWS[2]]


def test_a_controller_is_asked_with_one_dict(controllers: dict[str, Any]) -> None:
    controllers["controller::Test Shelf"] = ByDict
    asked = frappe.get_all("Test Shelf", filters={"a": 1}, order_by="title asc", limit=5)[0].asked
    assert {"doctype", "filters", "order_by", "page_length", "limit_page_length", "start"} <= set(asked)
    assert "or_filters" not in asked


def test_the_controller_counts(controllers: dict[str, Any]) -> None:
    assert count_of("Test Shelf", {}) == 3


def test_who_may_not_read_gets_no_list_and_no_number(controllers: dict[str, Any]) -> None:
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    frappe.local.cache["controller::Test Shelf"] = ByName
    with pytest.raises(frappe.PermissionError):
        frappe.get_list("Test Shelf")
    with pytest.raises(frappe.PermissionError):
        count_of("Test Shelf", {})
    assert len(frappe.get_all("Test Shelf")) == 2
