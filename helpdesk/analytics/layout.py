"""How an agent's home page is arranged, kept per user."""

import json
from typing import Any

import frappe

LAYOUT, PAGE = "HD Field Layout", "Landing Page"


def _card(name: str, x: int, y: int, width: int, height: int, least: tuple[int, int], most: int) -> dict[str, Any]:
    return {
        "chart": name,
        "layout": {
            "i": name,
            "x": x,
            "y": y,
            "w": width,
            "h": height,
            "minW": least[0],
            "minH": least[1],
            "maxH": most,
        },
    }


DEFAULT = [
    _card("agent_tickets", 0, 0, 16, 10, (16, 10), 11),
    _card("avg_first_response_time", 16, 0, 17, 10, (16, 10), 11),
    _card("avg_resolution_time", 33, 0, 17, 10, (16, 10), 11),
    _card("pending_tickets", 0, 10, 50, 32, (25, 32), 32),
    _card("recent_activity", 0, 42, 17, 29, (12, 20), 44),
    _card("avg_time_metrics", 17, 42, 33, 29, (18, 24), 44),
    _card("recent_feedback", 0, 71, 50, 21, (50, 21), 21),
]


def of_user(user: str, *, reset: bool) -> tuple[str, list[dict[str, Any]]]:
    """Return the id and cards of a user's layout; it is created, or put back to the default if asked."""
    filters = {"user": user, "type": PAGE, "apply_to_system": 0}
    name = frappe.db.get_value(LAYOUT, filters, "name", order_by="creation asc")
    if name is None:
        record = {"doctype": LAYOUT, "user": user, "type": PAGE, "layout": json.dumps(DEFAULT)}
        name = frappe.get_doc(record).insert(ignore_permissions=True).name  # everybody may arrange their own page
    elif reset:
        frappe.db.set_value(LAYOUT, name, "layout", json.dumps(DEFAULT))
    return name, json.loads(frappe.db.get_value(LAYOUT, name, "layout") or "[]")
