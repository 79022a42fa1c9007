"""The calls that the telephony app has logged, as the timeline, the list and the dialog show them."""

from typing import Any, TypedDict

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.access import access_document
from helpdesk.integrations.telephony import parties
from helpdesk.realtime import events

CALL = "TP Call Log"
TICKET = "HD Ticket"
SHOWN = ["type", "caller", "receiver", "from", "to", "duration"]
"""What `present` reads of a call."""
FIELDS = ["name", *SHOWN, "status", "start_time", "end_time", "creation", "recording_url", "telephony_medium"]


class LinkedTicket(TypedDict):
    """A ticket that a call is about."""

    name: str
    subject: str


class CallDetails(TypedDict):
    """One call with everything about it; `call` has FIELDS and what `present` adds."""

    call: dict[str, Any]
    tickets: list[LinkedTicket]


def is_installed() -> bool:
    """Tell whether this site has the telephony app."""
    return "telephony" in frappe.get_installed_apps()


def require_app() -> None:
    """Refuse where there is no telephony app."""
    if not is_installed():
        frappe.throw(_("The telephony app is not installed."), frappe.AppNotInstalledError)


def access_call(name: str) -> Document:
    """Return the call if the caller may read it."""
    require_app()
    return access_document(CALL, name)


def calls_of(ticket: str | int) -> list[Any]:
    """Return the calls of a ticket, oldest first; none without the telephony app or without permission."""
    if not is_installed() or not frappe.has_permission(CALL, "read"):
        return []
    names = frappe.get_all(
        "Dynamic Link",
        filters={"parenttype": CALL, "link_doctype": TICKET, "link_name": str(ticket)},
        pluck="parent",
    )
    if not names:
        return []
    # The ticket was gated by the caller, the calls by their DocType above.
    return present(frappe.get_all(CALL, filters={"name": ["in", names]}, fields=FIELDS, order_by="creation asc"))


def details(call: Document) -> CallDetails:
    """Return a call that the caller may read, with the tickets among its own that the caller may see."""
    (row,) = present([frappe._dict({field: call.get(field) for field in FIELDS})])
    linked = [each.link_name for each in call.get("links") or [] if each.link_doctype == TICKET]
    rows = frappe.get_list(TICKET, filters={"name": ["in", linked]}, fields=["name", "subject"]) if linked else []
    return CallDetails(call=row, tickets=[LinkedTicket(name=str(each.name), subject=each.subject) for each in rows])


def present(rows: list[Any]) -> list[Any]:
    """Add to calls who called whom, how long, and the notes, in a few queries for all of them."""
    users = parties.users(person for row in rows for person in (row.get("caller"), row.get("receiver")))
    contacts = parties.contacts(row.get("from") if _is_incoming(row) else row.get("to") for row in rows)
    notes = _notes([row.name for row in rows])
    for row in rows:
        agent = users.get(row.get("receiver") if _is_incoming(row) else row.get("caller"), parties.UNKNOWN)
        other = contacts.get(row.get("from") if _is_incoming(row) else row.get("to"), parties.UNKNOWN)
        row._caller, row._receiver = (other, agent) if _is_incoming(row) else (agent, other)
        row.activity_type = "incoming_call" if _is_incoming(row) else "outgoing_call"
        row._duration = spell(int(row.get("duration") or 0))
        row.show_recording = False
        row.notes = notes.get(row.name, [])
    return rows


def tell_viewers(call: Document, method: str | None = None) -> None:
    """Tell whoever looks at a ticket of the call that there is news: it began, it ended, somebody noted something."""
    for each in call.get("links") or []:
        if each.link_doctype == TICKET:
            events.comments_changed(each.link_name)


def _is_incoming(row: Any) -> bool:
    return row.get("type") == "Incoming"


def _notes(names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the notes of calls, oldest first. Whoever reads a call reads them."""
    if not names:
        return {}
    rows = frappe.get_all(
        "Comment",
        filters={"reference_doctype": CALL, "reference_name": ["in", names], "comment_type": "Comment"},
        fields=["reference_name", "content", "comment_by", "creation"],
        order_by="creation asc",
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        note = {"content": row.content, "by": row.comment_by, "creation": row.creation}
        found.setdefault(row.reference_name, []).append(note)
    return found


def spell(seconds: int) -> str:
    """Spell a duration as `1h 2m 3s`, leaving zero parts out; `0s` for nothing."""
    parts = ((seconds // 3600, "h"), (seconds % 3600 // 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"
