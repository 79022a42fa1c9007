"""What happens to an assignment when a ticket changes its team."""

from typing import TYPE_CHECKING

import frappe
from frappe.desk.form import assign_to

from helpdesk.agents.teams import members_of
from helpdesk.assignment.manual import assigned_agents
from helpdesk.realtime import events
from helpdesk.tickets import statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def release_foreign_assignee(ticket: "HDTicket") -> None:
    """Clear the assignments of an open ticket whose assignee is not in its new team.

    Only when the new team's rule will find somebody else; otherwise the old assignee is better than nobody.
    """
    if ticket.get_doc_before_save() is None or not ticket.agent_group or not ticket.has_value_changed("agent_group"):
        return
    if statuses.category_of(ticket.status) != statuses.OPEN or not _has_working_rule(ticket.agent_group):
        return
    assignees = assigned_agents(ticket.name)
    if assignees and assignees[0].name not in members_of(ticket.agent_group):
        # The caller may write the ticket; who is assigned follows from its team.
        assign_to.clear("HD Ticket", ticket.name, ignore_permissions=True)
        events.publish("helpdesk:update-ticket-assignee", {"ticket_id": ticket.name}, room="all")


def _has_working_rule(team: str) -> bool:
    rule = frappe.db.get_value("HD Team", team, "assignment_rule")
    if not rule or not frappe.db.exists("Assignment Rule", {"name": rule, "disabled": 0}):
        return False
    people = {"parent": rule, "parenttype": "Assignment Rule"}
    return bool(frappe.db.exists("Assignment Rule User", people)) or _has_weighted_people(rule)


def _has_weighted_people(rule: str) -> bool:
    field = frappe.get_meta("Assignment Rule").get_field("weighted_users")
    return bool(field) and bool(frappe.db.exists(field.options, {"parent": rule}))
