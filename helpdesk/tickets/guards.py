"""What customers may not do to a ticket, even where their role may write it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from helpdesk.access import is_agent
from helpdesk.customers.membership import contact_of_user
from helpdesk.exceptions import FeedbackRequired, ForeignContact, TicketIsClosed
from helpdesk.settings import get_settings
from helpdesk.tickets import categories, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

# Fields that a form never shows as read-only to agents, and that still are not the requester's to write.
SUPPORT_FIELDS = frozenset(
    {
        "agent_group",
        "attachment",
        "category",
        "channel",
        "content_type",
        "due_date",
        "email_account",
        "priority",
        "raised_by",
        "resolution_details",
        "sla",
        "summary",
        "template",
        "ticket_type",
        "via_customer_portal",
    }
)
ANSWERED_BY_REQUESTER = frozenset({"feedback", "feedback_extra", "feedback_rating", "status_category"})
CHOSEN_AT_CREATION = frozenset({"agent_group", "attachment", "category", "priority", "template", "ticket_type"})


def check_writer(ticket: "HDTicket") -> None:
    """Refuse what a customer tries to write beyond their part of the ticket. Agents and own code pass."""
    if ticket.flags.written_by_helpdesk or is_agent() or _acts_for_framework():
        return
    if ticket.is_new():
        _claim(ticket)
    else:
        refuse_when_closed(ticket.get_doc_before_save())
        _refuse_support_fields(ticket)


def _acts_for_framework() -> bool:
    return bool(frappe.flags.in_install or frappe.flags.in_migrate or frappe.flags.in_patch)


def is_over(stored: "HDTicket") -> bool:
    """Tell whether a portal ticket is over for its requester: rated, or closed and too old to be reopened."""
    if not stored.via_customer_portal:
        return False
    return bool(stored.feedback) or (stored.status == statuses.CLOSED and not _may_reopen(stored))


def _may_reopen(stored: "HDTicket") -> bool:
    until = reopens_until(stored)
    return until is not None and until >= now_datetime()


def reopens_until(ticket: "HDTicket") -> datetime | None:
    """Return until when an answer of the requester opens a closed ticket again; None where none does, or it is open."""
    days = cint(get_settings().customers_reopen_days)
    if ticket.status != statuses.CLOSED or days <= 0 or not ticket.resolution_date:
        return None
    return get_datetime(ticket.resolution_date) + timedelta(days=days)


def refuse_when_closed(stored: "HDTicket") -> None:
    """Refuse a customer's change to a closed or rated portal ticket. `stored` is the ticket as it was."""
    if is_over(stored):
        frappe.throw(
            _("This ticket is closed. Please open a new one if you need more help."), TicketIsClosed, _("Not Allowed")
        )


def _claim(ticket: "HDTicket") -> None:
    """Keep what a customer may say about a new ticket, and drop the rest."""
    user = frappe.session.user
    if user != "Guest" and ticket.raised_by not in (None, "", user):
        _refuse("raised_by")
    for field in _support_fields(ticket) - CHOSEN_AT_CREATION - {"raised_by", "via_customer_portal", "key", "sla"}:
        ticket.set(field, None)
    categories.refuse_hidden(ticket)


def _refuse_support_fields(ticket: "HDTicket") -> None:
    before = ticket.get_doc_before_save()
    for field in sorted(_support_fields(ticket) - ANSWERED_BY_REQUESTER):
        if ticket.has_value_changed(field) and (ticket.get(field) or before.get(field)):
            _refuse(field)
    if ticket.has_value_changed("status") and statuses.category_of(ticket.status) == statuses.PAUSED:
        _refuse("status")
    ticket.feedback_rating = before.feedback_rating


def _support_fields(ticket: "HDTicket") -> set[str]:
    return {df.fieldname for df in ticket.meta.get("fields", {"read_only": 1})} | SUPPORT_FIELDS


def _refuse(field: str) -> None:
    label = _(frappe.get_meta("HD Ticket").get_label(field))
    frappe.throw(_("You may not set {0}.").format(frappe.bold(label)), frappe.PermissionError, _("Not Allowed"))


def check_contact(ticket: "HDTicket") -> None:
    """Refuse a contact that is not the customer's own."""
    if not ticket.contact or is_agent() or ticket.flags.written_by_helpdesk or _acts_for_framework():
        return
    if not (ticket.is_new() or ticket.has_value_changed("contact")):
        return
    if ticket.contact != contact_of_user(frappe.session.user):
        frappe.throw(_("You can only use your own contact."), ForeignContact, _("Not Allowed"))


def require_feedback(ticket: "HDTicket", has_answer: Any) -> None:
    """Refuse that a customer resolves an answered ticket without rating it. `has_answer` is asked last."""
    if ticket.flags.without_feedback or ticket.feedback_rating or is_agent():
        return
    if statuses.category_of(ticket.status) != statuses.RESOLVED or not get_settings().is_feedback_mandatory:
        return
    if has_answer(ticket.name):
        frappe.throw(_("Please rate our help before you close the ticket."), FeedbackRequired)
