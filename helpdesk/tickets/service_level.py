"""Keeps a ticket's clocks: which agreement holds, and where its two promises stand."""

from datetime import datetime
from typing import TYPE_CHECKING

import frappe
from frappe.utils import flt, get_datetime, now_datetime

from helpdesk.batches import for_each
from helpdesk.sla.agreements import Agreement, choose_agreement, get_agreement
from helpdesk.sla.progress import (
    Progress,
    agreement_status,
    with_first_response,
    with_hold,
    with_resolution,
    with_targets,
)
from helpdesk.tickets import defaults, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

MOMENTS = ("response_by", "resolution_by", "first_responded_on", "resolution_date", "on_hold_since")
DURATIONS = ("first_response_time", "first_response_failed_by", "resolution_time", "resolution_failed_by")
CLOCK_FIELDS = (*MOMENTS, *DURATIONS, "total_hold_time", "service_level_agreement_creation")


def choose(ticket: "HDTicket", now: datetime) -> None:
    """Set the agreement that fits the ticket as it is now."""
    ticket.sla = choose_agreement(ticket.as_dict(), ticket.priority, now)


def apply(ticket: "HDTicket", now: datetime) -> None:
    """Bring deadlines, hold time and agreement status up to date, in memory."""
    agreement = get_agreement(ticket.sla)
    if ticket.is_new():
        ticket.service_level_agreement_creation = ticket.service_level_agreement_creation or now
        ticket.priority = ticket.priority or agreement.default_priority or defaults.FALLBACK_PRIORITY
    progress = read(ticket)
    if _status_moved(ticket):
        progress = _follow_status(ticket, progress, agreement, now)
    write(ticket, with_targets(progress, agreement.target(ticket.priority), agreement.calendar))
    ticket.agreement_status = current_status(ticket, agreement, now)


def current_status(ticket: "HDTicket", agreement: Agreement, now: datetime) -> str:
    """Return where the promise to this ticket stands."""
    return agreement_status(read(ticket), now, tracked=agreement.tracks_resolution)


def _status_moved(ticket: "HDTicket") -> bool:
    before = ticket.get_doc_before_save()
    if before is None or before.status == ticket.status:
        return False
    frozen = statuses.category_of(before.status) == statuses.RESOLVED and ticket.status == statuses.CLOSED
    return not frozen


def _follow_status(ticket: "HDTicket", progress: Progress, agreement: Agreement, now: datetime) -> Progress:
    before = ticket.get_doc_before_save()
    old, new = statuses.category_of(before.status), statuses.category_of(ticket.status) or statuses.OPEN
    resolved_on = get_datetime(before.resolution_date) if before.resolution_date else None
    progress = with_first_response(progress, agreement.calendar)
    progress = with_resolution(progress, old, new, now, agreement.calendar, tracked=agreement.tracks_resolution)
    return with_hold(progress, old, new, now, agreement.calendar, resolved_on=resolved_on)


def read(ticket: "HDTicket") -> Progress:
    """Return the ticket's clock readings as plain values."""
    started = ticket.service_level_agreement_creation or ticket.creation or now_datetime()
    return Progress(
        started=get_datetime(started),
        total_hold_time=flt(ticket.total_hold_time),
        **{field: get_datetime(ticket.get(field)) if ticket.get(field) else None for field in MOMENTS},
        **{field: ticket.get(field) for field in DURATIONS},
    )


def write(ticket: "HDTicket", progress: Progress) -> None:
    """Put clock readings into the ticket's fields."""
    for field in (*MOMENTS, *DURATIONS, "total_hold_time"):
        ticket.set(field, getattr(progress, field))


def is_outside_working_hours(ticket: "HDTicket", now: datetime) -> bool:
    """Tell whether the desk that owes this ticket an answer is closed at `now`."""
    return bool(ticket.sla) and not get_agreement(ticket.sla).calendar.is_open(now)


def refresh_all(now: datetime) -> None:
    """Write the agreement status of every open ticket whose promise changed by time alone.

    Only that one field is written, and `modified` stays. A ticket that fails is logged; the others go on.
    """
    rows = frappe.get_all(
        "HD Ticket",
        filters={"status_category": statuses.OPEN, "sla": ["is", "set"]},
        fields=["name", "sla", "creation", "agreement_status", *CLOCK_FIELDS],
        order_by="name asc",
    )
    for_each(rows, lambda row: refresh(row, now), "SLA status of ticket {0[name]} could not be refreshed")


def refresh(ticket: "HDTicket", now: datetime) -> None:
    """Write one ticket's agreement status if it has changed; the ticket may be a row."""
    status = current_status(ticket, get_agreement(ticket.sla), now)
    if status != ticket.agreement_status:
        frappe.db.set_value("HD Ticket", ticket.name, "agreement_status", status, update_modified=False)


def recompute(agreements: list[str]) -> None:
    """Save the open tickets of these agreements again, so that their deadlines follow a changed calendar."""
    names = frappe.get_all(
        "HD Ticket",
        filters={"sla": ["in", agreements], "status_category": statuses.OPEN},
        pluck="name",
        order_by="name asc",
    )
    for name in names:
        ticket = frappe.get_doc("HD Ticket", name)
        ticket.flags.written_by_helpdesk = True
        ticket.save(ignore_permissions=True)  # who may change the calendar may move what depends on it
