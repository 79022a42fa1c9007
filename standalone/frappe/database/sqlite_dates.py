"""What MySQL does with dates and times, for SQLite: the clock, parts, arithmetic and formats.

Dates go in and out as text in the form the database stores: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS[.ffffff]`. "Now" is the
site's clock, the same one `frappe.utils.now` shows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache, wraps
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frappe.database.sqlite_texts import text
from frappe.database.values import as_text, parse_datetime, parse_time

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
COMPOUND_UNITS = {
    "year_month": ("year", "month"),
    "day_hour": ("day", "hour"),
    "day_minute": ("day", "hour", "minute"),
    "day_second": ("day", "hour", "minute", "second"),
    "hour_minute": ("hour", "minute"),
    "hour_second": ("hour", "minute", "second"),
    "minute_second": ("minute", "second"),
}
"""What the numbers of an amount such as `'1 12:30'` count, by its unit."""


def site_now() -> datetime:
    """Return the present moment on the site's clock."""
    from frappe.utils import now_datetime

    moment: datetime = now_datetime()
    return moment


# -- reading arguments ------------------------------------------------------------------------------------------------


def to_datetime(value: Any) -> datetime | None:
    """Read a stored date or datetime; None for anything else."""
    if value is None:
        return None
    if isinstance(value, (int, float)):
        value = str(int(value))
    return parse_datetime(value)


def to_duration(value: Any) -> timedelta | None:
    """Read a stored time of day (or a duration such as `30:00:00`)."""
    if value is None:
        return None
    moment = parse_datetime(value) if isinstance(value, str) and "-" in value[1:] else None
    if moment:
        return moment - datetime.combine(moment.date(), time())
    return parse_time(value)


def on_datetime(function: Callable[[datetime], Any]) -> Callable[..., Any]:
    """Wrap a function of one datetime, so that it takes stored text and passes NULL through."""

    @wraps(function)
    def wrapper(value: Any, *rest: Any) -> Any:
        moment = to_datetime(value)
        return None if moment is None else function(moment, *rest)

    return wrapper


# -- the clock --------------------------------------------------------------------------------------------------------


def now(*_precision: Any) -> str:
    return as_text(site_now().replace(microsecond=0))


def curdate() -> str:
    return site_now().date().isoformat()


def curtime(*_precision: Any) -> str:
    return site_now().strftime("%H:%M:%S")


def utc_timestamp(*_precision: Any) -> str:
    from datetime import timezone

    return as_text(datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0))


def unix_timestamp(value: Any = ...) -> int | float | None:
    """Return the seconds since 1970 of a moment on the site's clock."""
    from frappe.utils import get_system_timezone

    moment = site_now().replace(microsecond=0) if value is ... else to_datetime(value)
    if moment is None:
        return None
    seconds = moment.replace(tzinfo=_zone(get_system_timezone())).timestamp()
    return int(seconds) if seconds == int(seconds) else seconds


def from_unixtime(seconds: Any, pattern: str | None = None) -> str | None:
    from frappe.utils import get_system_timezone

    if seconds is None:
        return None
    moment = datetime.fromtimestamp(float(seconds), _zone(get_system_timezone())).replace(tzinfo=None)
    return date_format(moment, pattern) if pattern else as_text(moment)


def _zone(name: Any) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name) if isinstance(name, str) else name


# -- parts of dates ---------------------------------------------------------------------------------------------------


def week_of(moment: datetime | date, mode: int = 0) -> int:
    """Return MySQL's `week(date, mode)`."""
    return _week(moment, mode)[1]


def _week(moment: datetime | date, mode: int) -> tuple[int, int]:
    day = moment.date() if isinstance(moment, datetime) else moment
    monday_first, first_has_four_days = bool(mode & 1), mode in (1, 3, 4, 6)
    zero_based = mode in (0, 1, 4, 5)
    year, start = day.year, _first_week(day.year, monday_first, first_has_four_days)
    if day < start:
        if zero_based:
            return year, 0
        year, start = year - 1, _first_week(year - 1, monday_first, first_has_four_days)
    elif not zero_based and day >= _first_week(year + 1, monday_first, first_has_four_days):
        return year + 1, 1
    return year, (day - start).days // 7 + 1


