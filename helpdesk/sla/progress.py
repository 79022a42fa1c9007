"""How far one request has come under its agreement: the rules of the two clocks, as functions on values.

The order in which a caller applies them is part of the rules: first response, resolution, hold.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from helpdesk.sla.calendar import Calendar
from helpdesk.sla.clock import due_at, working_seconds

Category = Literal["Open", "Paused", "Resolved"]

FIRST_RESPONSE_DUE = "First Response Due"
RESOLUTION_DUE = "Resolution Due"
FAILED = "Failed"
FULFILLED = "Fulfilled"
PAUSED = "Paused"


@dataclass(frozen=True)
class Target:
    """Working seconds promised for one priority; no `resolution` means that none is promised."""

    response: float
    resolution: float | None = None


@dataclass(frozen=True)
class Progress:
    """The clock readings of one request. All durations are working seconds."""

    started: datetime
    response_by: datetime | None = None
    resolution_by: datetime | None = None
    first_responded_on: datetime | None = None
    first_response_time: float | None = None
    first_response_failed_by: float | None = None
    resolution_date: datetime | None = None
    resolution_time: float | None = None
    resolution_failed_by: float | None = None
    on_hold_since: datetime | None = None
    total_hold_time: float = 0


def with_first_response(progress: Progress, calendar: Calendar) -> Progress:
    """Measure the first response, and by how much it was late; nothing changes before there is one."""
    answered = progress.first_responded_on
    if answered is None:
        return progress
    late = None
    if progress.response_by and answered > progress.response_by:
        late = working_seconds(progress.response_by, answered, calendar)
    return replace(
        progress,
        first_response_time=working_seconds(progress.started, answered, calendar),
        first_response_failed_by=late,
    )


def with_resolution(
    progress: Progress, old: Category | None, new: Category, now: datetime, calendar: Calendar, *, tracked: bool
) -> Progress:
    """Stamp the resolution when the request becomes resolved, and take it back when it is reopened.

    A move between two resolved statuses keeps the first stamp. `tracked` says whether a resolution was promised.

    The hold that a direct step from paused to resolved ends is not yet part of `total_hold_time` here, so it is not
    subtracted from the resolution time; reports of existing installations rely on that figure.
    """
    if new != "Resolved":
        return replace(progress, resolution_date=None, resolution_time=None, resolution_failed_by=None)
    if progress.resolution_date and old == new:
        return progress
    late = None
    if tracked and progress.resolution_by and now > progress.resolution_by:
        late = working_seconds(progress.resolution_by, now, calendar)
    spent = working_seconds(progress.started, now, calendar) - progress.total_hold_time
    return replace(progress, resolution_date=now, resolution_time=max(spent, 0), resolution_failed_by=late)


def with_hold(
    progress: Progress,
    old: Category | None,
    new: Category,
    now: datetime,
    calendar: Calendar,
    *,
    resolved_on: datetime | None,
) -> Progress:
    """Start or end a pause. `resolved_on` is the resolution before this change.

    Time between a resolution and a reopening counts as hold: nobody could work on the request then.
    """
    if new == "Paused":
        return replace(
            progress,
            on_hold_since=progress.on_hold_since if old == "Paused" else now,
            resolution_date=None,
            resolution_time=None,
        )
    since = progress.on_hold_since if old == "Paused" else None
    if old == "Resolved" and new == "Open":
        since = resolved_on
    held = working_seconds(since, now, calendar) if since else 0
    return replace(progress, on_hold_since=None, total_hold_time=progress.total_hold_time + held)


def with_targets(progress: Progress, target: Target, calendar: Calendar) -> Progress:
    """Compute both deadlines. Hold time lengthens the work allowed for the resolution; it does not shift the start."""
    resolution_by = None
    if target.resolution is not None:
        resolution_by = due_at(progress.started, target.resolution + progress.total_hold_time, calendar)
    return replace(
        progress, response_by=due_at(progress.started, target.response, calendar), resolution_by=resolution_by
    )


def agreement_status(progress: Progress, now: datetime, *, tracked: bool) -> str:
    """Say where the promise stands. A missed deadline weighs more than a pause."""
    if progress.response_by and progress.response_by < (progress.first_responded_on or now):
        return FAILED
    if tracked and progress.resolution_by and progress.resolution_by < (progress.resolution_date or now):
        return FAILED
    if progress.on_hold_since:
        return PAUSED
    if not progress.first_responded_on:
        return FIRST_RESPONSE_DUE
    if tracked and not progress.resolution_date:
        return RESOLUTION_DUE
    return FULFILLED
