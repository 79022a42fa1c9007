"""Controller of the DocType Event: an appointment, private or public, with the documents that take part in it."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_datetime


class Event(Document):
    """An appointment. It ends after it begins, and a document takes part once."""

    if TYPE_CHECKING:
        subject: str
        event_type: str
        starts_on: Any
        ends_on: Any
        repeat_this_event: int
        sender: str | None

    def validate(self) -> None:
        if self.ends_on and get_datetime(self.ends_on) < get_datetime(self.starts_on):
            frappe.throw(_("An event cannot end before it begins."))
        if self.is_new() and not self.sender:
            self.sender = frappe.db.get_value("User", frappe.session.user, "email")
        if not cint(self.repeat_this_event):
            self.update({"repeat_on": None, "repeat_till": None})

    def add_participant(self, doctype: str, docname: str) -> None:
        """Let a document take part, unless it does already; the caller saves."""
        known = {(row.reference_doctype, row.reference_docname) for row in self.get("event_participants")}
        if (doctype, docname) not in known:
            self.append("event_participants", {"reference_doctype": doctype, "reference_docname": docname})

    def add_participants(self, participants: list[dict[str, str]]) -> None:
        """Let documents take part, given as `{doctype, docname}`; the caller saves."""
        for participant in participants:
            self.add_participant(participant["doctype"], participant["docname"])


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Restrict lists to events that are public or the user's own."""
    user = user or frappe.session.user
    if user == "Administrator":
        return None
    return f"(`tabEvent`.event_type = 'Public' or `tabEvent`.owner = {frappe.db.escape(user)})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does, for one event."""
    user = user or frappe.session.user
    return user == "Administrator" or ptype == "create" or doc.event_type == "Public" or doc.owner == user
