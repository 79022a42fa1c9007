"""Controller of the DocType Note: a text for oneself or for everybody at the desk."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint


class Note(Document):
    """A note; only a public one can be shown at login."""

    if TYPE_CHECKING:
        title: str
        public: int
        notify_on_login: int
        notify_on_every_login: int

    def validate(self) -> None:
        if not cint(self.public):
            self.notify_on_login = 0
        if not cint(self.notify_on_login):
            self.notify_on_every_login = 0

    def mark_seen_by(self, user: str) -> None:
        """Note that a user has seen this; the caller saves."""
        if user not in {row.user for row in self.get("seen_by")}:
            self.append("seen_by", {"user": user})


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Restrict lists to notes that are public or the user's own."""
    user = user or frappe.session.user
    if user == "Administrator":
        return None
    return f"(`tabNote`.public = 1 or `tabNote`.owner = {frappe.db.escape(user)})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Everybody with a role for notes reads public ones; changing and deleting is for the owner."""
    user = user or frappe.session.user
    if user == "Administrator" or ptype == "create" or doc.owner == user:
        return True
    return bool(cint(doc.public)) and ptype not in ("write", "delete", "share")


def on_doctype_update() -> None:
    """Index what the list asks for."""
    frappe.db.add_index("Note", ["public"])
