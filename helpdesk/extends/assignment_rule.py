"""Assignment rules: their JSON twins, and the last rule for tickets."""

from typing import Any

import frappe
from frappe import _

from helpdesk.agents.teams import members_of
from helpdesk.assignment.team_rules import RULE, TICKET
from helpdesk.sla.agreements import require_valid_json


def on_assignment_rule_trash(rule: Any, event: str | None = None) -> None:
    """Refuse to delete the last rule for tickets, unless it goes with its team."""
    if rule.document_type != TICKET or rule.flags.deleted_with_team:
        return
    if not frappe.db.exists(RULE, {"document_type": TICKET, "name": ["!=", rule.name]}):
        frappe.throw(_("The last assignment rule for tickets cannot be deleted."))


def on_assignment_rule_validate(rule: Any, event: str | None = None) -> None:
    """Refuse JSON twins that are not JSON; warn of people who are not in the rule's team."""
    for field in ("assign_condition_json", "unassign_condition_json"):
        require_valid_json(rule.get(field), _(rule.meta.get_label(field)))
    if rule.disabled or rule.is_new():
        return
    team = frappe.db.get_value("HD Team", {"assignment_rule": rule.name}, "name", order_by="name asc")
    if team and not rule.flags.follows_team:
        _warn_of_strangers(rule, team)


def _warn_of_strangers(rule: Any, team: str) -> None:
    members = members_of(team)
    strangers = [row.user for row in rule.users or [] if row.user not in members]
    if strangers:
        text = _("{0} are in this rule, but not in the team {1}.")
        frappe.msgprint(text.format(", ".join(strangers), frappe.bold(team)), indicator="orange", alert=True)
