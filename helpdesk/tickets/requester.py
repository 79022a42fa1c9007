"""Who asked: the contact and the customer of a ticket."""

from email.utils import parseaddr
from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.access import is_agent
from helpdesk.customers.membership import customers_of_contact
from helpdesk.exceptions import CustomerIsAmbiguous, CustomerNotAllowed
from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def address_of(raised_by: str | None) -> str:
    """Return the bare address of a requester, who may carry a display name."""
    return parseaddr(raised_by or "")[1] or (raised_by or "")


def attach_contact(ticket: "HDTicket") -> None:
    """Find the contact with the requester's primary address."""
    address = address_of(ticket.raised_by)
    if address and not ticket.contact:
        found = frappe.get_all("Contact", filters={"email_id": address}, pluck="name", order_by="creation asc", limit=1)
        ticket.contact = found[0] if found else None


def attach_customer(ticket: "HDTicket") -> None:
    """Derive the customer of a new ticket from its contact, and check one that was given."""
    if not get_settings().auto_set_customer_from_contact:
        return
    if not (ticket.is_new() or ticket.has_value_changed("customer")):
        return
    if ticket.customer and is_agent():
        return
    customers = customers_of_contact(ticket.contact) if ticket.contact else []
    if ticket.customer:
        _require_own(ticket.customer, customers)
    elif ticket.is_new():
        _choose(ticket, customers)


def _require_own(customer: str, customers: list[str]) -> None:
    if customer not in customers:
        frappe.throw(_("You do not belong to the customer {0}.").format(frappe.bold(customer)), CustomerNotAllowed)


def _choose(ticket: "HDTicket", customers: list[str]) -> None:
    if len(customers) == 1:
        ticket.customer = customers[0]
    elif len(customers) > 1 and ticket.via_customer_portal and not is_agent():
        frappe.throw(_("Please choose the customer this ticket is for."), CustomerIsAmbiguous)
