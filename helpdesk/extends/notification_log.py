"""Notifications of the framework about tickets lead to our desk, and keep to the hours of their reader."""

from typing import Any

from frappe.desk.doctype.notification_settings.notification_settings import is_email_notifications_enabled_for_type

from helpdesk.conversation.rendering import text_of
from helpdesk.notifications import held, kinds

UNMAILED = "Alert"
"""A type of notification that the framework never mails."""


def before_insert(log: Any, event: str | None = None) -> None:
    """Let the link of an assignment open the ticket in the help desk; its mail may wait for a better hour."""
    if log.type != "Assignment" or log.document_type != "HD Ticket":
        return
    log.link = f"/helpdesk/tickets/{log.document_name}"
    is_mailed = is_email_notifications_enabled_for_type(log.for_user, log.type)
    if is_mailed and held.hold_back(log.for_user, kinds.ASSIGNMENT, log.document_name, text_of(log.subject), ""):
        log.type = UNMAILED
