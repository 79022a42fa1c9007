"""Ratings that come in through the link in a mail. The secret in the link stands for the requester."""

from typing import TYPE_CHECKING

import frappe
from frappe import _

from helpdesk.tickets import statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_email_feedback.hd_email_feedback import HDEmailFeedback

FEEDBACK = "HD Email Feedback"


def find_ticket(key: str | None) -> str | int:
    """Return the ticket that a secret belongs to. Raises ValidationError for a missing, unknown or used one."""
    if not key or key != key.strip():
        frappe.throw(_("The link is incomplete. Please use the one in our mail."))
    found = frappe.db.get_value("HD Ticket", {"key": key}, ["name", "key"], as_dict=True, order_by="name asc")
    if not found or found.key != key:
        frappe.throw(_("We do not know this link. Please use the one in our mail."))
    if frappe.db.exists(FEEDBACK, {"key": key}):
        frappe.throw(_("Thank you, you have already rated this ticket."))
    return found.name


def rate(feedback: "HDEmailFeedback") -> None:
    """Put the rating on the ticket, and close it."""
    ticket = frappe.get_doc("HD Ticket", feedback.ticket)
    ticket.feedback_rating = feedback.feedback_rating
    ticket.feedback_extra = feedback.feedback_extra
    ticket.status = statuses.CLOSED
    ticket.flags.written_by_helpdesk = True
    ticket.flags.without_feedback = True
    ticket.save(ignore_permissions=True)  # whoever holds the secret may rate
