"""HD Notification: something an agent should know, inside the desk."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from helpdesk.notifications import held, inapp


class HDNotification(Document):
    """Something an agent should know, inside the desk."""

    if TYPE_CHECKING:
        name: str
        read: int
        user_from: str
        user_to: str
        notification_type: str
        reference_ticket: int | str | None
        reference_comment: str | None
        message: str | None

    def after_insert(self) -> None:
        frappe.publish_realtime("helpdesk:notification", {}, user=self.user_to, after_commit=True)


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Tell whether a notification is the user's own: one they got, or one they are about to send."""
    may = inapp.may_send if ptype == "create" else inapp.may_see
    return may(doc, user or frappe.session.user)


def permission_query(user: str | None = None) -> str:
    """Return the SQL condition for the user's own notifications."""
    return inapp.list_condition(user or frappe.session.user)


def send_held_mails() -> None:
    """Mail what has waited for the end of quiet hours, or for a digest. Runs every few minutes."""
    held.send_due(now_datetime())
