"""How dates and times look to people: the formats of the site and the user, names from Babel in the user's language."""

from __future__ import annotations

import datetime
import re
from typing import Any

from frappe.utils.dates import _date, get_datetime, get_time, getdate, now_datetime
from frappe.utils.site_settings import system_setting, user_language

_TOKEN = re.compile(r"yyyy|yy|MM|mm|dd|HH|ss|[^a-zA-Z']")
_NUMERIC = re.compile(r"(?:yyyy|MM|dd|HH|mm|ss|[^a-zA-Z'])*")

DEFAULT_DATE_FORMAT = "yyyy-mm-dd"
DEFAULT_TIME_FORMAT = "HH:mm:ss"


def get_user_date_format() -> str:
    """Return the date format of the site, such as `dd-mm-yyyy` (months are written `mm`)."""
    return system_setting("date_format") or DEFAULT_DATE_FORMAT


def get_user_time_format() -> str:
    """Return the time format of the site, such as `HH:mm`."""
    return system_setting("time_format") or DEFAULT_TIME_FORMAT


def formatdate(string_date: Any = None, format_string: str | None = None, parse_day_first: bool = False) -> str:
    """Return a date as people read it; "" for nothing.

    `format_string` is a Babel pattern (`mm` after `dd` or before `yyyy` may stand for the month) or one of its names
    short, medium, long and full; the site's format by default.
    """
    if not string_date:
        return ""
    date = getdate(string_date, parse_day_first)
    if date is None:
        return ""
    pattern = (format_string or get_user_date_format()).replace("mm", "MM").replace("Y", "y")
    if _NUMERIC.fullmatch(pattern):
        return _write(pattern, datetime.datetime.combine(date, datetime.time()))
    from babel.dates import format_date as babel_format

    return babel_format(date, pattern, locale=babel_locale())


format_date = formatdate


def format_time(time_string: Any = None, format_string: str | None = None) -> str:
    """Return a time of day as people read it; "" for nothing."""
    if time_string is None or time_string == "":
        return ""
    time = get_time(time_string)
    pattern = format_string or get_user_time_format()
    if _NUMERIC.fullmatch(pattern):
        return _write(pattern, datetime.datetime.combine(datetime.date.min, time))
    from babel.dates import format_time as babel_format

    return babel_format(time, pattern, locale=babel_locale())


def format_datetime(datetime_string: Any, format_string: str | None = None) -> str | None:
    """Return a moment as people read it; None for nothing."""
    if not datetime_string:
        return None
    moment = get_datetime(datetime_string)
    if moment is None:
        return None
    pattern = format_string or f"{get_user_date_format().replace('mm', 'MM')} {get_user_time_format()}"
    if _NUMERIC.fullmatch(pattern):
        return _write(pattern, moment)
    from babel.dates import format_datetime as babel_format

    return babel_format(moment, pattern, locale=babel_locale())


def _write(pattern: str, moment: datetime.datetime) -> str:
    parts = {
        "yyyy": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "MM": f"{moment.month:02d}",
        "dd": f"{moment.day:02d}",
        "HH": f"{moment.hour:02d}",
        "mm": f"{moment.minute:02d}",
        "ss": f"{moment.second:02d}",
    }
    return _TOKEN.sub(lambda token: parts.get(token[0], token[0]), pattern)


def babel_locale(lang: str | None = None) -> Any:
    """Return the Babel locale of a language, of the request by default; English when Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse((lang or user_language()).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def global_date_format(date: Any, format: str = "long") -> str:
    """Return a date with the name of its month, in the user's language."""
    from babel.dates import format_date as babel_format

    return babel_format(_date(date), format, locale=babel_locale())


def pretty_date(iso_datetime: Any) -> str:
    """Return how long ago (or ahead) a moment is, such as `5 minutes ago`; "" for nothing."""
    if not iso_datetime:
        return ""
    from babel.dates import format_timedelta

    distance = get_datetime(iso_datetime) - now_datetime()
    return format_timedelta(distance, add_direction=True, locale=babel_locale())


def guess_date_format(date_string: str) -> str | None:
    """Return the strftime format a date text follows, trying day first before month first; None if none fits."""
    candidates = ("%Y-%m-%d", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%b-%Y")
    times = ("", " %H:%M:%S.%f", " %H:%M:%S", " %H:%M")
    for candidate in (date + time for date in candidates for time in times):
        try:
            datetime.datetime.strptime(date_string.strip(), candidate)
        except ValueError:
            continue
        return candidate
    return None
