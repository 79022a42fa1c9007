"""Notifications of the framework about tickets lead to our desk, and keep to the hours of their reader."""

from typing import Any

from frappe import _
from frappe.desk.doctype.notification_settings.notification_settings import is_email_notifications_enabled_for_type
from frappe.utils import get_fullname

from helpdesk.notifications import held, kinds
from helpdesk.tickets.reference import reference_of

UNMAILED = "Alert"
"""A type of notification that the framework never mails."""


def before_insert(log: Any, event: str | None = None) -> None:
    """Let the link of an assignment open the ticket in the help desk; its mail may wait for a better hour."""
    if log.type != "Assignment" or log.document_type != "HD Ticket":
        return
    log.link = f"/helpdesk/tickets/{log.document_name}"
    is_mailed = is_email_notifications_enabled_for_type(log.for_user, log.type)
    title = _("{0} assigned {1} to you").format(get_fullname(log.from_user), reference_of(log.document_name))
    if is_mailed and held.hold_back(log.for_user, kinds.ASSIGNMENT, log.document_name, title, ""):
        log.type = UNMAILED
