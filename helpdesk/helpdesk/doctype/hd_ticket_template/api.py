"""Ticket forms for clients."""

from typing import Any

import frappe

from helpdesk.access import require_permission
from helpdesk.tickets import forms


@frappe.whitelist()
def get_one(name: str) -> dict[str, Any]:
    """Return a ticket form; one that does not exist has no fields."""
    require_permission(forms.TEMPLATE, "select", "read")
    return forms.describe(name, frappe.session.user)
