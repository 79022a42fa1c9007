"""Calls that the telephony app has linked to a ticket. Without that app there are none."""

import re
from typing import Any

import frappe

CALL = "TP Call Log"
FIELDS = [
    "name",
    "from",
    "to",
    "type",
    "status",
    "caller",
    "receiver",
    "duration",
    "start_time",
    "end_time",
    "creation",
    "recording_url",
    "telephony_medium",
]


def calls_of(ticket: str | int) -> list[Any]:
    """Return the calls of a ticket, oldest first; none without the telephony app or without permission."""
    if "telephony" not in frappe.get_installed_apps() or not frappe.has_permission(CALL, "read"):
        return []
    names = frappe.get_all(
        "Dynamic Link",
        filters={"parenttype": CALL, "link_doctype": "HD Ticket", "link_name": str(ticket)},
        pluck="parent",
    )
    if not names:
        return []
    rows = frappe.get_all(CALL, filters={"name": ["in", names]}, fields=FIELDS, order_by="creation asc")
    return [present(row) for row in rows]


def present(row: Any) -> Any:
    """Add to a call what the timeline shows."""
    incoming = row.type == "Incoming"
    row.activity_type = "incoming_call" if incoming else "outgoing_call"
    row._duration = spell(int(row.duration or 0))
    row.show_recording = False
    row._caller = _party(row["from"]) if incoming else _user(row.caller)
    row._receiver = _user(row.receiver) if incoming else _party(row["to"])
    return row


def spell(seconds: int) -> str:
    """Spell a duration as `1h 2m 3s`, leaving zero parts out; `0s` for nothing."""
    parts = ((seconds // 3600, "h"), (seconds % 3600 // 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"


def _user(user: str | None) -> dict[str, Any]:
    found = frappe.get_cached_value("User", user, ["full_name", "user_image"]) if user else None
    return {"label": found[0], "image": found[1]} if found else {"label": "Unknown", "image": None}


def _party(number: str | None) -> dict[str, Any]:
    digits = re.sub(r"[ \-()+]", "", number or "")
    if not digits:
        return {"label": "Unknown", "image": None}
    rows = frappe.get_all(
        "Contact", filters={"phone": ["like", f"%{digits}%"]}, fields=["full_name", "image"], order_by="name", limit=1
    )
    return {"label": rows[0].full_name, "image": rows[0].image} if rows else {"label": "Unknown", "image": None}
