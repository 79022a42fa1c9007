"""How many tickets there were per period, by who or what they are about."""

from collections import Counter
from typing import Any

from frappe import _

from helpdesk.access import staff_only
from helpdesk.analytics.reports import (
    Result,
    group_label,
    groups_of,
    line_chart,
    period_of,
    periods_of,
    tickets_for,
    window_of,
)


@staff_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return a row per group (`based_on`) with a column per period (`range`) and a total."""
    wanted = filters or {}
    window, length = window_of(wanted), wanted.get("range") or "Monthly"
    found: Counter[tuple[str, str]] = Counter()
    for row in tickets_for(wanted, window):
        for group in groups_of(row, wanted.get("based_on")):
            found[group, period_of(row.opening_date, length)] += 1
    periods = periods_of(window, length)
    columns = [{"fieldname": "group", "label": group_label(wanted.get("based_on")), "fieldtype": "Data", "width": 200}]
    columns += [{"fieldname": name, "label": name, "fieldtype": "Int", "width": 120} for name in periods]
    columns.append({"fieldname": "total", "label": _("Total"), "fieldtype": "Int", "width": 120})
    rows: list[dict[str, Any]] = []
    for group in sorted({group for group, _period in found}):
        counts = {name: found[group, name] for name in periods}
        rows.append({"group": group, **counts, "total": sum(counts.values())})
    totals = [sum(row[name] for row in rows) for name in periods]
    return columns, rows, None, line_chart(periods, _("Tickets"), totals)
