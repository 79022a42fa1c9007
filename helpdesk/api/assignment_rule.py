"""Assignment rules, for the settings page."""

from typing import Any

import frappe

from helpdesk.access import require_permission


@frappe.whitelist()
def get_assignment_rules_list() -> list[dict[str, Any]]:
    """Return the rules for tickets, the latest change first, each with whether it has people."""
    require_permission("Assignment Rule", "read")
    rows = frappe.get_list(
        "Assignment Rule",
        filters={"document_type": "HD Ticket"},
        fields=["name", "description", "disabled", "priority"],
        order_by="modified desc",
    )
    names = [row.name for row in rows]
    filled = set(
        frappe.get_all("Assignment Rule User", filters={"parent": ["in", names]}, pluck="parent") if names else []
    )
    return [{**row, "users_exists": row.name in filled} for row in rows]
