"""Who manages the help desk."""

import frappe
from frappe.query_builder import DocType


def all_managers() -> list[str]:
    """Return the enabled users with the role Agent Manager, by name."""
    user, role = DocType("User"), DocType("Has Role")
    return (
        frappe.qb.from_(user)
        .join(role)
        .on((role.parent == user.name) & (role.parenttype == "User"))
        .select(user.name)
        .where((role.role == "Agent Manager") & (user.enabled == 1))
        .orderby(user.name)
        .run(pluck=True)
    )
