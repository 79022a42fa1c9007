"""What the requester says: the first message of a ticket, and replies from the portal."""

from typing import TYPE_CHECKING, Any

import frappe

from helpdesk.access import is_agent
from helpdesk.conversation import attachments, messages
from helpdesk.notifications import answers
from helpdesk.tickets import guards

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def add_first_message(ticket: "HDTicket", files: list[dict[str, Any]]) -> None:
    """Store the description of a new ticket as its first message."""
    message = messages.add(
        ticket,
        direction=messages.RECEIVED,
        content=ticket.description or "",
        sender=ticket.raised_by or "" if ticket.flags.filed_by_guest else frappe.session.user,
        sender_full_name=ticket.flags.guest_name,
        is_first=True,
    )
    attachments.move_to_message(ticket, message.name, _names(files))


def reply(
    ticket: "HDTicket", text: str, files: list[dict[str, Any]], *, is_first: bool = False, sender: str | None = None
) -> None:
    """Store a reply from the portal, let the ticket follow, and tell the assigned agents unless it is the first.

    `sender` is who speaks, where that is not the user.
    """
    if not is_agent():
        guards.refuse_when_closed(ticket)
    message = messages.add(ticket, direction=messages.RECEIVED, content=text, sender=sender or frappe.session.user)
    attachments.move_to_message(ticket, message.name, _names(files))
    if not is_first:
        answers.tell_agents(ticket, message.content, message.sender)


def _names(files: list[dict[str, Any]]) -> list[str]:
    return [file["name"] for file in files if file.get("name")]
