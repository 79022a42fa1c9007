"""Where the tickets of each group stand, and how fast they were."""

from typing import Any

import frappe
from frappe import _

from helpdesk.access import staff_only
from helpdesk.analytics.reports import Result, group_label, groups_of, mean, tickets_for, window_of
from helpdesk.tickets.statuses import in_order

MOST_GROUPS = 30
COLORS = {"Open": "Red", "Paused": "Orange", "Resolved": "Green"}
TIMES = (
    ("first_response_time", "Average First Response Time"),
    ("avg_response_time", "Average Response Time"),
    ("total_hold_time", "Average Hold Time"),
    ("resolution_time", "Average Resolution Time"),
    ("user_resolution_time", "Average User Resolution Time"),
)
ONGOING = ("First Response Due", "Resolution Due", "Paused")


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return a row per group (`based_on`): tickets by status and by the state of the promise, and average times."""
    wanted = filters or {}
    statuses = in_order({"enabled": 1}, "category", "color")
    groups: dict[str, list[Any]] = {}
    for row in tickets_for(wanted, window_of(wanted)):
        for group in groups_of(row, wanted.get("based_on")):
            groups.setdefault(group, []).append(row)
    rows = [summarise(group, groups[group], statuses) for group in sorted(groups)]
    return columns(wanted, statuses), rows, None, chart(rows, statuses), totals(rows, statuses)


def summarise(group: str, tickets: list[Any], statuses: list[Any]) -> dict[str, Any]:
    """Return the row of one group."""
    states = [ticket.agreement_status for ticket in tickets]
    return {
        "group": group,
        **{frappe.scrub(status.name): sum(ticket.status == status.name for ticket in tickets) for status in statuses},
        "total_tickets": len(tickets),
        "sla_status_failed": states.count("Failed"),
        "sla_status_fulfilled": states.count("Fulfilled"),
        "sla_status_ongoing": sum(state in ONGOING for state in states),
        **{field: mean([ticket[field] for ticket in tickets]) for field, _label in TIMES},
    }


def columns(wanted: dict[str, Any], statuses: list[Any]) -> list[dict[str, Any]]:
    """Return the columns."""
    counts = [(frappe.scrub(status.name), status.name) for status in statuses]
    counts += [
        ("total_tickets", "Total Tickets"),
        ("sla_status_failed", "SLA Failed"),
        ("sla_status_fulfilled", "SLA Fulfilled"),
        ("sla_status_ongoing", "SLA Ongoing"),
    ]
    first = {"fieldname": "group", "label": group_label(wanted.get("based_on")), "fieldtype": "Data", "width": 200}
    numbers = [{"fieldname": name, "label": _(label), "fieldtype": "Int", "width": 130} for name, label in counts]
    times = [{"fieldname": name, "label": _(label), "fieldtype": "Duration", "width": 180} for name, label in TIMES]
    return [first, *numbers, *times]


def chart(rows: list[dict[str, Any]], statuses: list[Any]) -> dict[str, Any]:
    """Return stacked bars, one for each of the first groups."""
    shown = rows[:MOST_GROUPS]
    datasets = [
        {"name": _(status.name), "values": [row[frappe.scrub(status.name)] for row in shown]} for status in statuses
    ]
    return {
        "data": {"labels": [row["group"] for row in shown], "datasets": datasets},
        "type": "bar",
        "barOptions": {"stacked": True},
        "colors": [(status.color or "Gray").lower() for status in statuses],
    }


def totals(rows: list[dict[str, Any]], statuses: list[Any]) -> list[dict[str, Any]]:
    """Return the number of tickets per status."""
    return [
        {
            "label": _(status.name),
            "value": sum(row[frappe.scrub(status.name)] for row in rows),
            "indicator": COLORS.get(status.category, "Gray"),
            "datatype": "Int",
        }
        for status in statuses
    ]
