"""Closing what has gone quiet."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import frappe
from frappe.query_builder import DocType
from frappe.query_builder.functions import Max

from helpdesk.batches import for_each
from helpdesk.conversation.messages import MESSAGE, of_ticket
from helpdesk.settings import get_settings
from helpdesk.tickets import activity, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def close_quiet_tickets(now: datetime) -> int:
    """Close tickets whose last message is older than the settings allow; return how many."""
    settings = get_settings()
    days = settings.auto_close_after_days
    if not settings.auto_close_tickets or not settings.auto_close_status or days < 1:
        return 0
    names = quiet_tickets(settings.auto_close_status, now - timedelta(days=days))
    return for_each(names, partial(close_quiet, days=days), "Ticket {0} could not be closed automatically")


def quiet_tickets(status: str, cutoff: datetime) -> list[int | str]:
    """Return the tickets in a status whose latest message is older than `cutoff`; those without messages never are.

    `cutoff` is in the site's time zone, like the stored times.
    """
    ticket, message = DocType("HD Ticket"), DocType(MESSAGE)
    last = (
        frappe.qb.from_(message)
        .select(message.reference_name, Max(message.communication_date).as_("spoken_on"))
        .where(message.reference_doctype == "HD Ticket")
        .groupby(message.reference_name)
    )
    return (
        frappe.qb.from_(ticket)
        .join(last)
        .on(last.reference_name == ticket.name)
        .select(ticket.name)
        .where((ticket.status == status) & (last.spoken_on < cutoff))
        .orderby(ticket.name)
        .run(pluck=True)
    )


def closes_on(ticket: "HDTicket") -> datetime | None:
    """Return when a ticket will be closed if nobody writes any more; None where it stays as it is."""
    settings = get_settings()
    days = settings.auto_close_after_days
    if not settings.auto_close_tickets or days < 1 or ticket.status != settings.auto_close_status:
        return None
    filters = of_ticket(ticket.name, communication_date=["is", "set"])
    latest = frappe.get_all(
        MESSAGE, filters=filters, pluck="communication_date", order_by="communication_date desc", limit=1
    )
    return latest[0] + timedelta(days=days) if latest else None


def close_quiet(name: int | str, days: int) -> None:
    """Close one ticket for inactivity, without asking for a rating."""
    ticket = frappe.get_doc("HD Ticket", name)
    ticket.status = statuses.CLOSED
    ticket.flags.without_feedback = True
    ticket.flags.written_by_helpdesk = True
    ticket.save(ignore_permissions=True)
    unit = "day" if days == 1 else "days"
    activity.record(name, f"automatically closed the ticket after {days} {unit} of inactivity")
