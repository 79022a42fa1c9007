"""A new ticket about what an older, closed one did not settle."""

from typing import TYPE_CHECKING

import frappe

from helpdesk.tickets import activity

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def connect(ticket: "HDTicket", *, to: "HDTicket") -> None:
    """Note on both tickets that `ticket` goes on where `to`, which its author may read, has ended."""
    ticket.db_set("follow_up_of", to.name, update_modified=False)
    activity.record(ticket.name, f"continued ticket #{to.name}")
    activity.record(to.name, f"continued in ticket #{ticket.name}")


def forget(ticket: int | str) -> None:
    """Let the tickets that follow a deleted one stand for themselves."""
    frappe.db.set_value("HD Ticket", {"follow_up_of": ticket}, "follow_up_of", None, update_modified=False)
