"""The history of a ticket that people read: one line per change."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import bulk_insert

from helpdesk.access import is_admin
from helpdesk.tickets import visibility

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

ACTIVITY = "HD Ticket Activity"

# Lines are stored in English: they are data, and the desk translates what it shows.
LABELS = {
    "status": "status",
    "priority": "priority",
    "agent_group": "team",
    "contact": "contact",
    "ticket_type": "type",
    "category": "category",
    "sla": "SLA",
}


def record(ticket: str | int, action: str) -> None:
    """Add a line to the history of a ticket."""
    line = frappe.get_doc({"doctype": ACTIVITY, "ticket": ticket, "action": action})
    line.insert(ignore_permissions=True, ignore_links=True)


def record_for_many(tickets: Iterable[str | int], action: str) -> None:
    """Add the same line to the history of several tickets, in one statement."""
    bulk_insert(ACTIVITY, [_line(ticket, action) for ticket in tickets])


def _line(ticket: str | int, action: str) -> Any:
    line = frappe.new_doc(ACTIVITY, ticket=ticket, action=action)
    line.name = frappe.generate_hash(length=10)
    return line


def record_changes(ticket: "HDTicket") -> None:
    """Add a line for each field of LABELS that this save changes."""
    before = ticket.get_doc_before_save()
    if before is None:
        return
    for field, label in LABELS.items():
        value = ticket.get(field) or None
        if value != (before.get(field) or None):
            record(ticket.name, f"set {label} to {value}" if value else f"cleared {label}")


def forget(ticket: str | int) -> None:
    """Delete the history of a ticket that goes away."""
    frappe.db.delete(ACTIVITY, {"ticket": ticket})


def may(line: Any, right: str, user: str) -> bool:
    """Tell whether `user` has a right on a line: agents add and read those on their tickets, nobody rewrites one."""
    if right in ("write", "delete", "cancel", "share"):
        return is_admin(user)
    return visibility.may_see_ticket(line.ticket, user)


def list_condition(user: str) -> str:
    """Return the SQL condition for the lines of tickets that `user` may see."""
    return visibility.list_condition_through("`tabHD Ticket Activity`.`ticket`", user)
