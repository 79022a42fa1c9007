"""What was said on many tickets, for reading on paper: three queries, however many tickets."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict

import frappe
from frappe import _

from helpdesk.conversation import attachments
from helpdesk.conversation.comments import COMMENT
from helpdesk.conversation.messages import MESSAGE, SENT, TICKET
from helpdesk.conversation.rendering import for_paper
from helpdesk.conversation.timeline import avatars

CUSTOMER, TEAM, NOTE = "customer", "team", "note"
SHARED = ("name", "content", "creation")


class Entry(TypedDict):
    """One message or internal note."""

    kind: str
    who: str
    when: datetime
    html: str
    files: list[str]


def of_many(tickets: Iterable[str | int], *, with_notes: bool) -> dict[str, list[Entry]]:
    """Return the entries of each ticket by its name, oldest first. The caller may read the tickets.

    Notes are left out of it unless they are asked for by somebody who may read them.
    """
    names = [str(name) for name in tickets]
    rows = _messages(names) + (_notes(names) if with_notes and frappe.has_permission(COMMENT, "read") else [])
    files = attachments.of_documents(
        {doctype: [row.name for row in rows if row.doctype == doctype] for doctype in (MESSAGE, COMMENT)}
    )
    people = avatars(row.speaker for row in rows)
    found: dict[str, list[Entry]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.creation):
        attached = [file["file_name"] for file in files.get((row.doctype, row.name), [])]
        found[str(row.ticket)].append(
            Entry(
                kind=row.kind,
                who=row.written_name or people[row.speaker]["name"] or _("Somebody"),
                when=row.creation,
                html=for_paper(row.content),
                files=attached,
            )
        )
    return found


def _messages(tickets: list[str]) -> list[Any]:
    rows = frappe.get_all(
        MESSAGE,
        filters={"reference_doctype": TICKET, "reference_name": ["in", tickets]},
        fields=[*SHARED, "reference_name", "sender", "sender_full_name", "user", "sent_or_received"],
    )
    for row in rows:
        is_ours = row.sent_or_received == SENT
        speaker = (row.user if is_ours and row.user else row.sender) or ""
        written_name = None if is_ours else row.sender_full_name
        kind = TEAM if is_ours else CUSTOMER
        row.update(doctype=MESSAGE, ticket=row.reference_name, kind=kind, speaker=speaker, written_name=written_name)
    return rows


def _notes(tickets: list[str]) -> list[Any]:
    fields = [*SHARED, "reference_ticket", "commented_by"]
    rows = frappe.get_all(COMMENT, filters={"reference_ticket": ["in", tickets]}, fields=fields)
    for row in rows:
        row.update(doctype=COMMENT, ticket=row.reference_ticket, kind=NOTE, speaker=row.commented_by or "")
    return rows
