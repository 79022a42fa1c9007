"""What the support team hears about a ticket, in the ways each of them wants it."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.notifications import alerts, audience, kinds, preferences
from helpdesk.tickets import service_alerts, statuses, visibility

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def new_ticket(ticket: "HDTicket") -> None:
    """Tell the people who want to hear of new tickets, and may see this one."""
    readers = [user for user in preferences.wanting(kinds.NEW_TICKET) if visibility.may_see(ticket, user)]
    alerts.tell(readers, kinds.NEW_TICKET, ticket.name, ticket.subject)


def changes(ticket: "HDTicket") -> None:
    """Tell those whom the ticket concerns, but the one who acts, what a save has changed for them."""
    before = ticket.get_doc_before_save()
    if before is None:
        return
    old, new = statuses.category_of(before.status), statuses.category_of(ticket.status)
    if new == statuses.OPEN != old:
        _reopening(ticket)
    if new == statuses.RESOLVED:
        if old != new:
            _tell_concerned(ticket, kinds.RESOLUTION, ticket.subject)
    else:
        service_alerts.tell(ticket.name, before.sla_state, ticket.sla_state)
    if before.priority and ticket.priority != before.priority:
        text = _("{0}: from {1} to {2}").format(ticket.subject, _(before.priority), _(ticket.priority))
        _tell_concerned(ticket, kinds.PRIORITY, text)


def _tell_concerned(ticket: "HDTicket", kind: str, message: str) -> None:
    if preferences.is_wanted(kind):
        alerts.tell(_concerned(ticket), kind, ticket.name, message)


def _reopening(ticket: "HDTicket") -> None:
    for agent in _concerned(ticket):
        if agent != frappe.session.user:
            ticket.notify_agent(agent, kinds.REACTION)


def customer_replied(ticket: "HDTicket") -> None:
    """Tell whom it concerns inside the desk of an answer that did not reopen the ticket, which they hear of anyway.

    By mail they hear of answers on the portal, with the text (`answers.tell_agents`).
    """
    for agent in _concerned(ticket):
        if agent != frappe.session.user:
            ticket.notify_agent(agent, kinds.REPLY)


def _concerned(ticket: "HDTicket") -> list[str]:
    return audience.of(ticket.name, ticket.agent_group)
