"""What a ticket gets when nobody said it."""

from datetime import datetime
from typing import TYPE_CHECKING

import frappe

from helpdesk.access import is_agent
from helpdesk.settings import get_settings
from helpdesk.tickets import statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

FALLBACK_TYPE = "Unspecified"
FALLBACK_PRIORITY = "Medium"


def fill_in(ticket: "HDTicket") -> None:
    """Fill type, requester, and the priority that the type or the settings give."""
    ticket.ticket_type = ticket.ticket_type or _default_type()
    ticket.raised_by = ticket.raised_by or frappe.session.user
    ticket.priority = ticket.priority or _default_priority(ticket.ticket_type)


def _default_type() -> str | None:
    return get_settings().default_ticket_type or frappe.get_cached_value("HD Ticket Type", FALLBACK_TYPE, "name")


def _default_priority(ticket_type: str | None) -> str | None:
    by_type = frappe.get_cached_value("HD Ticket Type", ticket_type, "priority") if ticket_type else None
    return by_type or get_settings().default_priority


def rate_from_option(ticket: "HDTicket") -> None:
    """Copy the stars of the chosen feedback option."""
    if ticket.feedback:
        ticket.feedback_rating = frappe.get_cached_value("HD Ticket Feedback Option", ticket.feedback, "rating")


def start(ticket: "HDTicket", now: datetime) -> None:
    """Put a new ticket at the beginning of its life, whatever the caller sent."""
    ticket.opening_date = ticket.opening_date or now.date()
    ticket.opening_time = now.time()
    ticket.channel = ticket.channel or _channel(ticket)
    ticket.needs_response = 1
    ticket.status = statuses.default_open_status(ticket)


def _channel(ticket: "HDTicket") -> str:
    """Return how a ticket came in, as far as the ticket tells."""
    if ticket.flags.filed_by_guest:
        return "Website"
    if ticket.email_account:
        return "Email"
    if ticket.via_customer_portal:
        return "Internal" if is_agent() else "Portal"
    return "API" if getattr(frappe.local, "request", None) else "Internal"


def stop_waiting(ticket: "HDTicket") -> None:
    """Note that nobody waits for an answer of ours while a ticket is paused or resolved."""
    if ticket.status_category != statuses.OPEN:
        ticket.needs_response = 0


def note_first_response(ticket: "HDTicket", now: datetime) -> None:
    """Count pausing or resolving an unanswered ticket as its first response."""
    before = ticket.get_doc_before_save()
    if before is None or ticket.first_responded_on:
        return
    category = statuses.category_of(ticket.status)
    was_open = (before.status_category or statuses.category_of(before.status)) == statuses.OPEN
    if category == statuses.PAUSED or (category == statuses.RESOLVED and was_open):
        ticket.first_responded_on = now
