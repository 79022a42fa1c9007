"""Changing the permission rules of DocTypes from the desk or from an app; for System Managers."""

from typing import Any

import frappe
from frappe import _
from frappe.permissions import (
    AUTOMATIC_ROLES,
    add_permission,
    get_all_perms,
    reset_perms,
    rights,
    setup_custom_perms,
    update_permission_property,
    validate_permissions_for_doctype,
)
from frappe.utils import cint

NOT_MANAGED = ("DocType", "Patch Log", "Module Def", "Transaction Log", "Custom DocPerm", "DocPerm")
"""DocTypes whose rules keep the site together."""


@frappe.whitelist()
def get_roles_and_doctypes() -> dict[str, list[dict[str, str]]]:
    """Return `{doctypes, roles}`, each `[{label, value}]` in alphabetical order."""
    frappe.only_for("System Manager")
    doctypes = frappe.get_all("DocType", filters={"istable": 0, "name": ("not in", NOT_MANAGED)}, pluck="name")
    roles = frappe.get_all("Role", filters={"name": ("!=", "Administrator"), "disabled": 0}, pluck="name")
    return {"doctypes": _choices(doctypes), "roles": _choices(roles)}


@frappe.whitelist()
def get_permissions(doctype: str | None = None, role: str | None = None) -> list[dict[str, Any]]:
    """Return the rules of a DocType, of a role, or of a role on a DocType."""
    frappe.only_for("System Manager")
    if role:
        rows = [row for row in get_all_perms(role) if not doctype or row.parent == doctype]
    elif doctype:
        rows = [rule.as_dict() for rule in frappe.get_meta(doctype).permissions]
    else:
        frappe.throw(_("Name a DocType or a role."))
    return [{**row, "linked_doctypes": [], "is_submittable": _is_submittable(row)} for row in rows]


@frappe.whitelist(methods=["POST"])
def add(parent: str, role: str, permlevel: int) -> None:
    """Give a role a rule on a level of a DocType."""
    frappe.only_for("System Manager")
    _check(parent, role)
    add_permission(parent, role, cint(permlevel))


@frappe.whitelist(methods=["POST"])
def update(
    doctype: str, role: str, permlevel: int, ptype: str, value: int | str | None = None, if_owner: int = 0
) -> str | None:
    """Set one right of a rule; "refresh" when the DocType's own rules were copied for that."""
    frappe.only_for("System Manager")
    copied = update_permission_property(doctype, role, cint(permlevel), ptype, value, if_owner=cint(if_owner))
    return "refresh" if copied else None


@frappe.whitelist(methods=["POST"])
def remove(doctype: str, role: str, permlevel: int, if_owner: int = 0) -> None:
    """Delete a rule; the last rule of a DocType stays."""
    frappe.only_for("System Manager")
    setup_custom_perms(doctype)
    frappe.db.delete(
        "Custom DocPerm",
        {"parent": doctype, "role": role, "permlevel": cint(permlevel), "if_owner": cint(if_owner)},
    )
    if not frappe.db.exists("Custom DocPerm", {"parent": doctype}):
        frappe.throw(_("A DocType needs at least one permission rule."), title=_("The last rule cannot be deleted"))
    frappe.clear_cache(doctype=doctype)
    validate_permissions_for_doctype(doctype, for_remove=True, alert=True)


@frappe.whitelist(methods=["POST"])
def reset(doctype: str) -> None:
    """Let the rules that come with the DocType count again."""
    frappe.only_for("System Manager")
    reset_perms(doctype)
    frappe.clear_cache(doctype=doctype)


@frappe.whitelist()
def get_users_with_role(role: str) -> list[str]:
    """Return the enabled users who hold a role."""
    from frappe.core.doctype.role.role import get_users

    frappe.only_for("System Manager")
    return get_users(role)


@frappe.whitelist()
def get_standard_permissions(doctype: str) -> list[dict[str, Any]]:
    """Return the rules that come with the DocType, whether or not the site has its own."""
    frappe.only_for("System Manager")
    rows: list[dict[str, Any]] = frappe.get_all(
        "DocPerm", filters={"parent": doctype}, fields=["role", "permlevel", "if_owner", *rights], order_by="idx asc"
    )
    return rows


def _choices(names: list[str]) -> list[dict[str, str]]:
    return sorted(({"label": _(name), "value": name} for name in names), key=lambda row: row["label"])


def _is_submittable(row: dict[str, Any]) -> int:
    return cint(frappe.get_meta(row["parent"]).is_submittable) if row.get("parent") else 0


def _check(doctype: str, role: str) -> None:
    if doctype in NOT_MANAGED:
        frappe.throw(_("The permissions of {0} cannot be changed.").format(_(doctype)), frappe.PermissionError)
    if role == "Administrator" or (role not in AUTOMATIC_ROLES and not frappe.db.exists("Role", role)):
        frappe.throw(_("{0} is no role that can be given permissions.").format(frappe.utils.escape_html(role)))


__all__ = ["add", "get_permissions", "get_users_with_role", "remove", "reset", "update"]