def _first_week(year: int, monday_first: bool, four_days: bool) -> date:
    """Return the day on which week 1 of `year` begins."""
    new_year = date(year, 1, 1)
    offset = new_year.weekday() if monday_first else (new_year.weekday() + 1) % 7
    start = new_year - timedelta(days=offset)
    counts = offset <= 3 if four_days else offset == 0
    return start if counts else start + timedelta(days=7)


def yearweek(moment: datetime, mode: int = 0) -> int:
    year, week = _week(moment, mode | 2 if mode in (0, 1) else mode)
    return year * 100 + week


def time_part(seconds_per_unit: int, modulo: int) -> Callable[[Any], int | None]:
    def part(value: Any) -> int | None:
        duration = to_duration(value)
        return None if duration is None else int(duration.total_seconds()) // seconds_per_unit % modulo

    return part


def microsecond(value: Any) -> int | None:
    duration = to_duration(value)
    return None if duration is None else duration.microseconds


def period_diff(later: Any, earlier: Any) -> int:
    """Return the months between two periods such as 202401."""
    return _months(int(later)) - _months(int(earlier))


def period_add(period: Any, months: Any) -> int:
    """Return the period so many months after another, such as 202401."""
    year, month = divmod(_months(int(period)) + int(months) - 1, 12)
    return year * 100 + month + 1


def makedate(year: Any, day: Any) -> str | None:
    """Return the date of a day of a year; days beyond its end are in the next."""
    if int(day) < 1:
        return None
    return (date(int(year), 1, 1) + timedelta(days=int(day) - 1)).isoformat()


def maketime(hours: Any, minutes: Any, seconds: Any) -> str | None:
    if not (0 <= int(minutes) < 60 and 0 <= float(seconds) < 60):
        return None
    length = timedelta(hours=abs(int(hours)), minutes=int(minutes), seconds=float(seconds))
    return as_text(-length if int(hours) < 0 else length)


def from_days(number: Any) -> str | None:
    """Return the date that `to_days` counts as `number`."""
    days = int(number) - 365
    return date.fromordinal(days).isoformat() if 0 < days <= date.max.toordinal() else None


def convert_tz(value: Any, source: Any, target: Any) -> str | None:
    """Return a moment of one time zone on the clock of another; zones are names or offsets such as `+02:00`."""
    moment, old, new = to_datetime(value), _asked_zone(source), _asked_zone(target)
    if moment is None or old is None or new is None:
        return None
    return as_text(moment.replace(tzinfo=old).astimezone(new).replace(tzinfo=None))


def _asked_zone(name: Any) -> tzinfo | None:
    offset = re.fullmatch(r"([+-])(\d{1,2}):(\d{2})", str(name))
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _months(period: int) -> int:
    year, month = divmod(period, 100)
    return year * 12 + month


def last_day(moment: datetime) -> str:
    return date(moment.year, moment.month, monthrange(moment.year, moment.month)[1]).isoformat()


def date_of(value: Any, *modifiers: Any) -> str | None:
    moment = to_datetime(value)
    return moment.date().isoformat() if moment else None


def timestamp(value: Any, extra: Any = None) -> str | None:
    """Return a datetime made of a date (or datetime) and an optional time that is added."""
    moment = to_datetime(value)
    duration = to_duration(extra)
    if moment is None:
        return None
    return as_text(moment + duration if duration else moment)


def time_of(value: Any, *modifiers: Any) -> str | None:
    duration = to_duration(value)
    return as_text(duration) if duration is not None else None


# -- arithmetic with dates --------------------------------------------------------------------------------------------


def shift(moment: datetime, amount: float, unit: str) -> datetime:
    """Add `amount` units; a month's end stays a month's end (31 January + 1 month is 28 or 29 February)."""
    if unit in MONTHS:
        total = moment.year * 12 + moment.month - 1 + int(amount) * MONTHS[unit]
        year, month = divmod(total, 12)
        return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
    if unit == "microsecond":
        return moment + timedelta(microseconds=int(amount))
    return moment + timedelta(seconds=amount * SECONDS[unit])


