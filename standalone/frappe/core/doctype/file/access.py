"""Who may do what with a File record. Both hooks of the DocType ask here.

A file that is attached is as visible as the document it is attached to; a public one is visible to everybody who may
see files at all; anything else belongs to its owner alone.
"""

from __future__ import annotations

from typing import Any

import frappe

ADMINISTRATOR, GUEST = "Administrator", "Guest"
_CHANGING = ("write", "create", "delete", "share")


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
    """Answer for one record; called after the roles have allowed the DocType."""
    user = user or frappe.session.user
    ptype = ptype or "read"
    if user == ADMINISTRATOR:
        return True
    if not doc.is_private and ptype in ("read", "select"):
        return True
    if user != GUEST and doc.owner == user and not _belongs_to_document(doc):
        return True
    if _belongs_to_document(doc):
        return _may_on_target(doc, "write" if ptype in _CHANGING else "read", user)
    return user != GUEST and (doc.owner == user or (ptype == "create" and doc.is_new()))


def _belongs_to_document(doc: Any) -> bool:
    return bool(doc.attached_to_doctype and doc.attached_to_name)


def _may_on_target(doc: Any, right: str, user: str) -> bool:
    if doc.owner == user and user != GUEST and right == "read":
        return True
    if doc.attached_to_doctype == "File":
        return False  # two files that are attached to each other open nothing
    try:
        target = frappe.get_doc(doc.attached_to_doctype, doc.attached_to_name)
    except (frappe.DoesNotExistError, ImportError):
        frappe.clear_last_message()
        return False
    return bool(target.has_permission(right, user=user))


def get_permission_query_conditions(user: str | None = None) -> str:
    """Limit lists to what `has_permission` would let be read.

    People without access to the desk see their own files only.
    """
    user = user or frappe.session.user
    if user == ADMINISTRATOR:
        return ""
    own = f"`tabFile`.`owner` = {frappe.db.escape(user)}"
    if user == GUEST:
        return "`tabFile`.`is_private` = 0"
    if "Desk User" not in frappe.get_roles(user):
        return own
    return f"({' or '.join(['`tabFile`.`is_private` = 0', own, *_attached_to_readable(user)])})"


def _attached_to_readable(user: str) -> list[str]:
    """Return, for every DocType that has files, the condition that the document is one the user may read."""
    from frappe.permissions import build_match_conditions

    conditions = []
    doctypes = frappe.db.sql_list(
        "select distinct `attached_to_doctype` from `tabFile` where `attached_to_doctype` != ''"
    )
    for doctype in doctypes:
        if (
            doctype == "File"
            or not frappe.db.exists("DocType", doctype)
            or not frappe.has_permission(doctype, user=user)
        ):
            continue
        attached = f"`tabFile`.`attached_to_doctype` = {frappe.db.escape(doctype)}"
        meta = frappe.get_meta(doctype)
        readable = "" if meta.issingle or meta.istable else build_match_conditions(doctype, user)
        if readable:
            table = frappe.utils.get_table_name(doctype, wrap_in_backticks=True)
            attached += f" and `tabFile`.`attached_to_name` in (select {table}.`name` from {table} where {readable})"
        conditions.append(f"({attached})")
    return conditions
