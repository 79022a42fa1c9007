"""The cards of an agent's home page. Everything here is about the caller."""

import json
from collections.abc import Callable
from typing import Any

import frappe
from frappe.utils import getdate, now_datetime

from helpdesk.access import agents_only
from helpdesk.analytics import cards, layout, queries


@frappe.whitelist()
@agents_only
def get_dashboard(reset_layout: bool = False) -> dict[str, Any]:
    """Return the caller's cards with their data, the default arrangement, and the id of the stored one."""
    name, arranged = layout.of_user(frappe.session.user, reset=reset_layout)
    cards_by_name: dict[str, Callable[[], Any]] = {
        "agent_tickets": get_agent_tickets,
        "avg_first_response_time": get_avg_first_response_time,
        "avg_resolution_time": get_avg_resolution_time,
        "pending_tickets": get_pending_tickets,
        "recent_activity": get_recent_activity,
        "avg_time_metrics": get_avg_time_metrics,
        "recent_feedback": get_recent_feedback,
    }
    for card in arranged:
        read = cards_by_name.get(str(card.get("chart")))
        card["data"] = read() if read else None
    return {"layout": arranged, "default_layout": json.dumps(layout.DEFAULT), "dashboard_id": name}


@frappe.whitelist()
@agents_only
def get_agent_tickets(period: str = "last month") -> dict[str, Any]:
    """Return how many of the caller's tickets were created each day."""
    return cards.agent_tickets(frappe.session.user, period, getdate())


@frappe.whitelist()
@agents_only
def get_avg_first_response_time(period: str = "last month") -> dict[str, Any]:
    """Return the average time to the first response on the caller's tickets."""
    return cards.average_first_response(period, getdate(), queries.assigned_to(frappe.session.user))


@frappe.whitelist()
@agents_only
def get_avg_resolution_time(period: str = "last month") -> dict[str, Any]:
    """Return the average time to the resolution of the caller's tickets."""
    return cards.average_resolution(period, getdate(), queries.assigned_to(frappe.session.user))


@frappe.whitelist()
@agents_only
def get_recent_feedback(
    period: str = "all_time",
    sort_order: str = "positive_first",
    from_date: str | None = None,
    to_date: str | None = None,
) -> dict[str, Any]:
    """Return how the caller's tickets were rated."""
    return cards.feedback(frappe.session.user, period, sort_order, from_date, to_date)


@frappe.whitelist()
@agents_only
def get_avg_time_metrics(
    period: str = "6m", from_date: str | None = None, to_date: str | None = None
) -> dict[str, Any]:
    """Return monthly averages of both times on the caller's tickets."""
    return cards.time_metrics(frappe.session.user, cards.metric_window(period, from_date, to_date, getdate()))


@frappe.whitelist()
@agents_only
def get_pending_tickets(ticket_type: str = "upcoming_sla") -> dict[str, Any]:
    """Return what waits for the caller."""
    return cards.pending(frappe.session.user, ticket_type, now_datetime())


@frappe.whitelist()
@agents_only
def get_recent_activity() -> list[dict[str, Any]]:
    """Return what the caller did lately, one line per ticket."""
    return cards.recent_activity(frappe.session.user)