def date_add(value: Any, amount: Any, unit: Any = "day") -> str | None:
    """Return `value + interval amount unit`: a date stays a date when whole days or more are added."""
    return _moved(value, amount, str(unit).lower(), 1)


def date_sub(value: Any, amount: Any, unit: Any = "day") -> str | None:
    return _moved(value, amount, str(unit).lower(), -1)


def _moved(value: Any, amount: Any, unit: str, sign: int) -> str | None:
    moment = to_datetime(value)
    if moment is None or amount is None:
        return None
    try:
        for part, number in _steps(amount, unit):
            moment = shift(moment, sign * number, part)
    except (ValueError, OverflowError):
        return None
    only_date = isinstance(value, str) and len(value) == 10 and unit in ("day", "week", "year_month", *MONTHS)
    return moment.date().isoformat() if only_date else as_text(moment)


def _steps(amount: Any, unit: str) -> list[tuple[str, float]]:
    """Return `[(unit, number)]`; the numbers of `'2:30' hour_minute` stand for its last units."""
    parts = COMPOUND_UNITS.get(unit)
    if parts is None:
        return [(unit, float(amount))]
    sign = -1 if text(amount).strip().startswith("-") else 1
    numbers = [sign * int(number) for number in re.findall(r"\d+", text(amount))]
    if len(numbers) > len(parts):
        raise ValueError(f"{amount} has more parts than {unit}.")
    return list(zip(parts[len(parts) - len(numbers) :], numbers, strict=True))


def timestampadd(unit: str, amount: Any, value: Any) -> str | None:
    return date_add(value, amount, unit)


def timestampdiff(unit: str, start: Any, end: Any) -> int | None:
    """Return the whole units from `start` to `end`, negative when `end` is earlier."""
    first, last = to_datetime(start), to_datetime(end)
    if first is None or last is None:
        return None
    unit = unit.lower()
    if unit in MONTHS:
        return _whole(_months_between(first, last), MONTHS[unit])
    microseconds = (last - first) // timedelta(microseconds=1)
    return microseconds if unit == "microsecond" else _whole(microseconds, SECONDS[unit] * 1_000_000)


def _whole(amount: int, size: int) -> int:
    return amount // size if amount >= 0 else -(-amount // size)


def _months_between(first: datetime, last: datetime) -> int:
    if last < first:
        return -_months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    early = (last.day, last.time()) < (first.day, first.time())
    return months - 1 if early else months


def datediff(end: Any, start: Any) -> int | None:
    last, first = to_datetime(end), to_datetime(start)
    return None if last is None or first is None else (last.date() - first.date()).days


def timediff(end: Any, start: Any) -> str | None:
    """Moments are taken from moments and times from times; of one of each there is no difference."""
    last, first = (
        to_datetime(value) if isinstance(value, str) and "-" in value[1:] else to_duration(value)
        for value in (end, start)
    )
    if isinstance(last, datetime) and isinstance(first, datetime):
        return as_text(last - first)
    if isinstance(last, timedelta) and isinstance(first, timedelta):
        return as_text(last - first)
    return None


def shifted_time(sign: int) -> Callable[[Any, Any], str | None]:
    """Make `addtime` (sign 1) or `subtime` (-1): a time of day or a moment, moved by a span of time."""

    def shift(value: Any, span: Any) -> str | None:
        is_moment = isinstance(value, str) and "-" in value[1:]
        start: datetime | timedelta | None = to_datetime(value) if is_moment else to_duration(value)
        by = to_duration(span)
        return None if start is None or by is None else as_text(start + sign * by)

    return shift


def to_days(moment: datetime) -> int:
    return moment.date().toordinal() + 365


def to_seconds(moment: datetime) -> int:
    return to_days(moment) * 86400 + moment.hour * 3600 + moment.minute * 60 + moment.second


