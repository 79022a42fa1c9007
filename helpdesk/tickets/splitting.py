"""Splitting a ticket in two where the conversation changed its subject."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import now_datetime

from helpdesk.access import access_ticket
from helpdesk.conversation import comments, messages, replies
from helpdesk.conversation.replies import Reply
from helpdesk.search import indexing
from helpdesk.tickets import activity

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

# What belongs to the life of the original, not to its question.
LEFT_BEHIND = (
    "description",
    "key",
    "sla",
    "response_by",
    "resolution_by",
    "agreement_status",
    "service_level_agreement_creation",
    "on_hold_since",
    "total_hold_time",
    "first_response_time",
    "first_responded_on",
    "first_response_failed_by",
    "avg_response_time",
    "last_agent_response",
    "last_customer_response",
    "resolution_details",
    "resolution_date",
    "resolution_time",
    "resolution_failed_by",
    "user_resolution_time",
    "opening_date",
    "opening_time",
    "escalated_on",
    "escalated_by",
    "escalation_reason",
    "due_date",
    "is_archived",
    "is_merged",
    "merged_with",
    "feedback",
    "feedback_rating",
    "feedback_extra",
)


def split(subject: str, message: str) -> str | int:
    """Move a message and everything after it to a new ticket; return the new ticket's id."""
    first = frappe.get_doc(messages.MESSAGE, message)
    if first.reference_doctype != "HD Ticket":
        frappe.throw(_("The message {0} belongs to no ticket.").format(frappe.bold(message)))
    original = access_ticket(first.reference_name, "write")
    new = _copy(original, subject)
    _move(original.name, new.name, since=first.creation)
    _recall_answers(new)
    for ticket in (original.name, new.name):
        indexing.refresh_ticket(ticket)
    activity.record(new.name, f"split the ticket from #{original.name}")
    link = f'<a href="/helpdesk/my-tickets/{new.name}">#{new.name}</a>'
    text = _("Part of this ticket now has a ticket of its own: {0}").format(link)
    replies.send(original, Reply(f"<p>{text}</p>"))
    return new.name


def _copy(original: "HDTicket", subject: str) -> "HDTicket":
    new = frappe.copy_doc(original, ignore_no_copy=False)
    new.update(dict.fromkeys(LEFT_BEHIND))
    new.update({"subject": subject, "ticket_split_from": original.name, "key": str(uuid4())})
    new.flags.written_by_helpdesk = True
    return new.insert()


def _move(original: str | int, new: str | int, since: Any) -> None:
    """Hand over what was said, noted and attached from `since` on, leaving the times of change as they are."""
    _repoint(messages.MESSAGE, "reference_name", original, new, since, reference_doctype="HD Ticket")
    _repoint(comments.COMMENT, "reference_ticket", original, new, since)
    _repoint(activity.ACTIVITY, "ticket", original, new, since)
    _repoint("File", "attached_to_name", original, new, since, attached_to_doctype="HD Ticket")


def _repoint(doctype: str, field: str, old: str | int, new: str | int, since: Any, **where: str) -> None:
    table = DocType(doctype)
    query = frappe.qb.update(table).set(table[field], str(new))
    query = query.where((table[field] == str(old)) & (table.creation >= since))
    for column, value in where.items():
        query = query.where(table[column] == value)
    query.run()


def _recall_answers(new: "HDTicket") -> None:
    """Derive the new ticket's response figures from the messages that moved with it."""
    spoken = messages.directions(new.name)
    sent = [moment for direction, moment in spoken if direction == messages.SENT]
    received = [moment for direction, moment in spoken if direction == messages.RECEIVED]
    opening = frappe.get_all(
        messages.MESSAGE, filters=messages.of_ticket(new.name), pluck="content", order_by="creation asc", limit=1
    )
    new.db_set(
        {
            "description": opening[0] if opening else None,
            "last_agent_response": max(sent, default=None),
            "last_customer_response": max(received, default=None),
            "avg_response_time": messages.average_response_seconds(spoken),
            "opening_time": now_datetime().time(),
        },
        update_modified=False,
    )
