"""Writing to a customer before the customer writes: a ticket that begins with our message."""

import re
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import escape_html

from helpdesk.assignment import manual
from helpdesk.conversation import replies
from helpdesk.conversation.replies import Reply
from helpdesk.tickets import statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_customer.hd_customer import HDCustomer

NAME = re.compile(r"\{\{\s*(customer|contact)\.(\w+)\s*\}\}")
TOLD = {
    "customer": ("name", "customer_name", "domain", "country"),
    "contact": ("first_name", "last_name", "full_name", "email_id"),
}
"""What a text may say of a customer and their contact."""
GIVEN = ("priority", "ticket_type", "category", "agent_group", "channel")


def begin(customer: Any, values: dict[str, Any]) -> None:
    """File a ticket for the primary contact of a customer, and send `message` on it.

    `subject` and `message` may name fields of TOLD, such as `{{ contact.first_name }}`. `status` is what the ticket
    gets after the message, `agent` who works on it. Refused is a customer without an address and, with `once`, one who
    has an open ticket of the same subject.
    """
    contact = _addressee(customer)
    known = {"customer": customer, "contact": contact}
    subject = fill_in(values["subject"], known)
    if values.get("once") and _is_open(customer.name, subject):
        frappe.throw(_("{0} has an open ticket of this subject.").format(customer.name))
    ticket = frappe.get_doc(
        {
            "doctype": "HD Ticket",
            "subject": subject,
            "raised_by": contact["email_id"],
            "contact": contact["name"],
            "customer": customer.name,
            **{field: values[field] for field in GIVEN if values.get(field)},
        }
    )
    ticket.flags.without_acknowledgement = True
    ticket.insert()
    replies.send(ticket, Reply(fill_in(values["message"], known, html=True)))
    ticket.reload()
    if values.get("status"):
        ticket.status = values["status"]
        ticket.save()
    if values.get("agent"):
        manual.hand_over(ticket, values["agent"])


def fill_in(text: str, known: dict[str, Any], *, html: bool = False) -> str:
    """Put the values of TOLD into a text; what there is not reads as nothing."""

    def value(found: re.Match[str]) -> str:
        subject, field = found.groups()
        said = str(known[subject].get(field) or "") if field in TOLD[subject] else ""
        return escape_html(said) if html else said

    return NAME.sub(value, text)


def _addressee(customer: "HDCustomer") -> Any:
    rows = customer.get("contacts")
    first = customer.primary_contact or (rows[0].contact_name if rows else None)
    fields = ["name", "first_name", "last_name", "full_name", "email_id"]
    contact = frappe.db.get_value("Contact", first, fields, as_dict=True) if first else None
    if not contact or not contact.email_id:
        frappe.throw(_("{0} has no contact with an e-mail address.").format(customer.name))
    return contact


def _is_open(customer: str, subject: str) -> bool:
    unresolved = ["in", statuses.in_category(statuses.OPEN, statuses.PAUSED)]
    return bool(frappe.db.exists("HD Ticket", {"customer": customer, "subject": subject, "status": unresolved}))
