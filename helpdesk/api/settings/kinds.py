"""Types, categories and labels, for the settings page."""

import frappe

from helpdesk.access import managers_only
from helpdesk.tickets import kinds


@frappe.whitelist(methods=["GET"])
@managers_only
def get_usage(doctype: str) -> dict[str, int]:
    """Return `{name: number of tickets}` for the types, categories or labels that tickets have."""
    kinds.require_kind(doctype)
    return kinds.usage(doctype)


@frappe.whitelist()
@managers_only
def merge(doctype: str, source: str, target: str) -> int:
    """Move the tickets of a type, category or label to another and delete it; return how many tickets that are."""
    kinds.require_kind(doctype)
    return kinds.merge(doctype, source, target)
