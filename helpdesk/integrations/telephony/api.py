"""Calls, for clients. All of it needs the telephony app; what that app does itself is called there."""

import frappe

from helpdesk.access import access_ticket, require_permission, staff_only
from helpdesk.integrations.telephony import calls, keeping
from helpdesk.integrations.telephony.calls import CALL, CallDetails


@frappe.whitelist(methods=["GET"])
@staff_only
def get_call(call: str) -> CallDetails:
    """Return one call with who, when, how long, its notes, and the tickets it is about."""
    return calls.details(calls.access_call(call))


@frappe.whitelist(methods=["POST"])
@staff_only
def log_call(
    type: str,
    number: str,
    status: str = "Completed",
    start_time: str | None = None,
    duration: int = 0,
    agent: str | None = None,
    ticket: str | int | None = None,
    note: str | None = None,
) -> str:
    """Log a call that no provider saw, and return its name.

    `type` is Incoming or Outgoing, `number` the other side's, `duration` in seconds, `start_time` in the site's time
    zone (left out: it ended just now), `agent` the user who spoke (left out: the caller).
    """
    calls.require_app()
    require_permission(CALL, "create")
    about = access_ticket(ticket) if ticket else None
    remembered = keeping.HandLogged(
        type=type,
        number=number,
        agent=agent or frappe.session.user,
        status=status,
        start=keeping.moment(start_time),
        seconds=duration,
    )
    made = keeping.log(remembered)
    if about:
        keeping.link(made, about.name)
    if note and note.strip():
        keeping.note(made, note)
    return str(made.name)


@frappe.whitelist(methods=["POST"])
@staff_only
def link_call(call: str, ticket: str | int) -> None:
    """Say that a call is about a ticket."""
    keeping.link(calls.access_call(call), access_ticket(ticket).name)


@frappe.whitelist(methods=["POST"])
@staff_only
def note_call(call: str, note: str) -> None:
    """Write down what a call was about; plain text."""
    keeping.note(calls.access_call(call), note)
