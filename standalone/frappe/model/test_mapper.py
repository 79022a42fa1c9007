"""One document made out of another."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.document import Document
from frappe.model.mapper import get_mapped_doc, make_mapped_doc, map_docs
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
            {"fieldname": "offer", "label": "Offer", "fieldtype": "Link", "options": "Test Offer"},
            {"fieldname": "of", "label": "Of", "fetch_from": "offer.contact", "read_only": 1, **text},
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


@frappe.whitelist()
def make_deal(source_name: str, target_doc: Any = None, args: Any = None) -> Any:
    return get_mapped_doc("Test Offer", source_name, {"Test Offer": {"doctype": "Test Deal"}}, target_doc)


def make_secretly(source_name: str) -> str:
    return source_name


def test_a_link_to_the_source_is_set_and_what_it_shows_is_fetched() -> None:
    source = offer()
    deal = make_deal(source.name)
    assert (deal.offer, deal.of) == (source.name, "c")
    rule = {"Test Offer": {"doctype": "Test Deal", "field_no_map": ["offer"]}}
    assert get_mapped_doc("Test Offer", source.name, rule).offer is None


def test_the_target_is_told_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str, str]] = []

    class Deal(Document):
        def before_mapping(self, source_doc: Any, table_maps: Any) -> None:
            told.append(("before", source_doc.doctype, table_maps["Test Offer"]["doctype"]))

        def after_mapping(self, source_doc: Any) -> None:
            told.append(("after", source_doc.doctype, self.subject))

    frappe.local.cache["controller::Test Deal"] = Deal
    make_deal(offer().name)
    assert told == [("before", "Test Offer", "Test Deal"), ("after", "Test Offer", "s")]


def test_a_browser_maps_through_whitelisted_functions_and_chooses_rows() -> None:
    source = offer()
    chosen = {"lines": [source.lines[1].name]}
    deal = make_mapped_doc(f"{__name__}.make_deal", source.name, frappe.as_json(chosen), '{"kind": "gift"}')
    assert ([row.item for row in deal.lines], frappe.flags.args.kind) == (["y"], "gift")
    assert len(make_mapped_doc(f"{__name__}.make_deal", source.name).lines) == 2
    with pytest.raises(frappe.PermissionError):
        make_mapped_doc(f"{__name__}.make_secretly", source.name)


def test_several_documents_are_mapped_into_one() -> None:
    names = [offer().name, offer().name]
    deal = map_docs(f"{__name__}.make_deal", frappe.as_json(names), frappe.new_doc("Test Deal").as_dict())
    assert [row.item for row in deal.lines] == ["x", "y", "x", "y"]
