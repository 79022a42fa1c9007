"""What Contact and Address share: their links to other records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe


def without_repeated_links(rows: Iterable[Any]) -> list[Any]:
    """Return the Dynamic Link rows, each target once."""
    kept: dict[tuple[str, str], Any] = {}
    for row in rows:
        kept.setdefault((row.link_doctype, row.link_name), row)
    return list(kept.values())


def fill_link_titles(rows: Iterable[Any]) -> None:
    """Write the title of each linked record into its row, where it is missing."""
    for row in rows:
        if row.link_doctype and row.link_name and not row.link_title:
            row.link_title = link_title(row.link_doctype, row.link_name)


def link_title(doctype: str, name: str) -> str:
    """Return how a linked record is called on screen."""
    meta = frappe.get_meta(doctype)
    field = meta.get_title_field()
    if field == "name":
        return name
    return str(frappe.get_cached_value(doctype, name, field) or name)


def load_address_and_contact(doc: Any, key: str | None = None) -> None:
    """Put the addresses and contacts that are linked to a document into its `__onload`: `addr_list`, `contact_list`."""
    addresses = [frappe.get_doc("Address", name) for name in _linked("Address", doc)]
    addresses.sort(key=lambda one: (not one.is_primary_address, not one.is_shipping_address, one.name))
    doc.set_onload("addr_list", [{**one.as_dict(), "display": one.get_display()} for one in addresses])
    contacts = [frappe.get_doc("Contact", name).as_dict() for name in _linked("Contact", doc)]
    doc.set_onload("contact_list", sorted(contacts, key=lambda one: (not one.is_primary_contact, one.name)))


def _linked(doctype: str, doc: Any) -> list[str]:
    """Return the names of the addresses or contacts of a document that the user may read."""
    link = [["Dynamic Link", "link_doctype", "=", doc.doctype], ["Dynamic Link", "link_name", "=", doc.name]]
    if not frappe.has_permission(doctype, "read"):
        return []
    return list(frappe.get_list(doctype, filters=link, pluck="name", distinct=True, order_by=None))


def delete_contact_and_address(doctype: str, docname: str) -> None:
    """Delete the Contacts and Addresses that are linked to this record and to no other."""
    for parenttype in ("Contact", "Address"):
        names = frappe.get_all(
            "Dynamic Link",
            filters={"parenttype": parenttype, "link_doctype": doctype, "link_name": docname},
            pluck="parent",
        )
        for name in names:
            doc = frappe.get_doc(parenttype, name)
            if len(doc.links) == 1:
                doc.delete(ignore_permissions=True)
