"""Builders for the runtime's own tests: small DocTypes and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import frappe


def make_doctype(name: str, fields: Sequence[Any] | None = None, **values: Any) -> Any:
    """Insert a custom DocType; by default it has one field, `title`, and System Managers may do everything."""
    rule = {"role": "System Manager", "read": 1, "write": 1, "create": 1, "delete": 1, "share": 1}
    doc = frappe.get_doc(
        {
            "doctype": "DocType",
            "name": name,
            "module": "Core",
            "custom": 1,
            "fields": list(fields)
            if fields is not None
            else [{"fieldname": "title", "fieldtype": "Data", "label": "Title"}],
            "permissions": [] if values.get("istable") else [rule],
            **values,
        }
    )
    return doc.insert()


def make_user(email: str, *roles: str, user_type: str = "System User") -> str:
    """Insert a user without the mails and contacts that come with a real one; return the name."""
    user = frappe.get_doc(
        {
            "doctype": "User",
            "name": email,
            "email": email,
            "first_name": email.split("@")[0].title(),
            "enabled": 1,
            "user_type": user_type,
        }
    )
    user.db_insert()
    for role in roles:
        make_role(role)
        row = {"doctype": "Has Role", "role": role, "parent": email, "parenttype": "User", "parentfield": "roles"}
        frappe.get_doc(row).db_insert()
    frappe.clear_cache(user=email)
    return email


def make_role(role: str) -> None:
    if not frappe.db.exists("Role", role):
        frappe.get_doc({"doctype": "Role", "name": role, "role_name": role, "desk_access": 1}).db_insert()
        frappe.clear_document_cache("Role", role)