def time_to_sec(value: Any) -> int | None:
    duration = to_duration(value)
    return None if duration is None else int(duration.total_seconds())


def sec_to_time(seconds: Any) -> str | None:
    return None if seconds is None else as_text(timedelta(seconds=float(seconds)))


# -- formatting -------------------------------------------------------------------------------------------------------


def _ordinal(day: int) -> str:
    suffix = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"


FORMATS: dict[str, Callable[[datetime], str]] = {
    "a": lambda moment: moment.strftime("%a"),
    "b": lambda moment: moment.strftime("%b"),
    "c": lambda moment: str(moment.month),
    "D": lambda moment: _ordinal(moment.day),
    "d": lambda moment: f"{moment.day:02d}",
    "e": lambda moment: str(moment.day),
    "f": lambda moment: f"{moment.microsecond:06d}",
    "H": lambda moment: f"{moment.hour:02d}",
    "h": lambda moment: f"{moment.hour % 12 or 12:02d}",
    "I": lambda moment: f"{moment.hour % 12 or 12:02d}",
    "i": lambda moment: f"{moment.minute:02d}",
    "j": lambda moment: f"{moment.timetuple().tm_yday:03d}",
    "k": lambda moment: str(moment.hour),
    "l": lambda moment: str(moment.hour % 12 or 12),
    "M": lambda moment: moment.strftime("%B"),
    "m": lambda moment: f"{moment.month:02d}",
    "p": lambda moment: "AM" if moment.hour < 12 else "PM",
    "r": lambda moment: f"{moment.hour % 12 or 12:02d}:{moment:%M:%S} {'AM' if moment.hour < 12 else 'PM'}",
    "S": lambda moment: f"{moment.second:02d}",
    "s": lambda moment: f"{moment.second:02d}",
    "T": lambda moment: moment.strftime("%H:%M:%S"),
    "U": lambda moment: f"{week_of(moment, 0):02d}",
    "u": lambda moment: f"{week_of(moment, 1):02d}",
    "V": lambda moment: f"{week_of(moment, 2):02d}",
    "v": lambda moment: f"{week_of(moment, 3):02d}",
    "W": lambda moment: moment.strftime("%A"),
    "w": lambda moment: str((moment.weekday() + 1) % 7),
    "X": lambda moment: f"{_week(moment, 2)[0]:04d}",
    "x": lambda moment: f"{_week(moment, 3)[0]:04d}",
    "Y": lambda moment: f"{moment.year:04d}",
    "y": lambda moment: f"{moment.year % 100:02d}",
}


@lru_cache(maxsize=256)
def _format_parts(pattern: str) -> tuple[str | Callable[[datetime], str], ...]:
    parts = re.split(r"%(.)", pattern)
    return tuple(
        part if index % 2 == 0 else FORMATS.get(part, part) for index, part in enumerate(parts) if part or index % 2
    )


def date_format(value: Any, pattern: Any) -> str | None:
    """Format a moment with MySQL's `%` letters."""
    moment = value if isinstance(value, datetime) else to_datetime(value)
    if moment is None or pattern is None:
        return None
    return "".join(part if isinstance(part, str) else part(moment) for part in _format_parts(str(pattern)))


PARSE_LETTERS = {
    "i": "%M",
    "s": "%S",
    "S": "%S",
    "M": "%B",
    "c": "%m",
    "e": "%d",
    "k": "%H",
    "h": "%I",
    "l": "%I",
    "W": "%A",
}


def str_to_date(value: Any, pattern: Any) -> str | None:
    """Read text by a MySQL pattern; NULL when it does not fit."""
    if value is None or pattern is None:
        return None
    python = re.sub(r"%(.)", lambda match: PARSE_LETTERS.get(match[1], match[0]), str(pattern))
    python = python.replace("%T", "%H:%M:%S")
    try:
        moment = datetime.strptime(str(value), python)
    except ValueError:
        return None
    has_time = bool(re.search(r"%[HIMSfp]", python))
    return as_text(moment) if has_time else moment.date().isoformat()
