"""What people add to the log of calls: a call that no provider saw, the ticket it is about, a note."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from helpdesk.integrations.telephony.calls import CALL, TICKET, tell_viewers

AGENT, NUMBER = "TP Telephony Agent", "mobile_no"
INCOMING, OUTGOING = "Incoming", "Outgoing"
LONGEST_SECONDS = 24 * 3600


@dataclass
class HandLogged:
    """A call as somebody remembers it; `number` is the other side's, `agent` the user who spoke."""

    type: str
    number: str
    agent: str
    status: str = "Completed"
    start: datetime | None = None
    seconds: int = 0


def log(call: HandLogged) -> Document:
    """Log a call by hand. The caller needs the right to create calls."""
    _check(call)
    start = call.start or now_datetime() - timedelta(seconds=call.seconds)
    own = own_number(call.agent)
    sides = (call.number, own) if call.type == INCOMING else (own, call.number)
    return frappe.get_doc(
        {
            "doctype": CALL,
            "id": frappe.generate_hash(length=20),
            "telephony_medium": "Manual",
            "type": call.type,
            "status": call.status,
            "from": sides[0],
            "to": sides[1],
            "receiver" if call.type == INCOMING else "caller": call.agent,
            "duration": call.seconds,
            "start_time": start,
            "end_time": start + timedelta(seconds=call.seconds),
        }
    ).insert()


def _check(call: HandLogged) -> None:
    if call.type not in (INCOMING, OUTGOING):
        frappe.throw(_("A call is incoming or outgoing."))
    if not any(sign.isdigit() for sign in call.number):
        frappe.throw(_("{0} is not a phone number.").format(frappe.utils.escape_html(call.number)))
    if not 0 <= call.seconds <= LONGEST_SECONDS:
        frappe.throw(_("A call lasts at most a day."))
    if call.start and call.start > now_datetime() + timedelta(minutes=1):
        frappe.throw(_("A call that is logged has begun already."))


def own_number(user: str) -> str:
    """Return what stands for an agent's end of the line: their number, or who they are."""
    has_number = frappe.get_meta(AGENT).has_field(NUMBER)  # the form is the telephony app's, and may change
    stored = frappe.db.get_value(AGENT, {"user": user}, NUMBER) if has_number else None
    return stored or frappe.get_cached_value("User", user, "mobile_no") or user


def link(call: Document, ticket: str | int) -> None:
    """Say that a call is about a ticket. The caller may read both; once is enough."""
    linked = {each.link_name for each in call.get("links") or [] if each.link_doctype == TICKET}
    if str(ticket) not in linked:
        call.append("links", {"link_doctype": TICKET, "link_name": str(ticket)})
        call.save(ignore_permissions=True)  # whoever may read a call may say what it was about


def note(call: Document, text: str) -> None:
    """Write down what a call was about. The caller may read it."""
    if not text.strip():
        frappe.throw(_("The note is empty."))
    call.add_comment("Comment", text=frappe.utils.escape_html(text.strip()).replace("\n", "<br>"))
    tell_viewers(call)


def moment(text: str | None) -> datetime | None:
    """Return a time given by a caller."""
    return get_datetime(text) if text else None
