"""Controller of the DocType Notification Settings: what a user wants to be told, and how.

A user without a record wants everything.
"""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import cint

DOCTYPE = "Notification Settings"


class NotificationSettings(Document):
    """The record of one user; it is named after the user."""

    def on_update(self) -> None:
        frappe.clear_document_cache(DOCTYPE, self.name)


def is_notifications_enabled(user: str) -> bool:
    """True unless the user switched notifications off."""
    return _switch(user, "enabled")


def is_email_notifications_enabled(user: str) -> bool:
    """True unless the user switched notifications by e-mail off."""
    return _switch(user, "enable_email_notifications")


def is_email_notifications_enabled_for_type(user: str, notification_type: str) -> bool:
    """True if a notification of this type is also mailed; alerts never are."""
    if notification_type in ("Alert", "", None) or not (
        is_notifications_enabled(user) and is_email_notifications_enabled(user)
    ):
        return False
    return _switch(user, f"enable_email_{frappe.scrub(notification_type)}")


def create_notification_settings(user: str) -> None:
    """Make the record of a user who has none."""
    if not frappe.db.exists(DOCTYPE, user):
        settings = frappe.new_doc(DOCTYPE)
        settings.name = user
        settings.user = user
        settings.flags.ignore_links = True
        settings.insert(ignore_permissions=True)


def toggle_notifications(user: str, enable: bool = False, ignore_permissions: bool = False) -> None:
    """Switch the notifications of a user on or off."""
    if not frappe.db.exists(DOCTYPE, user):
        return
    settings = frappe.get_doc(DOCTYPE, user)
    if cint(settings.enabled) != cint(enable):
        settings.enabled = cint(enable)
        settings.save(ignore_permissions=ignore_permissions)


@frappe.whitelist()
def get_subscribed_documents() -> list[str]:
    """Return the DocTypes the session user subscribed to."""
    if not frappe.db.exists(DOCTYPE, frappe.session.user):
        return []
    return [row.document for row in frappe.get_cached_doc(DOCTYPE, frappe.session.user).subscribed_documents]


@frappe.whitelist()
def set_seen_value(value: int | str, user: str) -> None:
    """Remember whether the session user has looked at the newest notifications."""
    if user != frappe.session.user:
        frappe.only_for("System Manager")
    frappe.db.set_value(DOCTYPE, user, "seen", cint(value), update_modified=False)


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Show everybody the own record, administrators all of them."""
    user = user or frappe.session.user
    if _administers(user):
        return None
    return f"(`tabNotification Settings`.name = {frappe.db.escape(user)})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does, for one record."""
    user = user or frappe.session.user
    return _administers(user) or doc.name == user or doc.user == user


def _administers(user: str) -> bool:
    return user == "Administrator" or "System Manager" in frappe.get_roles(user)


def _switch(user: str, field: str) -> bool:
    value = frappe.get_cached_value(DOCTYPE, user, field)
    return value is None or bool(cint(value))
