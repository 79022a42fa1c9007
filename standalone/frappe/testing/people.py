"""The cast of tests: small valid users, and a DocType of their own to work on."""

from __future__ import annotations

from typing import Any

import frappe

ANNA, ARNE, MONA = "anna@example.com", "arne@example.com", "mona@example.com"
CLEO, XENIA = "cleo@example.com", "xenia@example.com"
CLERK = "Errand Clerk"
ERRAND = "Errand"


def make_user(email: str, *roles: str, **values: Any) -> Any:
    """Insert a user without a welcome mail."""
    user = frappe.new_doc("User", email=email, first_name=email.split("@")[0].title(), send_welcome_email=0)
    user.update(values)
    user.append_roles(*roles)
    return user.insert(ignore_permissions=True)


def make_role(name: str, desk_access: int = 1) -> str:
    """Insert a role unless it is there."""
    if not frappe.db.exists("Role", name):
        frappe.get_doc({"doctype": "Role", "role_name": name, "desk_access": desk_access}).insert()
    return name


def make_errands() -> None:
    """Make the DocType Errand, which holders of the role Errand Clerk read and write."""
    make_role(CLERK)
    full = dict.fromkeys(("read", "write", "create", "delete", "share", "report", "export", "import"), 1)
    frappe.get_doc(
        {
            "doctype": "DocType",
            "name": ERRAND,
            "module": "Core",
            "custom": 1,
            "track_changes": 1,
            "allow_import": 1,
            "title_field": "subject",
            "fields": [
                {"fieldname": "subject", "label": "Subject", "fieldtype": "Data", "in_list_view": 1},
                {"fieldname": "status", "label": "Status", "fieldtype": "Select", "options": "Open\nClosed"},
                {"fieldname": "due", "label": "Due", "fieldtype": "Date"},
                {"fieldname": "helper", "label": "Helper", "fieldtype": "Link", "options": "User"},
            ],
            "permissions": [{"role": CLERK, **full}, {"role": "System Manager", **full}],
        }
    ).insert()


def make_errand(subject: str = "Fetch the parcel", **values: Any) -> Any:
    """Insert one Errand."""
    return frappe.new_doc(ERRAND, **{"subject": subject, "status": "Open", **values}).insert(ignore_permissions=True)
