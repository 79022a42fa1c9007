"""Controller of the DocType Role Profile: a set of roles that users share."""

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document

BATCH = 10
"""How many users are brought up to date at once; more of them are done in the background."""


class RoleProfile(Document):
    """A set of roles. Users who have profiles hold exactly the roles of their profiles."""

    if TYPE_CHECKING:
        role_profile: str

    def autoname(self) -> None:
        self.name = self.role_profile

    def on_update(self) -> None:
        users = self.users()
        update = "frappe.core.doctype.role_profile.role_profile.update_users"
        now = bool(frappe.flags.in_test or frappe.flags.in_install or len(users) <= BATCH)
        if users:
            frappe.enqueue(update, users=users, now=now, enqueue_after_commit=not now)

    def users(self) -> list[str]:
        """Return the users who have this profile."""
        listed = frappe.get_all("User Role Profile", filters={"role_profile": self.name}, pluck="parent", distinct=True)
        single = frappe.get_all("User", filters={"role_profile_name": self.name}, pluck="name")
        return sorted({*listed, *single})


def update_users(users: list[str]) -> None:
    """Save users, so that they hold what their profiles hold now."""
    for name in users:
        frappe.get_doc("User", name).save(ignore_permissions=True)
