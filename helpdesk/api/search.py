"""Search for agents."""

import json
from typing import Any

import frappe

from helpdesk.access import require_permission
from helpdesk.search import tickets

FILTERS = frozenset({*tickets.METADATA, "doctype"})


@frappe.whitelist()
def search(query: str, filters: str | None = None, limit: int = 20, title_only: bool = False) -> dict[str, Any]:
    """Return hits in tickets, comments and messages that the caller may read. Filters that are not JSON are ignored.

    Where nothing is found, words that are nearly right are put right: the summary has `corrected_words` and
    `corrected_query` then.
    """
    require_permission("HD Ticket", "read")
    return tickets.search(query, _parse(filters), max(limit, 1), title_only=title_only)


def _parse(filters: str | None) -> dict[str, list[Any]]:
    try:
        value = json.loads(filters) if filters else {}
    except ValueError:
        value = {}
    items = value.items() if isinstance(value, dict) else ()
    return {key: wanted if isinstance(wanted, list) else [wanted] for key, wanted in items if key in FILTERS}


@frappe.whitelist()
def get_filter_options() -> dict[str, dict[str, int]]:
    """Return the values to filter by, with the number of readable tickets that have them."""
    require_permission("HD Ticket", "read")
    return tickets.filter_options()
