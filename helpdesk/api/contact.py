"""Contacts for clients."""

from typing import Any

import frappe

from helpdesk.access import access_document, require_permission
from helpdesk.customers import contacts, removal
from helpdesk.lists.data import check_filters, parse_filters


@frappe.whitelist(methods=["GET"])
def search_contacts(txt: str, additional_filters: str | list | None = None) -> list[dict[str, Any]]:
    """Return up to 10 contacts with an address that match the text."""
    require_permission("Contact", "read", "select")
    filters = parse_filters(additional_filters)
    check_filters("Contact", filters)
    return contacts.search(txt, filters)


@frappe.whitelist()
def create_contact(doc: dict, invite: bool = False) -> str:
    """Create a contact, and invite it to the portal if asked; return its name."""
    require_permission("Contact", "create")
    name = contacts.create(doc)
    if invite:
        contacts.invite(name, doc.get("customer"))
    return name


@frappe.whitelist(methods=["POST"])
def edit_contact(name: str, doc: dict) -> str:
    """Change a contact; return its name."""
    return contacts.edit(access_document("Contact", name, "write"), doc)


@frappe.whitelist()
def delete_contact(name: str, delete_tickets: bool = False) -> None:
    """Delete a contact; its tickets lose it, or are deleted too."""
    access_document("Contact", name, "delete")
    require_permission("HD Ticket", "delete" if delete_tickets else "write")
    removal.delete_contact(name, delete_tickets=delete_tickets)


@frappe.whitelist(methods=["GET"])
def get_contact_info(name: str) -> dict[str, Any]:
    """Return customers, last activity, place and invitation of a contact."""
    return contacts.describe(access_document("Contact", name))
