"""Who has an HD Agent record. Asked on nearly every request, so it is kept in the cache."""

import frappe

from helpdesk.caching import forget

KEY = "helpdesk:agent_records"


def agent_records() -> frozenset[str]:
    """Return the users who have an HD Agent record."""
    return frappe.cache.get_value(KEY, lambda: frozenset(frappe.get_all("HD Agent", pluck="name")))


def changed() -> None:
    """Read the records anew next time."""
    forget(KEY)
