"""Notifications inside the desk, one HD Notification each."""

from typing import Any

import frappe

from helpdesk.access import is_agent
from helpdesk.compat import literal
from helpdesk.notifications import mutes, preferences

NOTIFICATION = "HD Notification"


def notify(
    user: str, kind: str, *, ticket: str | int | None = None, comment: str | None = None, message: str | None = None
) -> None:
    """Tell `user` something in the name of whoever is acting, unless they do not want to hear of it here."""
    if not preferences.channels(user, kind).in_app or (ticket and mutes.silences(user, kind, ticket)):
        return
    frappe.get_doc(
        {
            "doctype": NOTIFICATION,
            "user_from": frappe.session.user,
            "user_to": user,
            "notification_type": kind,
            "reference_ticket": ticket,
            "reference_comment": comment,
            "message": message,
        }
    ).insert(ignore_permissions=True)


def clear(user: str, ticket: str | int | None = None, comment: str | None = None) -> None:
    """Mark a user's unread notifications as read, all or those of a ticket or comment. `modified` stays."""
    filters: dict[str, Any] = {"user_to": user, "read": 0}
    if ticket:
        filters["reference_ticket"] = ticket
    if comment:
        filters["reference_comment"] = comment
    unread = frappe.get_all(NOTIFICATION, filters=filters, pluck="name")
    if unread:
        frappe.db.set_value(NOTIFICATION, {"name": ["in", unread]}, "read", 1, update_modified=False)


def may_see(notification: Any, user: str) -> bool:
    """Tell whether a notification is addressed to the user."""
    return user == "Administrator" or notification.user_to == user


def may_send(notification: Any, user: str) -> bool:
    """Tell whether a notification goes out in the user's own name, and the user is an agent."""
    return user == "Administrator" or (notification.user_from == user and is_agent(user))


def list_condition(user: str) -> str:
    """Return the SQL for the user's own notifications."""
    return "" if user == "Administrator" else f"`tabHD Notification`.`user_to` = {literal(user)}"
