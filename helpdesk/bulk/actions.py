"""What can be done to many records at once. An action does one record, in the caller's name and with their rights."""

from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.desk.doctype.tag.tag import add_tag, remove_tag

from helpdesk.access import access_document, access_ticket, require_manager
from helpdesk.assignment import manual
from helpdesk.conversation import comments, replies
from helpdesk.conversation.replies import Reply
from helpdesk.tickets import archiving, merging, outreach

Values = dict[str, Any]
CHANGEABLE = ("status", "priority", "ticket_type", "category", "agent_group", "customer", "channel", "due_date")


def update(name: str, values: Values) -> None:
    """Set fields of CHANGEABLE; `note` becomes an internal comment."""
    ticket = access_ticket(name, "write")
    ticket.update({field: values[field] for field in CHANGEABLE if field in values})
    ticket.save()
    if values.get("note"):
        comments.add(ticket.name, values["note"])


def assign(name: str, values: Values) -> None:
    """Make `agent` the one who works on the ticket."""
    manual.hand_over(access_ticket(name, "write"), values["agent"])


def reply(name: str, values: Values) -> None:
    """Send `message` to the requester, with the uploads named in `attachments`."""
    ticket = access_ticket(name, "write")
    replies.send(ticket, Reply(values["message"], to=ticket.raised_by, files=values.get("attachments") or []))


def archive(name: str, values: Values) -> None:
    """Put the ticket away."""
    archiving.archive(access_ticket(name, "delete"))


def restore(name: str, values: Values) -> None:
    """Bring the ticket back from the archive."""
    archiving.restore(access_ticket(name, "delete"))


def delete(name: str, values: Values) -> None:
    """Delete the ticket. Only managers do that to many."""
    require_manager()
    frappe.delete_doc("HD Ticket", access_ticket(name, "delete").name)


def tag(name: str, values: Values) -> None:
    """Put the tag `tag` on the ticket."""
    add_tag(values["tag"], "HD Ticket", access_ticket(name, "write").name)


def untag(name: str, values: Values) -> None:
    """Take the tag `tag` off the ticket."""
    remove_tag(values["tag"], "HD Ticket", access_ticket(name, "write").name)


def merge(name: str, values: Values) -> None:
    """Merge the ticket into the ticket `into`."""
    merging.merge(access_ticket(name, "write"), into=access_ticket(values["into"], "write"))


def write_to_customer(name: str, values: Values) -> None:
    """Begin a ticket with the customer of this name (`tickets.outreach`)."""
    outreach.begin(access_document("HD Customer", name), values)


ACTIONS: dict[str, tuple[Callable[[str, Values], None], tuple[str, ...]]] = {
    "update": (update, ()),
    "assign": (assign, ("agent",)),
    "reply": (reply, ("message",)),
    "archive": (archive, ()),
    "restore": (restore, ()),
    "delete": (delete, ()),
    "tag": (tag, ("tag",)),
    "untag": (untag, ("tag",)),
    "merge": (merge, ("into",)),
    "write_to_customer": (write_to_customer, ("subject", "message")),
}
"""The functions by name, with the values that each cannot do without."""


def check(action: str, values: Values) -> None:
    """Refuse an action that does not exist, or lacks a value."""
    if action not in ACTIONS:
        frappe.throw(_("There is no action {0}.").format(frappe.utils.escape_html(action)))
    missing = [field for field in ACTIONS[action][1] if not values.get(field)]
    if missing:
        frappe.throw(_("The action {0} needs {1}.").format(action, ", ".join(missing)))
    if action == "update" and not any(field in values for field in CHANGEABLE):
        frappe.throw(_("The action {0} needs {1}.").format(action, ", ".join(CHANGEABLE)))
