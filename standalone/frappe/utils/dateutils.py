"""Dates in the formats people choose, and the periods of reports."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import frappe
from frappe import _
from frappe.utils.date_formats import DEFAULT_DATE_FORMAT, get_user_date_format
from frappe.utils.dates import (
    add_days,
    add_to_date,
    get_datetime,
    get_first_day,
    get_first_day_of_week,
    get_last_day,
    get_last_day_of_week,
    get_quarter_ending,
    get_quarter_start,
    get_year_ending,
    get_year_start,
    getdate,
)
from frappe.utils.site_settings import system_setting

dateformats = {
    "yyyy-mm-dd": "%Y-%m-%d",
    "mm/dd/yyyy": "%m/%d/%Y",
    "mm-dd-yyyy": "%m-%d-%Y",
    "mm/dd/yy": "%m/%d/%y",
    "dd-mmm-yyyy": "%d-%b-%Y",
    "dd-mm-yyyy": "%d-%m-%Y",
    "dd.mm.yyyy": "%d.%m.%Y",
    "dd/mm/yyyy": "%d/%m/%Y",
    "dd/mm/yy": "%d/%m/%y",
}
"""Formats of the System Settings, and others people write, as `strftime` spells them."""

PERIODS = ("Daily", "Weekly", "Monthly", "Quarterly", "Yearly")
SPANS = {
    "last week": (0, -1),
    "last month": (-1, 0),
    "last quarter": (-3, 0),
    "last 6 months": (-6, 0),
    "last year": (-12, 0),
}
"""Span → how many months and weeks it goes back."""
BEGINNINGS: dict[str, Callable[[Any], Any]] = {
    "Weekly": get_first_day_of_week,
    "Monthly": get_first_day,
    "Quarterly": get_quarter_start,
    "Yearly": get_year_start,
}
ENDINGS: dict[str, Callable[[Any], Any]] = {
    "Weekly": get_last_day_of_week,
    "Monthly": get_last_day,
    "Quarterly": get_quarter_ending,
    "Yearly": get_year_ending,
}


def user_to_str(date: str | None, date_format: str | None = None) -> str | None:
    """Return a date as people of the site write it (or in `date_format`) as `YYYY-MM-DD`. Raises ValueError."""
    if not date:
        return date
    pattern = dateformats[date_format or get_user_date_format()]
    return datetime.datetime.strptime(date, pattern).strftime("%Y-%m-%d")


def parse_date(date: str) -> str:
    """Return a date written in one of the known formats as `YYYY-MM-DD`, the site's format tried first.

    A time behind it is cut off. Raises ValidationError.
    """
    written = (date.split() or [""])[0]
    for pattern in (dateformats.get(get_user_date_format(), "%Y-%m-%d"), *dateformats.values()):
        try:
            return datetime.datetime.strptime(written, pattern).strftime("%Y-%m-%d")
        except ValueError:
            continue
    raise frappe.ValidationError(_("{0} is not a date that can be read.").format(date))


def datetime_in_user_format(date_time: Any) -> str:
    """Return a moment as people of the site write it, to the minute."""
    if not date_time:
        return ""
    moment = get_datetime(date_time)
    pattern = dateformats.get(system_setting("date_format") or DEFAULT_DATE_FORMAT, "%Y-%m-%d")
    return str(moment.strftime(f"{pattern} %H:%M"))


def get_dates_from_timegrain(from_date: Any, to_date: Any, timegrain: str = "Daily") -> list[datetime.date]:
    """Return the last days of the periods between two dates, each period a day, a week, a month and so on."""
    last = getdate(to_date)
    dates = [get_period_ending(getdate(from_date), timegrain)]
    while dates[-1] < last:
        dates.append(get_period_ending(add_days(dates[-1], 1), timegrain))
    return dates


def get_from_date_from_timespan(to_date: Any, timespan: str) -> datetime.date:
    """Return the first day of a span that ends on a date, such as `Last Quarter`."""
    if timespan.lower() not in SPANS:
        frappe.throw(_("{0} is not a span of time known here.").format(timespan))
    months, weeks = SPANS[timespan.lower()]
    first: datetime.date = getdate(add_to_date(getdate(to_date), months=months, weeks=weeks))
    return first


def get_period(date: Any, interval: str = "Monthly") -> str:
    """Return how the period of a date is called: `Week 12 2026`, `Mar 2026`, `Quarter 1 2026`, `2026`."""
    day = getdate(date)
    names: dict[str, str] = {
        "Daily": day.strftime("%Y-%m-%d"),
        "Weekly": f"{_('Week')} {day.isocalendar().week} {day.year}",
        "Monthly": f"{_(day.strftime('%b'))} {day.year}",
        "Quarterly": f"{_('Quarter')} {(day.month - 1) // 3 + 1} {day.year}",
        "Yearly": str(day.year),
    }
    return names[_known(interval)]


def get_period_beginning(date: Any, timegrain: str, as_str: bool = True) -> Any:
    """Return the first day of the period of a date."""
    day = getdate(BEGINNINGS.get(_known(timegrain), getdate)(getdate(date)))
    return day.strftime("%Y-%m-%d") if as_str else day


def get_period_ending(date: Any, timegrain: str) -> datetime.date:
    """Return the last day of the period of a date."""
    last: datetime.date = getdate(ENDINGS.get(_known(timegrain), getdate)(getdate(date)))
    return last


def _known(timegrain: str) -> str:
    if timegrain not in PERIODS:
        frappe.throw(_("{0} is not a period known here: {1}.").format(timegrain, ", ".join(PERIODS)))
    return timegrain


__all__ = [
    "dateformats",
    "datetime_in_user_format",
    "get_dates_from_timegrain",
    "get_from_date_from_timespan",
    "get_period",
    "get_period_beginning",
    "get_period_ending",
    "parse_date",
    "user_to_str",
]
