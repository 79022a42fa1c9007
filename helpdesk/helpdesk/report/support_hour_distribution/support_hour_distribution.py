"""At which hours tickets are created, per day."""

from collections import Counter
from typing import Any

import frappe
from frappe import _

from helpdesk.access import staff_only
from helpdesk.analytics.queries import Ticket, within
from helpdesk.analytics.reports import Result, line_chart, window_of

HOURS = 3
SLOTS = range(0, 24, HOURS)


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return the number of tickets in each of eight slots of three hours, for every day of the range."""
    window = window_of(filters or {})
    moments = frappe.qb.from_(Ticket).select(Ticket.creation).where(within(Ticket.creation, window)).run(pluck=True)
    found = Counter((moment.date(), moment.hour // HOURS * HOURS) for moment in moments)
    columns = [{"fieldname": "date", "label": _("Date"), "fieldtype": "Date", "width": 120}]
    columns += [
        {"fieldname": f"from_{start}", "label": f"{start:02}:00 - {start + HOURS:02}:00", "fieldtype": "Int"}
        for start in SLOTS
    ]
    rows: list[dict[str, Any]] = [
        {"date": day, **{f"from_{start}": found[day, start] for start in SLOTS}} for day in window.dates()
    ]
    labels = [column["label"] for column in columns[1:]]
    totals = [sum(row[f"from_{start}"] for row in rows) for start in SLOTS]
    return columns, rows, None, line_chart(labels, _("Tickets"), totals)
