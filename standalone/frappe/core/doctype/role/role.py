"""Controller of the DocType Role."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.user import roles
from frappe.model.document import Document
from frappe.utils import cint
from frappe.whitelist import validate_and_sanitize_search_inputs

STANDARD_ROLES = ("Administrator", "System Manager", "Script Manager", "All", "Guest", "Desk User")
"""Roles the runtime relies on: they keep their names and stay enabled."""


class Role(Document):
    """A name that permissions are given to."""

    if TYPE_CHECKING:
        disabled: int

    def before_rename(self, old: str, new: str, merge: bool = False) -> None:
        if old in STANDARD_ROLES:
            frappe.throw(_("The role {0} cannot be renamed.").format(frappe.bold(old)))

    def after_insert(self) -> None:
        frappe.cache.hdel("roles", "Administrator")

    def validate(self) -> None:
        if cint(self.disabled) and self.name in STANDARD_ROLES:
            frappe.throw(_("The role {0} cannot be disabled.").format(frappe.bold(self.name)))

    def on_update(self) -> None:
        frappe.clear_cache(user="Administrator")
        if self.is_new() or self.flags.in_insert:
            return
        if cint(self.disabled) and self.has_value_changed("disabled"):
            self.remove_roles()
        if self.has_value_changed("desk_access") or self.has_value_changed("disabled"):
            self._settle_users()

    def on_trash(self) -> None:
        if self.name in STANDARD_ROLES:
            frappe.throw(_("The role {0} cannot be deleted.").format(frappe.bold(self.name)))

    def after_delete(self) -> None:
        frappe.clear_cache(user="Administrator")

    def remove_roles(self) -> None:
        """Take the role away from everybody."""
        self.flags.former_users = self._users()
        frappe.db.delete("Has Role", {"role": self.name, "parenttype": "User"})

    def _users(self) -> list[str]:
        users: list[str] = frappe.get_all(
            "Has Role", filters={"role": self.name, "parenttype": "User"}, pluck="parent", distinct=True
        )
        return users

    def _settle_users(self) -> None:
        """Work out again whether the users of this role are users of the desk."""
        for name in self.flags.former_users or self._users():
            user = frappe.get_doc("User", name)
            before = user.user_type
            roles.settle(user)
            if user.user_type != before:
                frappe.db.set_value("User", name, "user_type", user.user_type, update_modified=False)
            frappe.clear_cache(user=name)


def get_users(role: str) -> list[str]:
    """Return the enabled users who hold a role."""
    holders = frappe.get_all("Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent", distinct=True)
    users: list[str] = frappe.get_all("User", filters={"name": ("in", holders), "enabled": 1}, pluck="name")
    return users


def get_info_based_on_role(role: str, field: str = "email", ignore_permissions: bool = False) -> list[Any]:
    """Return one field of every enabled user who holds a role."""
    if not ignore_permissions:
        frappe.has_permission("User", "read", throw=True)
    values: list[Any] = frappe.get_all("User", filters={"name": ("in", get_users(role))}, pluck=field)
    return [value for value in values if value]


@frappe.whitelist()
@validate_and_sanitize_search_inputs
def role_query(
    doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict[str, Any] | None = None
) -> list[list[Any]]:
    """Return `[[name]]` of the enabled roles that can be given to somebody and whose name contains `txt`."""
    from frappe.permissions import AUTOMATIC_ROLES

    rows: list[list[Any]] = frappe.get_list(
        "Role",
        filters=[["name", "like", f"%{txt}%"], ["name", "not in", list(AUTOMATIC_ROLES)], ["disabled", "=", 0]],
        limit_start=start,
        limit=page_len,
        as_list=True,
        order_by="name asc",
    )
    return [list(row) for row in rows]
