"""The way from one ticket to the next, in the order of the list the agent came from."""

import json
from typing import Any

import frappe
from frappe.utils import getdate

from helpdesk.lists.tokens import PSEUDO, resolve_tokens
from helpdesk.tickets import archiving

MOST = 40


def neighbours(ticket: str | int, view: str | None, user: str) -> list[str | int]:
    """Return the ticket's id followed by at most 40 others of the view, or of the user's default view."""
    filters, order = _of_view(view or _default_view(user), user)
    others = frappe.get_list(
        "HD Ticket",
        filters=archiving.without_archived("HD Ticket", [*filters, ["name", "!=", ticket]]),
        pluck="name",
        order_by=order,
        limit=MOST,
    )
    return [ticket, *others]


def _default_view(user: str) -> str | None:
    return frappe.db.get_value(
        "HD View", {"user": user, "dt": "HD Ticket", "is_default": 1}, "name", order_by="name asc"
    )


def _of_view(name: str | None, user: str) -> tuple[list[Any], str]:
    row = frappe.db.get_value("HD View", name, ["filters", "order_by"], as_dict=True) if name else None
    if not row:
        return [], "modified desc"
    stored = json.loads(row.filters or "[]")
    filters = [each for each in resolve_tokens(stored, user, getdate()) if each[-3] not in PSEUDO]
    return filters, row.order_by or "modified desc"
