"""The people who use the help desk."""

from typing import Any

import frappe
from frappe.query_builder import DocType

from helpdesk.access import ADMINISTRATOR, agents_only


@frappe.whitelist()
@agents_only
def get_users() -> list[dict[str, Any]]:
    """Return all enabled users by full name, each with the highest of the roles Manager, Agent and Guest."""
    rows = frappe.get_all(
        "User",
        filters={"enabled": 1},
        fields=["name", "email", "enabled", "user_image", "full_name", "user_type"],
        order_by="full_name asc",
    )
    roles = _roles()
    for row in rows:
        own = roles.get(row.name, set())
        row.role = (
            "Manager" if "Agent Manager" in own or row.name == ADMINISTRATOR else "Agent" if "Agent" in own else "Guest"
        )
        if row.name == frappe.session.user:
            row.session_user = True
    return rows


def _roles() -> dict[str, set[str]]:
    table = DocType("Has Role")
    found: dict[str, set[str]] = {}
    query = (
        frappe.qb.from_(table)
        .select(table.parent, table.role)
        .where((table.parenttype == "User") & table.role.isin(["Agent", "Agent Manager"]))
    )
    for user, role in query.run():
        found.setdefault(user, set()).add(role)
    return found
