"""Questions about tickets, each answered by one query."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import frappe
from frappe.query_builder import Table
from frappe.query_builder.functions import Avg, Count, Date
from pypika.terms import Criterion, Term

from helpdesk.analytics.windows import Window
from helpdesk.tickets import statuses

Ticket = Table("tabHD Ticket")
"""Named here by its table, because `DocType` works only where a site is connected."""


def within(field: Term, window: Window) -> Criterion:
    """Return the condition that a moment falls on a day of the window."""
    start = datetime.combine(window.start, time())
    return (field >= start) & (field < datetime.combine(window.end + timedelta(days=1), time()))


def assigned_to(user: str) -> Criterion:
    """Return the condition that a user is among the assignees."""
    return Ticket._assign.like("%" + re.sub(r"([\\%_])", r"\\\1", json.dumps(user)) + "%")


def names_of(*conditions: Criterion) -> list[int]:
    """Return the ids of tickets."""
    return frappe.qb.from_(Ticket).select(Ticket.name).where(all_of(conditions)).run(pluck=True)


def is_resolved() -> Criterion:
    """Return the condition that a ticket is in a status of the category Resolved now."""
    return Ticket.status_category == statuses.RESOLVED


def all_of(conditions: Iterable[Criterion]) -> Criterion:
    """Return the conjunction."""
    return Criterion.all(list(conditions))


def number(*conditions: Criterion) -> int:
    """Count tickets."""
    return frappe.qb.from_(Ticket).select(Count(Ticket.name)).where(all_of(conditions)).run()[0][0]


def average(term: Term, *conditions: Criterion) -> float:
    """Return an average over tickets; 0 when there are none."""
    return float(frappe.qb.from_(Ticket).select(Avg(term)).where(all_of(conditions)).run()[0][0] or 0)


def per_day(value: Term, moment: Term, *conditions: Criterion) -> dict[date, float]:
    """Return a value for each day on which there is one, by the day of `moment`."""
    day = Date(moment)
    rows = frappe.qb.from_(Ticket).select(day, value).where(all_of(conditions)).groupby(day).run()
    return {frappe.utils.getdate(each): float(found or 0) for each, found in rows}


def per_value(field: Term, *conditions: Criterion) -> list[tuple[Any, int]]:
    """Count tickets per value of a field, most first."""
    amount = Count(Ticket.name)
    query = frappe.qb.from_(Ticket).select(field, amount).where(all_of(conditions)).groupby(field)
    return [(value, found) for value, found in query.orderby(amount, order=frappe.qb.desc).run()]


def readable(names: Iterable[str | int]) -> set[str]:
    """Return which of these tickets the caller may read, as text."""
    wanted = list(names)
    if not wanted:
        return set()
    return {str(name) for name in frappe.get_list("HD Ticket", filters={"name": ["in", wanted]}, pluck="name")}
