"""Keeps a ticket's clocks: which agreement holds, and where its two promises stand."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict

import frappe
from frappe.utils import flt, get_datetime, now_datetime

from helpdesk.batches import for_each
from helpdesk.settings import get_settings
from helpdesk.sla.agreements import Agreement, choose_agreement, get_agreement
from helpdesk.sla.progress import (
    Progress,
    agreement_status,
    with_first_response,
    with_hold,
    with_resolution,
    with_targets,
)
from helpdesk.sla.state import RUNNING, resolution_used, response_used, sla_state, warning_on
from helpdesk.tickets import defaults, service_alerts, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

MOMENTS = ("response_by", "resolution_by", "first_responded_on", "resolution_date", "on_hold_since")
DURATIONS = ("first_response_time", "first_response_failed_by", "resolution_time", "resolution_failed_by")
CLOCK_FIELDS = (*MOMENTS, *DURATIONS, "total_hold_time", "service_level_agreement_creation")
STATUS_FIELDS = ("agreement_status", "sla_state")
USUAL_SHARE = 75
"""Percent of the time of a promise after which it warns, where the settings say nothing."""


class Clock(TypedDict):
    """What a live display needs: the time it was made, and the shares of both promises that are used up."""

    server_time: datetime
    response_used: float | None
    resolution_used: float | None


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
    target, tracked = agreement.target(ticket.priority), agreement.tracks_resolution
    progress = with_targets(progress, target, agreement.calendar)
    write(ticket, progress)
    ticket.sla_warning_on = warning_on(progress, target, agreement.calendar, warning_share(), tracked=tracked)
    ticket.update(current_status(ticket, agreement, now))


def warning_share() -> float:
    """Return the share of a promise's time after which it warns."""
    return (get_settings().sla_warning_percent or USUAL_SHARE) / 100


def current_status(ticket: "HDTicket", agreement: Agreement, now: datetime) -> dict[str, str]:
    """Return where the promise to this ticket stands: the values of `STATUS_FIELDS`."""
    status = agreement_status(read(ticket), now, tracked=agreement.tracks_resolution)
    warns_on = get_datetime(ticket.sla_warning_on) if ticket.sla_warning_on else None
    return {"agreement_status": status, "sla_state": sla_state(status, warns_on, now)}


def clock(ticket: "HDTicket", now: datetime) -> Clock | None:
    """Return how much of the ticket's time is used up; None without an agreement, or when it promises nothing."""
    agreement = get_agreement(ticket.sla) if ticket.sla else None
    target = agreement.targets.get(ticket.priority or "") if agreement else None
    if agreement is None or target is None:
        return None
    progress, calendar = read(ticket), agreement.calendar
    return Clock(
        server_time=now,
        response_used=response_used(progress, target, now, calendar),
        resolution_used=resolution_used(progress, target, now, calendar, tracked=agreement.tracks_resolution),
    )


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
    """Write where the promise stands to every open ticket on which time alone has changed it.

    Only `STATUS_FIELDS` are written, and `modified` stays. A ticket that fails is logged; the others go on.
    """
    _refresh_each({"status_category": statuses.OPEN, "sla": ["is", "set"]}, now)


def refresh_due(now: datetime) -> None:
    """Do the same for the tickets whose warning is due or over: few, found by an index, so that this can run often."""
    _refresh_each({"sla_state": ["in", RUNNING], "sla_warning_on": ["<=", now], "sla": ["is", "set"]}, now)


def _refresh_each(filters: dict[str, Any], now: datetime) -> None:
    fields = ["name", "sla", "creation", "sla_warning_on", *STATUS_FIELDS, *CLOCK_FIELDS]
    rows = frappe.get_all("HD Ticket", filters=filters, fields=fields, order_by="name asc")
    for_each(rows, lambda row: refresh(row, now), "SLA status of ticket {0[name]} could not be refreshed")


def refresh(ticket: "HDTicket", now: datetime) -> None:
    """Write where one ticket's promise stands if that has changed, and say so; the ticket may be a row."""
    status = current_status(ticket, get_agreement(ticket.sla), now)
    before = {field: ticket.get(field) for field in STATUS_FIELDS}
    if status != before:
        frappe.db.set_value("HD Ticket", ticket.name, status, update_modified=False)
        service_alerts.tell(ticket.name, before["sla_state"], status["sla_state"])


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
