"""One document made out of another."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.mapper import get_mapped_doc
from frappe.model.testing import make_doctype, make_user

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def doctypes(site: Any) -> None:
    text = {"fieldtype": "Data"}
    make_doctype("Test Line", [{"fieldname": "item", "label": "Item", **text}], istable=1)
    table = {"fieldname": "lines", "fieldtype": "Table", "label": "Lines", "options": "Test Line"}
    make_doctype(
        "Test Offer",
        [
            {"fieldname": "subject", "label": "Subject", **text},
            {"fieldname": "contact", "label": "Contact", **text},
            {"fieldname": "secret", "label": "Secret", "no_copy": 1, **text},
            table,
        ],
    )
    make_doctype(
        "Test Deal",
        [
            {"fieldname": "subject", "label": "Subject", **text},
            {"fieldname": "person", "label": "Person", **text},
            {"fieldname": "secret", "label": "Secret", **text},
            table,
        ],
    )


def offer() -> Any:
    lines = [{"item": "x"}, {"item": "y"}]
    return frappe.get_doc(doctype="Test Offer", subject="s", contact="c", secret="z", lines=lines).insert()


def test_fields_and_rows_are_carried_over() -> None:
    deal = get_mapped_doc(
        "Test Offer",
        offer().name,
        {
            "Test Offer": {"doctype": "Test Deal", "field_map": {"contact": "person"}},
            "Test Line": {"doctype": "Test Line", "condition": lambda row: row.item == "y"},
        },
        postprocess=lambda source, target: target.set("subject", source.subject.upper()),
    )
    assert (deal.subject, deal.person, deal.secret) == ("S", "c", None)
    assert [row.item for row in deal.lines] == ["y"]
    assert deal.is_new()
    assert deal.insert().name


def test_alike_tables_are_carried_over_unasked_and_can_be_left_out() -> None:
    name = offer().name
    rule = {"Test Offer": {"doctype": "Test Deal"}}
    assert len(get_mapped_doc("Test Offer", name, rule).lines) == 2
    assert get_mapped_doc("Test Offer", name, rule, ignore_child_tables=True).lines == []


def test_conditions_on_the_source_are_checked() -> None:
    rule = {"Test Offer": {"doctype": "Test Deal", "validation": {"docstatus": ["=", 1]}}}
    with pytest.raises(frappe.ValidationError):
        get_mapped_doc("Test Offer", offer().name, rule)


def test_who_may_not_read_or_create_is_refused() -> None:
    name = offer().name
    make_user("anna@example.com")
    frappe.set_user("anna@example.com")
    rule = {"Test Offer": {"doctype": "Test Deal"}}
    with pytest.raises(frappe.PermissionError):
        get_mapped_doc("Test Offer", name, rule)
    assert get_mapped_doc("Test Offer", name, rule, ignore_permissions=True).subject == "s"
