"""Everything that happened on a ticket, as the desk and the portal show it: one query per kind of entry."""

from collections.abc import Iterable
from typing import Any, TypedDict

import frappe

from helpdesk.access import is_agent
from helpdesk.conversation import attachments, reactions
from helpdesk.conversation.comments import COMMENT
from helpdesk.conversation.messages import MESSAGE, SENT, of_ticket
from helpdesk.integrations.telephony.calls import calls_of
from helpdesk.tickets.activity import ACTIVITY

MESSAGE_FIELDS = [
    "name",
    "subject",
    "content",
    "sender",
    "sender_full_name",
    "user",
    "recipients",
    "cc",
    "bcc",
    "creation",
    "communication_date",
    "delivery_status",
    "sent_or_received",
]


class Timeline(TypedDict):
    """The parts of a ticket's history."""

    comments: list[Any]
    communications: list[Any]
    history: list[Any]
    views: list[Any]
    calls: list[Any]


def of(ticket: str | int) -> Timeline:
    """Return the history of a ticket that the caller may read; comments and activity are for agents only."""
    comments, messages, history, views = _comments(ticket), _messages(ticket), _history(ticket), _views(ticket)
    _add_files({COMMENT: comments, MESSAGE: messages})
    people = avatars(
        [row.commented_by for row in comments]
        + [_speaker(row) for row in messages]
        + [row.owner for row in history]
        + [row.viewed_by for row in views]
    )
    chosen = reactions.of_comments([row.name for row in comments], frappe.session.user)
    for row in comments:
        row.user = people[row.commented_by]
        row.reactions = chosen.get(row.name, [])
    for row in messages:
        row.user = _named(people[_speaker(row)], row.sender_full_name)
    for row in history:
        row.user = people[row.owner]
    for row in views:
        row.user = people[row.viewed_by]
    return Timeline(comments=comments, communications=messages, history=history, views=views, calls=calls_of(ticket))


def _add_files(entries: dict[str, list[Any]]) -> None:
    files = attachments.of_documents({doctype: [row.name for row in rows] for doctype, rows in entries.items()})
    for doctype, rows in entries.items():
        for row in rows:
            row.attachments = files.get((doctype, row.name), [])


def _named(person: dict[str, Any], written_name: str | None) -> dict[str, Any]:
    """Call somebody who is no user by the name in their mail."""
    return {**person, "name": written_name} if written_name and person["name"] == person["email"] else person


def _speaker(row: Any) -> str:
    return (row.user if row.sent_or_received == SENT and row.user else row.sender) or ""


def _comments(ticket: str | int) -> list[Any]:
    if not frappe.has_permission(COMMENT, "read"):
        return []
    return frappe.get_all(
        COMMENT,
        filters={"reference_ticket": ticket},
        fields=["name", "commented_by", "content", "creation", "is_pinned"],
        order_by="creation asc",
    )


def _messages(ticket: str | int) -> list[Any]:
    rows = frappe.get_all(MESSAGE, filters=of_ticket(ticket), fields=MESSAGE_FIELDS, order_by="creation asc")
    for row in rows:
        row.bcc = row.bcc if is_agent() else None
    return rows


def _history(ticket: str | int) -> list[Any]:
    if not frappe.has_permission(ACTIVITY, "read"):
        return []
    return frappe.get_all(
        ACTIVITY,
        filters={"ticket": ticket},
        fields=["name", "action", "owner", "creation"],
        order_by="creation desc",
    )


def _views(ticket: str | int) -> list[Any]:
    if not frappe.has_permission(ACTIVITY, "read"):
        return []
    return frappe.get_all(
        "View Log",
        filters={"reference_doctype": "HD Ticket", "reference_name": str(ticket)},
        fields=["name", "creation", "viewed_by"],
        order_by="creation desc",
    )


def avatars(users: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return `{user: {name, email, image}}` in one query; people without an account keep their address as name."""
    wanted = set(users)
    known = wanted - {""}
    rows = (
        frappe.get_all(
            "User", filters={"name": ["in", sorted(known)]}, fields=["name", "full_name", "email", "user_image"]
        )
        if known
        else []
    )
    found = {user: {"name": user, "email": user, "image": ""} for user in wanted}
    for row in rows:
        person = {"name": row.full_name or row.name, "email": row.email, "image": row.user_image or ""}
        found.update({user: person for user in wanted if user.casefold() == row.name.casefold()})
    return found
