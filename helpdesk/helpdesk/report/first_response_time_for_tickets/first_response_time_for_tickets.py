"""Average time to the first response, per day of creation."""

from typing import Any

from frappe import _
from frappe.query_builder.functions import Avg

from helpdesk.access import staff_only
from helpdesk.analytics import queries
from helpdesk.analytics.queries import Ticket, within
from helpdesk.analytics.reports import Result, line_chart, window_of


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return the days from `from_date` to `to_date` on which tickets were answered, newest first."""
    window = window_of(filters or {})
    answered = Ticket.first_response_time > 0
    days = queries.per_day(Avg(Ticket.first_response_time), Ticket.creation, within(Ticket.creation, window), answered)
    columns = [
        {"fieldname": "creation_date", "label": _("Date"), "fieldtype": "Date", "width": 300},
        {"fieldname": "first_response_time", "label": _("First Response Time"), "fieldtype": "Duration", "width": 300},
    ]
    rows = [{"creation_date": day, "first_response_time": days[day]} for day in sorted(days, reverse=True)]
    labels = sorted(days)
    return columns, rows, None, line_chart(labels, _("First Response Time"), [days[day] for day in labels])
