"""The stored messages of a ticket, which the framework calls Communications."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

MESSAGE = "Communication"
TICKET = "HD Ticket"
SENT, RECEIVED = "Sent", "Received"
AUTOMATED = "Automated Message"


def of_ticket(ticket: str | int, **more: Any) -> dict[str, Any]:
    """Return the filter for the messages of a ticket."""
    return {"reference_doctype": TICKET, "reference_name": str(ticket), **more}


def has_agent_replied(ticket: str | int) -> bool:
    """Tell whether somebody of the support team has answered; automated messages are no answers."""
    return bool(
        frappe.db.exists(MESSAGE, of_ticket(ticket, sent_or_received=SENT, communication_type=["!=", AUTOMATED]))
    )


def latest(ticket: str | int) -> Document | None:
    """Return the newest message of a ticket."""
    names = frappe.get_all(MESSAGE, filters=of_ticket(ticket), pluck="name", order_by="creation desc", limit=1)
    return frappe.get_doc(MESSAGE, names[0]) if names else None


def add(
    ticket: "HDTicket", *, direction: str, content: str, sender: str, is_first: bool = False, **fields: Any
) -> Document:
    """Store a message on a ticket without sending it. The framework then calls the ticket's communication hook."""
    message = frappe.get_doc(
        {
            "doctype": MESSAGE,
            "communication_type": "Communication",
            "communication_medium": "Email",
            "sent_or_received": direction,
            "email_status": "Open",
            "status": "Linked",
            "subject": f"Re: {ticket.subject}"[:140],
            "sender": sender,
            "content": content,
            "reference_doctype": TICKET,
            "reference_name": str(ticket.name),
            **fields,
        }
    )
    message.flags.skip_add_signature = True
    message.flags.ignore_mandatory = True
    message.flags.is_first_message = is_first
    return message.insert(ignore_permissions=True)


def average_response_seconds(messages: Iterable[tuple[str, datetime]]) -> float | None:
    """Return the mean time between a customer's message and the answer that directly follows it.

    `messages` are pairs of direction and moment, oldest first. Unanswered messages do not count.
    """
    waits: list[float] = []
    asked: datetime | None = None
    for direction, moment in messages:
        if direction == SENT and asked is not None and moment > asked:
            waits.append((moment - asked).total_seconds())
        asked = moment if direction == RECEIVED else None
    return sum(waits) / len(waits) if waits else None


def directions(ticket: str | int) -> list[tuple[str, datetime]]:
    """Return direction and moment of a ticket's messages, oldest first."""
    rows = frappe.get_all(
        MESSAGE,
        filters=of_ticket(ticket, communication_type=["!=", AUTOMATED]),
        fields=["sent_or_received", "creation"],
        order_by="creation asc",
    )
    return [(row.sent_or_received, row.creation) for row in rows]
