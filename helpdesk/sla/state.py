"""How pressing a promise is: what lists show as a colour, as functions on values."""

from datetime import datetime

from helpdesk.sla.calendar import Calendar
from helpdesk.sla.clock import due_at, working_seconds
from helpdesk.sla.progress import FAILED, FULFILLED, PAUSED, Progress, Target

ON_TRACK = "On Track"
WARNING = "Warning"
BREACHED = "Breached"
RUNNING = (ON_TRACK, WARNING)
"""The states that time alone can change."""


def warning_on(
    progress: Progress, target: Target, calendar: Calendar, share: float, *, tracked: bool
) -> datetime | None:
    """Return when `share` (0 to 1) of the working time for what is due first will be used up.

    None while nothing is due: paused, or both promises kept.
    """
    if progress.on_hold_since:
        return None
    moments = []
    if not progress.first_responded_on:
        moments.append(due_at(progress.started, target.response * share, calendar))
    if tracked and target.resolution is not None and not progress.resolution_date:
        moments.append(due_at(progress.started, target.resolution * share + progress.total_hold_time, calendar))
    return min(moments, default=None)


def sla_state(status: str, warns_on: datetime | None, now: datetime) -> str:
    """Return the state for an agreement status. `warns_on` is the result of `warning_on`."""
    if status == FAILED:
        return BREACHED
    if status in (PAUSED, FULFILLED):
        return status
    return WARNING if warns_on and warns_on <= now else ON_TRACK


def response_used(progress: Progress, target: Target, now: datetime, calendar: Calendar) -> float | None:
    """Return the share of the promised time that the first response took so far: 1 is all of it, 2 twice as long."""
    end = progress.first_responded_on or now
    return _share(working_seconds(progress.started, end, calendar), target.response)


def resolution_used(
    progress: Progress, target: Target, now: datetime, calendar: Calendar, *, tracked: bool
) -> float | None:
    """Return the same for the resolution, in which holds do not count; None when no resolution is promised."""
    end = progress.resolution_date or progress.on_hold_since or now
    spent = working_seconds(progress.started, end, calendar) - progress.total_hold_time
    return _share(max(spent, 0), target.resolution if tracked else None)


def _share(spent: float, promised: float | None) -> float | None:
    return spent / promised if promised else None
