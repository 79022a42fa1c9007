"""What is told about a ticket: its words, and nothing that a model does not need, such as addresses and files."""

from typing import TYPE_CHECKING, Any

import frappe

from helpdesk.conversation.comments import COMMENT
from helpdesk.conversation.messages import AUTOMATED, MESSAGE, RECEIVED, of_ticket
from helpdesk.conversation.rendering import text_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

ENTRIES = 40
"""So many of the newest messages, and of the newest notes."""
ENTRY = 4_000
WHOLE = 24_000
FACTS = ("subject", "status", "priority", "ticket_type", "agent_group")


def of(ticket: "HDTicket", *, with_notes: bool) -> str:
    """Return a ticket that the caller may read, the conversation oldest first; the middle of a long one is left out.

    Without notes it is what the requester knows, too: the text is for them.
    """
    facts = [f"{field}: {ticket.get(field) or '-'}" for field in (FACTS if with_notes else FACTS[:1])]
    return "\n".join(facts) + "\n\n" + _shortened(_entries(ticket, with_notes=with_notes))


def _entries(ticket: "HDTicket", *, with_notes: bool) -> list[str]:
    said = _messages(ticket)
    if not said and ticket.description:
        said = [(ticket.creation, "Requester", ticket.description)]
    if with_notes and frappe.has_permission(COMMENT, "read"):
        said += _notes(ticket)
    said.sort(key=lambda entry: entry[0])
    return [f"[{who}, {when:%Y-%m-%d %H:%M}]\n{text_of(html)[:ENTRY]}" for when, who, html in said]


def _messages(ticket: "HDTicket") -> list[tuple[Any, str, str]]:
    rows = frappe.get_all(  # behind access_ticket
        MESSAGE,
        filters=of_ticket(ticket.name, communication_type=["!=", AUTOMATED]),
        fields=["sent_or_received", "content", "creation"],
        order_by="creation desc",
        limit=ENTRIES,
    )
    return [(row.creation, "Requester" if row.sent_or_received == RECEIVED else "Agent", row.content) for row in rows]


def _notes(ticket: "HDTicket") -> list[tuple[Any, str, str]]:
    rows = frappe.get_all(  # behind access_ticket
        COMMENT,
        filters={"reference_ticket": ticket.name},
        fields=["content", "creation"],
        order_by="creation desc",
        limit=ENTRIES,
    )
    return [(row.creation, "Internal note", row.content) for row in rows]


def _shortened(entries: list[str]) -> str:
    """Keep the first entry and as many of the last as fit."""
    first, rest = entries[:1], entries[1:]
    room = WHOLE - sum(map(len, first))
    kept: list[str] = []
    for entry in reversed(rest):
        room -= len(entry)
        if room < 0:
            kept.append("[…]")
            break
        kept.append(entry)
    return "\n\n".join([*first, *reversed(kept)])
