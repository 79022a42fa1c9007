"""Tickets: assigning, answering many at once, deleting."""

from functools import partial
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from helpdesk.access import ADMINISTRATOR, access_ticket, agents_only, managers_only, refuse
from helpdesk.assignment import manual
from helpdesk.batches import for_each
from helpdesk.conversation import replies
from helpdesk.conversation.replies import Reply
from helpdesk.tickets import archiving, escalation, resolving, service_level
from helpdesk.tickets.escalation import Escalation
from helpdesk.tickets.resolving import Resolution
from helpdesk.tickets.service_level import Clock


@frappe.whitelist()
@agents_only
def assign_ticket_to_agent(ticket_id: str | int, agent_id: str | list[str] | None = None) -> Document | None:
    """Assign a ticket to an agent or to several, by default to the caller; return it. A blank id does nothing."""
    if not ticket_id:
        return None
    ticket = access_ticket(ticket_id, "write")
    wanted = agent_id or frappe.session.user
    agents = [wanted] if isinstance(wanted, str) else wanted
    manual.require_records(agents)
    manual.assign(ticket, agents)
    ticket.reload()
    return ticket


@frappe.whitelist()
@agents_only
def bulk_reply(ticket_ids: list, message: str, attachments: list | None = None) -> None:
    """Send the same answer on many tickets. A ticket on which it fails is logged and left out."""
    tickets = [access_ticket(name, "write") for name in dict.fromkeys(str(each) for each in ticket_ids)]
    by_name = {ticket.name: ticket for ticket in tickets}
    send = partial(_reply, by_name, message, attachments or [])
    for_each(list(by_name), send, "Bulk reply failed on ticket {0}")


def _reply(tickets: dict[Any, Any], message: str, files: list[str], name: Any) -> None:
    ticket = tickets[name]
    replies.send(ticket, Reply(message, to=ticket.raised_by, files=files))


@frappe.whitelist()
@agents_only
def get_sla_clock(ticket: str | int) -> Clock | None:
    """Return how much of a ticket's promises is used up now, with the server's time; null when nothing is promised."""
    return service_level.clock(access_ticket(ticket), now_datetime())


@frappe.whitelist(methods=["POST"])
@agents_only
def escalate(
    ticket: str | int, reason: str, team: str | None = None, agent: str | None = None, note: str | None = None
) -> None:
    """Give a ticket the top priority, perhaps another team and agent, and tell managers; `note` goes to the requester.

    Raises CannotEscalate without a reason, on a resolved ticket, and at the top without a team or an agent.
    """
    escalation.escalate(access_ticket(ticket, "write"), Escalation(reason, team, agent, note))


@frappe.whitelist(methods=["POST"])
@managers_only
def de_escalate(ticket: str | int, reason: str, priority: str | None = None) -> None:
    """Take an escalation back, perhaps with another priority."""
    escalation.de_escalate(access_ticket(ticket, "write"), reason, priority)


@frappe.whitelist(methods=["POST"])
@agents_only
def resolve(
    ticket: str | int,
    details: str | None = None,
    status: str | None = None,
    rating: int | None = None,
    notify: bool = False,
) -> None:
    """Resolve a ticket: how, in which status, with how many stars (1 to 5); `notify` mails the details."""
    resolving.resolve(access_ticket(ticket, "write"), Resolution(details, status, rating, notify))


@frappe.whitelist(methods=["POST"])
@agents_only
def archive(ticket: str | int) -> None:
    """Put a ticket away. Needs the right to delete it."""
    archiving.archive(access_ticket(ticket, "delete"))


@frappe.whitelist(methods=["POST"])
@agents_only
def restore(ticket: str | int) -> None:
    """Bring an archived ticket back. Needs the right to delete it."""
    archiving.restore(access_ticket(ticket, "delete"))


@frappe.whitelist(methods=["POST"])
@agents_only
def needs_no_response(ticket: str | int) -> None:
    """Note that the customer's last message wants no answer."""
    access_ticket(ticket, "write").db_set("needs_response", 0, update_modified=False)


@frappe.whitelist()
def delete_ticket(name: str | int) -> None:
    """Delete a ticket with everything on it. Only the Administrator may."""
    if frappe.session.user != ADMINISTRATOR:
        refuse(_("Only the Administrator may delete tickets."))
    frappe.delete_doc("HD Ticket", name, force=True, ignore_missing=False)
