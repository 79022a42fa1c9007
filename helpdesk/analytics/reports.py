"""What the script reports have in common."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, flt, getdate

from helpdesk.analytics.windows import Window

Result = tuple[Any, ...]
"""Columns, rows, message, chart and, if there is one, a summary."""

GROUPS = {
    "Contact": "contact",
    "Ticket Type": "ticket_type",
    "Ticket Category": "category",
    "Ticket Priority": "priority",
    "Assigned To": "_assign",
}
DEFAULT_GROUP = "Ticket Type"
DAYS = 30
FIELDS = [
    "name",
    "subject",
    "opening_date",
    "status",
    "agreement_status",
    "contact",
    "ticket_type",
    "category",
    "priority",
    "_assign",
    "first_response_time",
    "avg_response_time",
    "total_hold_time",
    "resolution_time",
    "user_resolution_time",
    "feedback_rating",
]


def window_of(filters: dict[str, Any]) -> Window:
    """Return the days from `from_date` to `to_date`; without them the last 30 days."""
    end = getdate(filters.get("to_date"))
    start = getdate(filters["from_date"]) if filters.get("from_date") else add_days(end, -DAYS)
    if end < start:
        frappe.throw(_("The end date must not be before the start date."))
    return Window(start, end)


def tickets_for(filters: dict[str, Any], window: Window) -> list[Any]:
    """Return the readable tickets that were opened in the window and fit the filters."""
    conditions: list[Any] = [["opening_date", "between", [window.start, window.end]]]
    conditions += [[field, "=", filters[field]] for field in ("status", "priority", "contact") if filters.get(field)]
    found = frappe.get_list("HD Ticket", filters=conditions, fields=FIELDS, order_by="opening_date asc")
    assignee = filters.get("assigned_to")
    return [row for row in found if not assignee or assignee in frappe.parse_json(row._assign or "[]")]


def groups_of(ticket: Any, based_on: str | None) -> list[str]:
    """Return the groups a ticket belongs to; one per assignee when grouped by those."""
    field = GROUPS.get(based_on or DEFAULT_GROUP, GROUPS[DEFAULT_GROUP])
    value = ticket.get(field)
    values = frappe.parse_json(value or "[]") if field == "_assign" else [value]
    return [each or _("Not Specified") for each in values] or [_("Not Specified")]


def group_label(based_on: str | None) -> str:
    """Return the heading of the groups."""
    return _(based_on or DEFAULT_GROUP)


def period_of(day: date, length: str) -> str:
    """Return the name of the week, month, quarter or year of a day."""
    day = getdate(day)
    if length == "Weekly":
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    if length == "Quarterly":
        return f"{day.year}-Q{(day.month - 1) // 3 + 1}"
    return str(day.year) if length == "Yearly" else f"{day.year}-{day.month:02}"


def periods_of(window: Window, length: str) -> list[str]:
    """Return the names of all periods of a window."""
    return list(dict.fromkeys(period_of(day, length) for day in window.dates()))


def mean(values: list[Any]) -> float:
    """Return the average of the values that are there; 0 without any."""
    found = [flt(value) for value in values if value]
    return sum(found) / len(found) if found else 0


def line_chart(labels: list[Any], name: str, values: Sequence[float]) -> dict[str, Any]:
    """Return a line."""
    return {"data": {"labels": labels, "datasets": [{"name": name, "values": values}]}, "type": "line"}
