"""Linking new contacts to the customer whose mail domain they have. A customer may have several."""

from typing import Any

import frappe

from helpdesk.customers import members


def domain_of(email: str | None) -> str | None:
    """Return the domain of an address in lower case."""
    _local, at, domain = (email or "").rpartition("@")
    return domain.strip().lower() if at and domain.strip() else None


def domains_in(text: str | None) -> list[str]:
    """Return the domains in a field that holds several, separated by commas or spaces: in lower case, each once."""
    words = (text or "").replace(",", " ").replace(";", " ").lower().split()
    return list(dict.fromkeys(domain for word in words if (domain := word.removeprefix("@"))))


def customer_of(domain: str) -> str | None:
    """Return the oldest customer that has the domain among its own."""
    filters = {"domain": ["like", f"%{domain}%"]}
    rows = frappe.get_all("HD Customer", filters=filters, fields=["name", "domain"], order_by="creation asc")
    return next((row.name for row in rows if domain in domains_in(row.domain)), None)


def link_by_domain(contact: Any) -> None:
    """Make a new contact a plain member of the first customer with its mail domain."""
    addresses = [contact.email_id, *(row.email_id for row in contact.get("email_ids") or [])]
    domain = next((found for address in addresses if (found := domain_of(address))), None)
    if not domain:
        return
    name = customer_of(domain)
    if not name:
        return
    customer = frappe.get_doc("HD Customer", name)
    if members.add(customer, contact.name, is_manager=False):
        customer.save(ignore_permissions=True)  # a rule of the site, not a wish of whoever created the contact
