"""Resolving a ticket with the words how, and the requester's rating where an agent was told it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.access import is_agent
from helpdesk.conversation import replies
from helpdesk.conversation.replies import Reply
from helpdesk.exceptions import ResolutionDetailsRequired
from helpdesk.settings import get_settings
from helpdesk.tickets import statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

STARS = 5


@dataclass(frozen=True)
class Resolution:
    """How a ticket was resolved. `stars` (1 to 5) is the requester's rating; `tell` mails them the details."""

    details: str | None = None
    status: str | None = None
    stars: int | None = None
    tell: bool = False


def resolve(ticket: "HDTicket", resolution: Resolution) -> None:
    """Put the ticket into a resolved status. Raises ResolutionDetailsRequired where the settings want details."""
    status = resolution.status or usual_status()
    if statuses.category_of(status) != statuses.RESOLVED:
        frappe.throw(_("{0} is no status of resolved tickets.").format(frappe.bold(frappe.utils.escape_html(status))))
    if resolution.stars is not None and not 1 <= resolution.stars <= STARS:
        frappe.throw(_("Please choose a number of stars."))
    if resolution.tell and resolution.details:
        replies.send(ticket, Reply(resolution.details))
        ticket.reload()
    ticket.status = status
    ticket.resolution_details = resolution.details or ticket.resolution_details
    if resolution.stars:
        ticket.feedback_rating = resolution.stars / STARS
    ticket.save()


def usual_status() -> str:
    """Return the first status for resolved tickets that is not the end of all."""
    names = [row.name for row in statuses.in_order({"category": statuses.RESOLVED, "enabled": 1})]
    return next((name for name in names if name != statuses.CLOSED), statuses.CLOSED)


def require_details(ticket: "HDTicket") -> None:
    """Refuse that somebody of the support team resolves a ticket without a word, where the settings want one."""
    before = ticket.get_doc_before_save()
    if before is None or not get_settings().require_resolution_details:
        return
    if ticket.flags.written_by_helpdesk or not is_agent():
        return
    was, now = statuses.category_of(before.status), statuses.category_of(ticket.status)
    if now == statuses.RESOLVED != was and not (ticket.resolution_details or "").strip():
        frappe.throw(_("Please say how the ticket was resolved."), ResolutionDetailsRequired)
