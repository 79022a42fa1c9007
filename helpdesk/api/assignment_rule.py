"""Assignment rules, for the settings page."""

from typing import Any

import frappe

from helpdesk.access import access_ticket, managers_only, require_permission
from helpdesk.assignment import trial
from helpdesk.assignment.trial import Trial


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


@frappe.whitelist(methods=["GET"])
@managers_only
def try_rules(ticket: str | int) -> Trial:
    """Return which rule would claim a ticket that nobody works on, and whom it would choose. Nothing is changed."""
    return trial.of(access_ticket(ticket))
