"""Archived tickets: out of lists and counts, found by search and link, and read-only until they are restored."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from helpdesk import caching
from helpdesk.exceptions import TicketIsArchived
from helpdesk.tickets import activity
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

KEY = "helpdesk:has_archived_tickets"


def archive(ticket: "HDTicket") -> None:
    """Put a ticket away. The caller may delete it."""
    _write(ticket, 1, "archived the ticket")


def restore(ticket: "HDTicket") -> None:
    """Bring a ticket back."""
    _write(ticket, 0, "restored the ticket from the archive")


def _write(ticket: "HDTicket", value: int, action: str) -> None:
    if int(ticket.is_archived or 0) == value:
        return
    ticket.is_archived = value
    ticket.flags.written_by_helpdesk = True
    ticket.save()
    activity.record(ticket.name, action)
    caching.forget(KEY)


def refuse_change(ticket: "HDTicket") -> None:
    """Refuse to change an archived ticket. Own code may, as when the requester writes again."""
    before = ticket.get_doc_before_save()
    if before is not None and before.is_archived and not ticket.flags.written_by_helpdesk:
        frappe.throw(
            _("Ticket {0} is archived. Please restore it first.").format(reference_of(ticket.name)), TicketIsArchived
        )


def without_archived(doctype: str, filters: list[list[Any]]) -> list[list[Any]]:
    """Return the filters of a list, without archived tickets unless the list asks about the archive.

    Sites that archive nothing do not pay for the question.
    """
    if doctype != "HD Ticket" or any(each[-3] == "is_archived" for each in filters) or not _has_archived():
        return filters
    return [*filters, ["is_archived", "=", 0]]


def _has_archived() -> bool:
    return bool(frappe.cache.get_value(KEY, lambda: bool(frappe.db.exists("HD Ticket", {"is_archived": 1}))))
