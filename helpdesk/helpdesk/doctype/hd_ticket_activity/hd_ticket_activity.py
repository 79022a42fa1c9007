"""HD Ticket Activity: one line of the history of a ticket."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document

from helpdesk.tickets import activity


class HDTicketActivity(Document):
    """One line of the history of a ticket."""

    if TYPE_CHECKING:
        ticket: int | str
        action: str


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether `user` may do this with a line of history."""
    return activity.may(doc, ptype, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the lines that `user` may list."""
    return activity.list_condition(user or frappe.session.user)
