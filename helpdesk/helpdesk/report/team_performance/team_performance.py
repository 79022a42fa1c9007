"""What each agent did with the tickets of a time, and how much lies on their desk now. For managers."""

from typing import Any

import frappe
from frappe import _

from helpdesk.access import managers_only
from helpdesk.analytics.reports import Result, mean, tickets_for, window_of
from helpdesk.tickets import statuses

STARS = 5
COLUMNS = (
    ("agent", "Agent", "Data"),
    ("tickets", "Tickets", "Int"),
    ("resolved", "Resolved", "Int"),
    ("open_now", "Open Now", "Int"),
    ("sla_fulfilled", "% SLA Fulfilled", "Percent"),
    ("first_response_time", "Average First Response Time", "Duration"),
    ("resolution_time", "Average Resolution Time", "Duration"),
    ("rating", "Average Rating", "Float"),
)


@managers_only
def execute(filters: dict[str, Any] | None = None) -> Result:
    """Return a row per agent who was assigned tickets of the window, or has open ones."""
    wanted = filters or {}
    done = by_agent(tickets_for(wanted, window_of(wanted)))
    load = by_agent(frappe.get_list("HD Ticket", filters={"status_category": statuses.OPEN}, fields=["_assign"]))
    names = dict(frappe.get_all("HD Agent", fields=["name", "agent_name"], as_list=True))
    rows = [row_of(names[agent], done.get(agent, []), len(load.get(agent, []))) for agent in names]
    rows = [row for row in rows if row["tickets"] or row["open_now"]]
    rows.sort(key=lambda row: (-row["resolved"], row["agent"]))
    columns = [{"fieldname": name, "label": _(label), "fieldtype": kind, "width": 160} for name, label, kind in COLUMNS]
    return columns, rows, None, chart(rows)


def by_agent(tickets: list[Any]) -> dict[str, list[Any]]:
    """Return the tickets of each assignee."""
    found: dict[str, list[Any]] = {}
    for ticket in tickets:
        for agent in frappe.parse_json(ticket.get("_assign") or "[]"):
            found.setdefault(agent, []).append(ticket)
    return found


def row_of(agent: str, tickets: list[Any], open_now: int) -> dict[str, Any]:
    """Return the figures of one agent. The share of kept promises is that of resolved tickets."""
    resolved = [each for each in tickets if statuses.category_of(each.status) == statuses.RESOLVED]
    kept = sum(each.agreement_status == "Fulfilled" for each in resolved)
    return {
        "agent": agent,
        "tickets": len(tickets),
        "resolved": len(resolved),
        "open_now": open_now,
        "sla_fulfilled": round(100 * kept / len(resolved), 1) if resolved else 0,
        "first_response_time": mean([each.first_response_time for each in tickets]),
        "resolution_time": mean([each.resolution_time for each in resolved]),
        "rating": round(STARS * mean([each.feedback_rating for each in tickets]), 1),
    }


def chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what was resolved, as bars."""
    values = [row["resolved"] for row in rows]
    labels = [row["agent"] for row in rows]
    return {"data": {"labels": labels, "datasets": [{"name": _("Resolved"), "values": values}]}, "type": "bar"}
