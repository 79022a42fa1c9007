"""The assignment rule that belongs to each team, and the base rule for tickets without one."""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists

from helpdesk.sla.calendar import WEEKDAYS

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_team.hd_team import HDTeam

RULE = "Assignment Rule"
BASE_NAME = "Support Rotation"
WEIGHTED = "Weighted Distribution"
TICKET = "HD Ticket"


def conditions(team: str) -> dict[str, str]:
    """Return both conditions of a team's rule, each as Python and as JSON."""
    quoted = json.dumps(team, ensure_ascii=False)
    return {
        "assign_condition": f'status == "Open" and agent_group == {quoted}',
        "assign_condition_json": json.dumps([["status", "==", "Open"], "and", ["agent_group", "==", team]]),
        "unassign_condition": f"agent_group != {quoted}",
        "unassign_condition_json": json.dumps([["agent_group", "!=", team]]),
    }


def _insert(name: str, **fields: Any) -> Document:
    rule = frappe.get_doc(
        {
            "doctype": RULE,
            "document_type": TICKET,
            "rule": "Round Robin",
            "description": "Ticket {{ name }}: {{ subject }}",
            "assignment_days": [{"day": day} for day in WEEKDAYS],
            **fields,
        }
    )
    name = append_number_if_name_exists(RULE, name)
    # A team may be empty, and so may its rule; an empty rule is disabled and chooses nobody.
    rule.flags.ignore_mandatory = True
    return rule.insert(ignore_permissions=True, set_name=name)


def create_base_rule() -> str:
    """Create the disabled catch-all rule; return its name."""
    rule = _insert(
        BASE_NAME,
        assign_condition='status == "Open"',
        assign_condition_json=json.dumps([["status", "==", "Open"]]),
        priority=0,
        disabled=1,
    )
    return rule.name


def create(team: "HDTeam") -> None:
    """Give a team its rule."""
    members = [row.user for row in team.users]
    rule = _insert(
        f"{team.name} - {BASE_NAME}",
        **conditions(team.name),
        priority=1,
        disabled=int(bool(team.disabled) or not members),
        users=[{"user": user} for user in members],
    )
    team.db_set("assignment_rule", rule.name, update_modified=False)


def synchronise(team: "HDTeam") -> None:
    """Bring the rule's people and its switch in line with the team."""
    if not team.assignment_rule or not frappe.db.exists(RULE, team.assignment_rule):
        create(team)
        return
    rule = frappe.get_doc(RULE, team.assignment_rule)
    members = list(dict.fromkeys(row.user for row in team.users))
    disabled = int(bool(team.disabled) or not members)
    if _people(rule) == members and rule.disabled == disabled:
        return
    _set_people(rule, members)
    rule.disabled = disabled
    _save(rule)


def _people_field(rule: Document) -> str:
    return "weighted_users" if rule.rule == WEIGHTED else "users"


def _people(rule: Document) -> list[str]:
    return [row.user for row in rule.get(_people_field(rule)) or []]


def _set_people(rule: Document, members: list[str]) -> None:
    field = _people_field(rule)
    if field == "users":
        rule.set(field, [{"user": user} for user in members])
        return
    weights = {row.user: row.weight for row in rule.get(field) or []}
    rule.set(field, [{"user": user, "weight": weights.get(user) or 1} for user in members])


def _save(rule: Document) -> None:
    rule.flags.follows_team = True
    rule.flags.ignore_mandatory = True
    rule.save(ignore_permissions=True)


def rename(team: "HDTeam", new_name: str) -> None:
    """Let the rule's conditions name the team as it is called now."""
    if not team.assignment_rule or not frappe.db.exists(RULE, team.assignment_rule):
        create(team)
        return
    rule = frappe.get_doc(RULE, team.assignment_rule)
    rule.update(conditions(new_name))
    _save(rule)


def delete(team: "HDTeam") -> None:
    """Delete the team's rule, even if it is the last one."""
    name = team.assignment_rule
    if not name:
        return
    if not frappe.db.exists(RULE, name):
        frappe.log_error(title=f"Assignment rule {name} of team {team.name} was already gone")
        return
    team.db_set("assignment_rule", None, update_modified=False)
    rule = frappe.get_doc(RULE, name)
    rule.flags.deleted_with_team = True
    rule.delete(ignore_permissions=True, force=True)
