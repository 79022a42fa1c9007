"""Linking new contacts to the customer whose mail domain they have."""

from typing import Any

import frappe

from helpdesk.customers import members


def domain_of(email: str | None) -> str | None:
    """Return the domain of an address in lower case."""
    _local, at, domain = (email or "").rpartition("@")
    return domain.strip().lower() if at and domain.strip() else None


def link_by_domain(contact: Any) -> None:
    """Make a new contact a plain member of the first customer with its mail domain."""
    addresses = [contact.email_id, *(row.email_id for row in contact.get("email_ids") or [])]
    domain = next((found for address in addresses if (found := domain_of(address))), None)
    if not domain:
        return
    names = frappe.get_all("HD Customer", filters={"domain": domain}, pluck="name", order_by="creation asc", limit=1)
    if not names:
        return
    customer = frappe.get_doc("HD Customer", names[0])
    if members.add(customer, contact.name, is_manager=False):
        customer.save(ignore_permissions=True)  # a rule of the site, not a wish of whoever created the contact
