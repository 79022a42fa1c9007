"""Customers for clients."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import validate_email_address

from helpdesk.access import access_document, require_permission
from helpdesk.customers import contacts, members
from helpdesk.customers.roles import MANAGER, user_of_contact

FIELDS = ("customer_name", "customer_type", "domain", "image", "country")


@frappe.whitelist()
def create_customer(customer: dict, primary_contact: dict | None = None) -> dict[str, Any]:
    """Create a customer, with its primary contact as manager; return its name and who was invited."""
    require_permission("HD Customer", "create")
    if not (customer.get("customer_name") or "").strip():
        frappe.throw(_("Please enter the name of the customer."), frappe.MandatoryError)
    document = frappe.get_doc(
        {"doctype": "HD Customer", **{field: customer[field] for field in FIELDS if customer.get(field)}}
    ).insert()
    invited = _add_primary(document, primary_contact) if primary_contact and primary_contact.get("email") else []
    return {"name": document.name, "invited_emails": invited}


def _add_primary(customer: Any, person: dict[str, Any]) -> list[str]:
    email = validate_email_address(person["email"], throw=True)
    name = frappe.db.get_value("Contact", {"email_id": email}, "name", order_by="creation asc")
    if not name:
        require_permission("Contact", "create")
        name = contacts.create({**person, "email": email, "phone": person.get("mobile_no")})
    customer.reload()
    members.add(customer, name, is_manager=True)
    customer.primary_contact = name
    customer.save()
    if user_of_contact(name):
        return []
    result = customer.add_contacts([name], MANAGER)["invite_result"]
    return result.get("invited_emails", [])


@frappe.whitelist()
def delete_customer(name: str, delete_tickets: bool = False) -> None:
    """Delete a customer; its tickets lose it, or are deleted too."""
    customer = access_document("HD Customer", name, "delete")
    require_permission("HD Ticket", "delete" if delete_tickets else "write")
    customer.flags.delete_tickets = delete_tickets
    customer.delete()
