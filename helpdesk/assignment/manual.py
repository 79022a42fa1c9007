"""Assignments made by people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.desk.form import assign_to
from frappe.query_builder import DocType

from helpdesk.access import has_agent_record, is_agent
from helpdesk.exceptions import NotAnAgent
from helpdesk.notifications import inapp, kinds
from helpdesk.tickets import activity

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

TODO = "ToDo"


def require_records(users: Sequence[str]) -> None:
    """Raise NotAnAgent unless each of the users has an HD Agent record."""
    _require(all(has_agent_record(user) for user in users))


def _require(are_agents: bool) -> None:
    if not are_agents:
        frappe.throw(_("Tickets can only be assigned to agents"), NotAnAgent)


def assign(ticket: "HDTicket", agents: Sequence[str], *, ignore_permissions: bool = False) -> None:
    """Assign all of these agents, by role or by record, or none, and tell those who did not do it themselves.

    Raises NotAnAgent.
    """
    _require(all(is_agent(agent) for agent in agents))
    work = {"doctype": "HD Ticket", "name": ticket.name, "assign_to": list(agents)}
    assign_to.add(work, ignore_permissions=ignore_permissions)
    for agent in agents:
        activity.record(ticket.name, f"assigned {agent}")
        if agent != frappe.session.user:
            inapp.notify(agent, kinds.ASSIGNMENT, ticket=ticket.name)


def hand_over(ticket: "HDTicket", agent: str) -> None:
    """Make an agent the only one who works on a ticket. Raises NotAnAgent."""
    current = [each.name for each in assigned_agents(ticket.name)]
    if agent not in current:
        require_records([agent])
        assign(ticket, [agent], ignore_permissions=True)  # the caller may write the ticket
    unassign("HD Ticket", ticket.name, [each for each in current if each != agent])


def unassign(doctype: str, name: str | int, users: list[str]) -> None:
    """Cancel the open assignments of `users`. The caller has been allowed to write the document."""
    for user in users:
        # Behind access_document(..., "write") in helpdesk.api.doc.remove_assignments.
        assign_to.set_status(doctype, name, assign_to=user, status="Cancelled", ignore_permissions=True)
        if doctype == "HD Ticket":
            activity.record(name, f"unassigned {user}")


def assigned_agents(ticket: str | int) -> list[frappe._dict]:
    """Return the agents assigned to a ticket, oldest assignment first; assignees who are no agents are left out."""
    todo, agent = DocType(TODO), DocType("HD Agent")
    return (
        frappe.qb.from_(todo)
        .join(agent)
        .on(agent.name == todo.allocated_to)
        .select(agent.name, agent.agent_name, agent.user_image, agent.availability, agent.availability_changed_on)
        .where(
            (todo.reference_type == "HD Ticket")
            & (todo.reference_name == str(ticket))
            & todo.status.notin(["Cancelled", "Closed"])
        )
        .orderby(todo.creation)
        .run(as_dict=True)
    )
