"""Escalating a ticket: to the top priority, with a reason, and perhaps into other hands."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.utils import escape_html, now_datetime

from helpdesk.agents import managers
from helpdesk.assignment import manual
from helpdesk.conversation import comments, replies
from helpdesk.conversation.replies import Reply
from helpdesk.exceptions import CannotEscalate
from helpdesk.notifications import alerts, audience, kinds
from helpdesk.tickets import activity, statuses
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

SHORTEST_REASON = 3
FIELDS = ("escalated_on", "escalated_by", "escalation_reason")


@dataclass(frozen=True)
class Escalation:
    """Why, and to whom. Team and agent stay as they are where none is given; `note` is for the requester."""

    reason: str
    team: str | None = None
    agent: str | None = None
    note: str | None = None


def top_priority() -> str | None:
    """Return the most urgent priority in use."""
    rows = frappe.get_all(
        "HD Ticket Priority", filters={"disabled": 0}, fields=["name"], order_by="integer_value asc, name asc", limit=1
    )
    return rows[0].name if rows else None


def escalate(ticket: "HDTicket", escalation: Escalation) -> None:
    """Raise the ticket, keep the reason, and tell managers and those who now work on it. Raises CannotEscalate."""
    reason = _checked(escalation.reason)
    top = top_priority()
    _require_room(ticket, escalation, top)
    if escalation.note:
        replies.send(ticket, Reply(escalation.note))
        ticket.reload()
    ticket.update(
        {
            "priority": top or ticket.priority,
            "agent_group": escalation.team or ticket.agent_group,
            "escalated_on": now_datetime(),
            "escalated_by": frappe.session.user,
            "escalation_reason": reason,
        }
    )
    ticket.save()
    if escalation.agent:
        manual.hand_over(ticket, escalation.agent)
    _record(ticket, "escalated the ticket", _("Escalated"), reason)
    concerned = audience.of(ticket.name, ticket.agent_group)
    alerts.tell([*managers.all_managers(), *concerned], kinds.ESCALATION, ticket.name, f"{ticket.subject}: {reason}")


def de_escalate(ticket: "HDTicket", reason: str, priority: str | None = None) -> None:
    """Take an escalation back, with a reason, and give the ticket another priority if one is named."""
    reason = _checked(reason)
    if not ticket.escalated_on:
        frappe.throw(_("Ticket {0} is not escalated.").format(reference_of(ticket.name)), CannotEscalate)
    ticket.update({**dict.fromkeys(FIELDS), "priority": priority or ticket.priority})
    ticket.save()
    _record(ticket, "took the escalation back", _("No longer escalated"), reason)


def _checked(reason: str | None) -> str:
    text = (reason or "").strip()
    if len(text) < SHORTEST_REASON:
        frappe.throw(_("Please say why."), CannotEscalate)
    return text


def _require_room(ticket: "HDTicket", escalation: Escalation, top: str | None) -> None:
    """Refuse what would change nothing: a resolved ticket, or one at the top that stays in the same hands."""
    if statuses.category_of(ticket.status) == statuses.RESOLVED:
        frappe.throw(
            _("Ticket {0} is resolved. Please reopen it first.").format(reference_of(ticket.name)), CannotEscalate
        )
    if ticket.priority == top and not escalation.team and not escalation.agent:
        message = _("Ticket {0} has the highest priority already. Please choose a team or an agent.")
        frappe.throw(message.format(reference_of(ticket.name)), CannotEscalate)


def _record(ticket: "HDTicket", action: str, title: str, reason: str) -> None:
    """Keep a line in the history, and the reason among the internal comments."""
    activity.record(ticket.name, action)
    comments.add(ticket.name, f"<p><strong>{title}:</strong> {escape_html(reason)}</p>")
