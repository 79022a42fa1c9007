"""Archived tickets: out of lists and counts, found by search and link, and read-only until they are restored."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint

from helpdesk import caching
from helpdesk.exceptions import TicketIsArchived
from helpdesk.settings import get_settings
from helpdesk.tickets import activity, statuses
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

KEY = "helpdesk:has_archived_tickets"
BATCH = 500


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


def archive_old_tickets(now: datetime) -> int:
    """Put away tickets that have been resolved, and unchanged, for as long as the settings say; return how many.

    They go in batches, each in its own transaction. A ticket that was restored counts as changed.
    """
    days = cint(get_settings().auto_archive_after_days)
    done = 0
    while days > 0 and (names := _old_tickets(now - timedelta(days=days))):
        frappe.db.set_value("HD Ticket", {"name": ["in", names]}, "is_archived", 1, update_modified=False)
        activity.record_for_many(names, "automatically archived the ticket")
        caching.forget(KEY)
        done += len(names)
        if not frappe.flags.in_test:
            frappe.db.commit()
    return done


def _old_tickets(cutoff: datetime) -> list[int | str]:
    resolved = {"status_category": statuses.RESOLVED, "is_archived": 0}
    before = {"resolution_date": ["<", cutoff], "modified": ["<", cutoff]}
    return frappe.get_all("HD Ticket", {**resolved, **before}, pluck="name", order_by="modified asc", limit=BATCH)


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
