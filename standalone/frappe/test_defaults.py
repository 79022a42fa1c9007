"""Defaults of users and the site, and how new documents get them (5.8)."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe import defaults
from frappe.model.testing import make_doctype, make_user

pytestmark = pytest.mark.usefixtures("site")

ANNA = "anna@example.com"


def test_users_fall_back_to_the_site() -> None:
    defaults.set_global_default("colour", "blue")
    assert defaults.get_user_default("colour", ANNA) == "blue"
    defaults.set_user_default("colour", "red", ANNA)
    assert defaults.get_user_default("colour", ANNA) == "red"
    assert defaults.get_global_default("colour") == "blue"
    defaults.clear_user_default("colour", ANNA)
    assert defaults.get_user_default("colour", ANNA) == "blue"


def test_a_key_may_have_several_values() -> None:
    defaults.add_user_default("team", "Blue", ANNA)
    defaults.add_user_default("team", "Red", ANNA)
    assert defaults.get_user_default("team", ANNA) == "Blue"
    assert defaults.get_user_default_as_list("team", ANNA) == ["Blue", "Red"]
    assert defaults.get_user_default_as_list("nothing", ANNA) == []
    defaults.set_user_default("team", "Green", ANNA)
    assert defaults.get_user_default_as_list("team", ANNA) == ["Green"]


def test_reading_again_costs_nothing_and_a_rollback_forgets() -> None:
    defaults.get_defaults_for("__default")
    frappe.db.commit()
    defaults.set_global_default("colour", "blue")
    assert defaults.get_global_default("colour") == "blue"
    before = frappe.db.statement_count
    assert defaults.get_global_default("colour") == "blue"
    assert frappe.db.statement_count == before
    frappe.db.rollback()
    assert defaults.get_global_default("colour") is None


def test_none_removes_and_the_database_asks_the_same() -> None:
    frappe.db.set_default("colour", "blue")
    assert frappe.db.get_default("colour") == "blue"
    frappe.db.set_default("colour", None)
    assert frappe.db.get_default("colour") is None
    frappe.db.set_global("flag", "1")
    assert frappe.db.get_global("flag") == "1"


def test_clearing_everything_by_accident_is_refused() -> None:
    with pytest.raises(frappe.ValidationError):
        defaults.clear_default()


# ---------------------------------------------------------------------- new documents


def make_form(*fields: dict[str, Any]) -> None:
    make_doctype("Test Form", [{"label": f["fieldname"].title(), **f} for f in fields], title_field="title")


TITLE = {"fieldname": "title", "fieldtype": "Data", "default": "{kind}"}


def test_declared_defaults() -> None:
    make_form(
        TITLE,
        {"fieldname": "who", "fieldtype": "Link", "options": "User", "default": "__user"},
        {"fieldname": "day", "fieldtype": "Date", "default": "Today"},
        {"fieldname": "moment", "fieldtype": "Datetime", "default": "Now"},
        {"fieldname": "count", "fieldtype": "Int", "default": "3"},
        {"fieldname": "on", "fieldtype": "Check", "default": "1"},
        {"fieldname": "off", "fieldtype": "Check"},
        {"fieldname": "kind", "fieldtype": "Select", "options": "A\nB"},
        {"fieldname": "blank", "fieldtype": "Select", "options": "\nB"},
        {"fieldname": "clock", "fieldtype": "Time"},
        {"fieldname": "nothing", "fieldtype": "Int"},
    )
    doc = frappe.new_doc("Test Form")
    assert (doc.who, doc.day) == ("Administrator", frappe.utils.nowdate())
    assert (doc.count, doc.on, doc.off, doc.kind, doc.blank) == (3, 1, 0, "A", "")
    assert doc.moment is not None
    assert doc.clock is not None
    assert (doc.title, doc.nothing) == (None, None)
    assert doc.insert().title == "A"


def test_links_take_user_permissions_then_defaults() -> None:
    make_doctype("Test Team", autoname="field:title")
    for name in ("Blue", "Red"):
        frappe.get_doc({"doctype": "Test Team", "title": name}).insert()
    make_form(TITLE, {"fieldname": "team", "fieldtype": "Link", "options": "Test Team"})
    make_user(ANNA)
    defaults.set_global_default("team", "Red")
    assert frappe.new_doc("Test Form").team == "Red"
    frappe.permissions.add_user_permission("Test Team", "Blue", ANNA, ignore_permissions=True)
    frappe.set_user(ANNA)
    assert frappe.new_doc("Test Form").team == "Blue"
    frappe.set_user("Administrator")
    defaults.set_global_default("team", "Gone")
    frappe.local.new_doc_templates.clear()
    assert frappe.new_doc("Test Form").team is None


def test_a_row_can_be_made_for_its_parent() -> None:
    make_doctype("Test Line", istable=1)
    make_form(TITLE, {"fieldname": "lines", "fieldtype": "Table", "options": "Test Line"})
    parent = frappe.get_doc(doctype="Test Form", title="p").insert()
    row = frappe.new_doc("Test Line", parent_doc=parent, parentfield="lines")
    assert (row.parent, row.parenttype, row.parentfield) == (parent.name, "Test Form", "lines")


def test_a_template_is_worked_out_once() -> None:
    make_form(TITLE)
    frappe.new_doc("Test Form")
    before = frappe.db.statement_count
    first, second = frappe.new_doc("Test Form"), frappe.new_doc("Test Form", title="x")
    assert frappe.db.statement_count == before
    assert (first.title, second.title) == (None, "x")
