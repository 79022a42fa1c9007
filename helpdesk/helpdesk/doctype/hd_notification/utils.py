"""In-app notifications for clients."""

import frappe

from helpdesk.notifications import inapp


@frappe.whitelist()
def clear(ticket: str | int | None = None, comment: str | None = None) -> None:
    """Mark the caller's own unread notifications as read, all or those of a ticket or comment."""
    inapp.clear(frappe.session.user, ticket, comment)
