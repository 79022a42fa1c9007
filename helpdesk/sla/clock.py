"""Arithmetic in working time. Moments are naive and in the site's time zone; durations are seconds."""

from datetime import datetime, timedelta

from helpdesk.sla.calendar import ONE_DAY, Calendar


def due_at(start: datetime, seconds: float, calendar: Calendar) -> datetime:
    """Return when `seconds` of open hours will have passed since `start`.

    A `start` outside open hours counts from the next opening. An exact fit ends at that day's closing, not at the
    next opening. Nothing to wait for means `start` itself. Raises NoOpenHours if the calendar never opens.
    """
    remaining = timedelta(seconds=seconds)
    if remaining <= timedelta():
        return start
    for opens, closes in calendar.windows_from(start.date()):
        begin = max(opens, start)
        if begin >= closes:
            continue
        if begin + remaining <= closes:
            return begin + remaining
        remaining -= closes - begin
    raise AssertionError("windows_from never ends")


def working_seconds(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Return the seconds of open hours between two moments; 0 when `start` is not before `end`.

    Fractions of a second are dropped on both sides.
    """
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    total = timedelta()
    day = start.date()
    while start < end and day <= end.date():
        window = calendar.window(day)
        if window is not None:
            total += max(min(window[1], end) - max(window[0], start), timedelta())
        day += ONE_DAY
    return int(total.total_seconds())
