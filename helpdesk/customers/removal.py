"""What happens to tickets and memberships when a customer or a contact goes away."""

from typing import TYPE_CHECKING

import frappe

from helpdesk.customers import invitations, members

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_customer.hd_customer import HDCustomer

TICKET = "HD Ticket"


def _release_tickets(field: str, value: str, *, delete: bool) -> None:
    names = frappe.get_all(TICKET, filters={field: value}, pluck="name")
    if delete:
        for name in names:
            frappe.delete_doc(TICKET, name, force=True, ignore_permissions=True)  # checked by the caller
    elif names:
        frappe.db.set_value(TICKET, {"name": ["in", names]}, field, None)


def release_customer(customer: "HDCustomer") -> None:
    """Unlink or delete a customer's tickets, and forget it in invitations."""
    _release_tickets("customer", customer.name, delete=bool(customer.flags.delete_tickets))
    invitations.forget(customer=customer.name)


def delete_contact(name: str, *, delete_tickets: bool) -> None:
    """Delete a contact with its memberships; its tickets lose it, or go with it."""
    _release_tickets("contact", name, delete=delete_tickets)
    filters = {"contact_name": name, "parenttype": "HD Customer"}
    for customer in frappe.get_all("HD Customer Member", filters=filters, pluck="parent"):
        found = frappe.get_doc("HD Customer", customer)
        members.remove(found, name)
        found.save(ignore_permissions=True)  # whoever may delete the contact may end its memberships
    invitations.forget(contact=name)
    frappe.delete_doc("Contact", name)
