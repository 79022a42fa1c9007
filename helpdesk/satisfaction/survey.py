"""Asking a requester how the help was: one mail after the ticket was resolved, one reminder, and their answer.

What was sent is a row that changes in the same transaction as the mail, so that nobody is asked twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, get_datetime, now_datetime

from helpdesk.batches import for_each
from helpdesk.notifications import mail, texts
from helpdesk.satisfaction.email_feedback import FEEDBACK
from helpdesk.satisfaction.options import OPTION
from helpdesk.settings import get_settings
from helpdesk.tickets import statuses
from helpdesk.tickets.requester import address_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

SURVEY = "HD Survey"
STARS = 5
EXPIRES = timedelta(days=90)
"""So long after a ticket was resolved somebody still knows how the help was."""


# -- asking -----------------------------------------------------------------------------------------------------------


def arrange(ticket: "HDTicket") -> None:
    """Let the requester be asked, at once or later, when a save brings the ticket to the status the settings name."""
    if not _is_reached(ticket) or not texts.is_enabled("share_feedback"):
        return
    recipient = address_of(ticket.raised_by).casefold()
    name = frappe.db.get_value(SURVEY, {"ticket": ticket.name})
    survey = frappe.get_doc(SURVEY, name) if name else frappe.new_doc(SURVEY)
    if not recipient or survey.asked or has_opted_out(recipient):
        return
    now = now_datetime()
    survey.update({"ticket": ticket.name, "recipient": recipient})
    survey.due_on = now + timedelta(hours=max(cint(get_settings().feedback_delay_hours), 0))
    survey.save(ignore_permissions=True)  # written by the help desk itself
    if survey.due_on <= now and _ask(survey, ticket, now):
        frappe.msgprint(_("The requester has been asked for feedback."), alert=True)


def _is_reached(ticket: "HDTicket") -> bool:
    if ticket.via_customer_portal or ticket.feedback_rating or not ticket.key or ticket.get_doc_before_save() is None:
        return False
    trigger = get_settings().send_email_feedback_on_status or statuses.CLOSED
    return ticket.has_value_changed("status") and ticket.status == trigger


def send_due(now: datetime) -> int:
    """Ask, or remind, everybody whose time has come; return how many."""
    names = frappe.get_all(SURVEY, filters={"due_on": ["<=", now]}, pluck="name", order_by="due_on asc")
    return for_each(names, partial(_send, now=now), "The question {0} could not be mailed")


def _send(name: str, now: datetime) -> None:
    survey = frappe.get_doc(SURVEY, name, for_update=True)
    if survey.due_on is None or survey.due_on > now:  # another scheduler was here
        return
    ticket = frappe.get_doc("HD Ticket", survey.ticket)
    is_resolved = statuses.category_of(ticket.status) == statuses.RESOLVED
    if is_resolved and not ticket.feedback_rating and not has_opted_out(survey.recipient):
        _ask(survey, ticket, now)
    else:
        survey.db_set("due_on", None)


def _ask(survey: Any, ticket: "HDTicket", now: datetime) -> bool:
    days = cint(get_settings().feedback_reminder_days)
    is_first = not survey.asked
    due = now + timedelta(days=days) if is_first and days > 0 else None
    survey.db_set({"asked": survey.asked + 1, "due_on": due})
    return texts.is_enabled("share_feedback") and mail.ask_for_feedback(ticket)


def has_opted_out(recipient: str) -> bool:
    """Tell whether an address wants to be asked no more."""
    return bool(frappe.db.exists(SURVEY, {"recipient": recipient, "opted_out": 1}))


def opt_out(ticket: "HDTicket") -> None:
    """Ask the requester of a ticket never again, about no ticket. The secret of the link stands for them."""
    name = frappe.db.get_value(SURVEY, {"ticket": ticket.name})
    survey = frappe.get_doc(SURVEY, name) if name else frappe.new_doc(SURVEY)
    survey.update({"ticket": ticket.name, "recipient": address_of(ticket.raised_by).casefold()})
    survey.update({"opted_out": 1, "due_on": None})
    survey.save(ignore_permissions=True)  # whoever holds the secret is the requester


def forget(ticket: str | int) -> None:
    """Forget the question about a ticket that goes away; who wants no more of them is remembered."""
    frappe.db.delete(SURVEY, {"ticket": ticket, "opted_out": 0})


# -- answering --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a requester says of the help: stars, a reason that belongs to them, and words."""

    stars: int
    option: str | None = None
    text: str = ""


def find(key: str) -> "HDTicket | None":
    """Return the ticket that the secret of a link belongs to."""
    found = frappe.db.get_value("HD Ticket", {"key": key}, ["name", "key"], as_dict=True, order_by="name asc")
    return frappe.get_doc("HD Ticket", found.name) if found and found.key == key else None


def describe(ticket: "HDTicket", stars: int) -> dict[str, Any]:
    """Return what the page shows; `stars` were chosen by a link, which stores nothing."""
    given = round((ticket.feedback_rating or 0) * STARS)
    chosen = stars if 1 <= stars <= STARS else given
    return {
        "subject": ticket.subject,
        "stars": chosen,
        "options": _options(chosen) if chosen else [],
        "option": ticket.feedback if chosen == given else None,
        "text": ticket.feedback_extra or "",
        "is_answered": bool(given),
        "may_answer": may_answer(ticket, now_datetime()),
    }


def may_answer(ticket: "HDTicket", now: datetime) -> bool:
    """Tell whether an answer, or a change of one, is still taken."""
    if ticket.feedback_rating:
        answered_on = frappe.db.get_value(FEEDBACK, {"key": ticket.key}, "creation")
        days = cint(get_settings().feedback_edit_days)
        return bool(answered_on) and get_datetime(answered_on) + timedelta(days=days) > now
    resolved_on = get_datetime(ticket.resolution_date) if ticket.resolution_date else now
    return resolved_on + EXPIRES > now


def answer(ticket: "HDTicket", given: Answer) -> None:
    """Store an answer, or change it. Raises ValidationError for one that is none, or comes too late."""
    if not 1 <= given.stars <= STARS:
        frappe.throw(_("Please choose a number of stars."))
    if given.option and given.option not in [row.name for row in _options(given.stars)]:
        frappe.throw(_("Please choose one of the reasons."))
    if not may_answer(ticket, now_datetime()):
        frappe.throw(_("This question is closed. Thank you all the same."))
    values = {"feedback_rating": given.stars / STARS, "feedback_extra": given.text}
    name = frappe.db.get_value(FEEDBACK, {"key": ticket.key})
    if name:
        frappe.db.set_value(FEEDBACK, name, values)
    else:
        given_by_key = frappe.get_doc({"doctype": FEEDBACK, "key": ticket.key, **values})
        given_by_key.insert(ignore_permissions=True)  # whoever holds the secret is the requester
        ticket.reload()
    ticket.update({**values, "feedback": given.option})
    ticket.flags.update(written_by_helpdesk=True, without_feedback=True)
    ticket.save(ignore_permissions=True)  # whoever holds the secret is the requester


def _options(stars: int) -> list[Any]:
    """Return the enabled reasons that belong to a number of stars."""
    rows = frappe.get_all(OPTION, filters={"disabled": 0}, fields=["name", "label", "rating"], order_by="name asc")
    return [row for row in rows if round(row.rating * STARS) == stars]
