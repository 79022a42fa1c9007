"""Who would get a ticket by the rules as they are: asked without assigning anybody."""

from typing import Any, TypedDict

import frappe

from helpdesk.assignment import skills
from helpdesk.assignment.team_rules import RULE, TICKET


class Trial(TypedDict):
    """The rule that claims a ticket and whom it chooses; null without one. `skills` are what the ticket needs."""

    rule: str | None
    user: str | None
    skills: list[str]
    has_skills: bool


def of(ticket: Any) -> Trial:
    """Return who would get the ticket if nobody were on it."""
    needed = skills.needed_for(ticket)
    values = ticket.as_dict()
    for rule in _rules():
        if not rule.is_rule_not_applicable_today() and rule.safe_eval("assign_condition", values):
            user = rule.get_user(values)
            if user:
                return Trial(rule=rule.name, user=user, skills=needed, has_skills=user in skills.having([user], needed))
    return Trial(rule=None, user=None, skills=needed, has_skills=False)


def _rules() -> list[Any]:
    """Return the rules for tickets in the order in which they are asked."""
    active = {"document_type": TICKET, "disabled": 0}
    names = frappe.get_all(RULE, active, pluck="name", order_by="priority desc, creation asc")
    return [frappe.get_doc(RULE, name) for name in names]  # there are few, and each is asked for its people
