"""What a new message does to its ticket: statuses, response times, and the way to a merged ticket's successor."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.conversation import messages
from helpdesk.search import indexing
from helpdesk.settings import get_settings
from helpdesk.tickets import announcing, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def follow(ticket: "HDTicket", message: Document, now: datetime) -> None:
    """Let `ticket` follow a saved message.

    The mail pipeline saves a message twice. Only the first save moves the ticket; the second one brings the final
    text, with its pictures in place, into a description that came from it.
    """
    if message.communication_type == messages.AUTOMATED and not _opens(ticket, message):
        return
    before = message.get_doc_before_save()
    if before is not None and before.reference_name == message.reference_name:
        _refresh_description(ticket, before.content, message.content)
        return
    if message.sent_or_received == messages.RECEIVED and _redirect(ticket, message, now):
        return
    if message.flags.is_first_message:
        frappe.db.set_value("HD Ticket", ticket.name, "last_customer_response", now)
        return
    was_open = statuses.category_of(ticket.status) == statuses.OPEN
    _apply(ticket, message, now)
    ticket.description = ticket.description or message.content
    ticket.flags.written_by_helpdesk = True
    ticket.save(ignore_permissions=True)
    if was_open and message.sent_or_received == messages.RECEIVED:
        announcing.customer_replied(ticket)


def _opens(ticket: "HDTicket", message: Document) -> bool:
    """Tell whether a machine's message is what a ticket began with; any later one of them moves nothing."""
    return message.sent_or_received == messages.RECEIVED and not ticket.description


def _apply(ticket: "HDTicket", message: Document, now: datetime) -> None:
    if message.sent_or_received == messages.RECEIVED:
        answered = messages.has_agent_replied(ticket.name)
        ticket.status = statuses.reopen_status(ticket) if answered else statuses.default_open_status(ticket)
        ticket.update({"last_customer_response": now, "needs_response": 1, "is_archived": 0})
        return
    ticket.first_responded_on = ticket.first_responded_on or now
    ticket.update({"last_agent_response": now, "needs_response": 0})
    ticket.avg_response_time = messages.average_response_seconds(messages.directions(ticket.name))
    settings = get_settings()
    if settings.auto_update_status and settings.update_status_to and not ticket.is_merged:
        ticket.status = settings.update_status_to


def _refresh_description(ticket: "HDTicket", old: str | None, new: str | None) -> None:
    if new and old != new and ticket.description in (None, "", old):
        frappe.db.set_value("HD Ticket", ticket.name, "description", new, update_modified=False)
        indexing.refresh_ticket(ticket.name)


def _redirect(ticket: "HDTicket", message: Any, now: datetime) -> bool:
    """Move a customer's message from a merged ticket to the one it was merged into."""
    target = merge_target(ticket)
    if target is None:
        return False
    message.reference_name = str(target.name)
    message.db_set("reference_name", str(target.name), update_modified=False)
    follow(target, message, now)
    return True


def merge_target(ticket: "HDTicket") -> "HDTicket | None":
    """Return the living ticket at the end of the chain of merges.

    None when the ticket is not merged, and when the chain breaks or goes in a circle: then a message stays here.
    """
    seen = {str(ticket.name)}
    current = ticket
    while current.is_merged:
        following = str(current.merged_with or "")
        if not following or following in seen or not frappe.db.exists("HD Ticket", following):
            return None
        seen.add(following)
        current = frappe.get_doc("HD Ticket", following)
    return None if current is ticket else current
