"""What the site knows about the people a rule may choose."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Count

from helpdesk.assignment import skills
from helpdesk.assignment.choosing import present


def candidates(users: Sequence[str]) -> list[str]:
    """Return the enabled users that should be considered, in the given order."""
    if not users:
        return []
    user, agent, status = DocType("User"), DocType("HD Agent"), DocType("HD Agent Status")
    rows = (
        frappe.qb.from_(user)
        .left_join(agent)
        .on(agent.name == user.name)
        .left_join(status)
        .on(status.name == agent.availability)
        .select(user.name, status.category)
        .where(user.name.isin(list(users)) & (user.enabled == 1))
        .run()
    )
    availability = dict(rows)
    return present([user for user in users if user in availability], availability)


def fitting(users: Sequence[str], ticket: Any) -> list[str]:
    """Return the candidates for a ticket: those with the skills it needs, or all of them when nobody has these."""
    found = candidates(users)
    return skills.having(found, skills.needed_for(ticket)) or found


def open_assignments(users: Sequence[str], doctype: str) -> dict[str, int]:
    """Return `{user: number of open assignments}` on documents of a DocType."""
    if not users:
        return {}
    todo = DocType("ToDo")
    rows = (
        frappe.qb.from_(todo)
        .select(todo.allocated_to, Count(todo.name))
        .where(todo.allocated_to.isin(list(users)) & (todo.status == "Open") & (todo.reference_type == doctype))
        .groupby(todo.allocated_to)
        .run()
    )
    return dict(rows)


def assignments_by_rule(users: Sequence[str], rule: str) -> dict[str, int]:
    """Return `{user: number of assignments}` that a rule ever made."""
    if not users:
        return {}
    todo = DocType("ToDo")
    rows = (
        frappe.qb.from_(todo)
        .select(todo.allocated_to, Count(todo.name))
        .where(todo.allocated_to.isin(list(users)) & (todo.assignment_rule == rule))
        .groupby(todo.allocated_to)
        .run()
    )
    return dict(rows)
