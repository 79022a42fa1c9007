"""Calendar arithmetic: naive dates and times in the time zone of the site.

Everything here takes and gives naive local time of System Settings' `time_zone`; only the functions whose name says
so deal with aware datetimes. How dates look to people is in `date_formats`.
"""

from __future__ import annotations

import calendar
import datetime
import re
import time as time_module
from typing import Any, Literal, NoReturn, overload
from zoneinfo import ZoneInfo

from frappe.context import is_active, local
from frappe.exceptions import ValidationError
from frappe.utils.refusals import refuse
from frappe.utils.site_settings import FALLBACK_TIME_ZONE, system_setting

DATE_FORMAT = "%Y-%m-%d"
TIME_FORMAT = "%H:%M:%S.%f"
DATETIME_FORMAT = f"{DATE_FORMAT} {TIME_FORMAT}"

DateTimeLikeObject = str | datetime.date | datetime.datetime | None

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EMPTY_DATES = ("0001-01-01", "0000-00-00")
LONGEST_DATE_TEXT = 128

_CLOCK = re.compile(
    r"^\s*(?P<sign>-?)(?:(?P<days>\d+) days?, )?(?P<h>\d+):(?P<m>\d{1,2})(?::(?P<s>\d{1,2}(?:\.\d+)?))?\s*$"
)


class UnreadableDate(ValidationError, ValueError):
    """Text that is no date or time, or a moment outside of the years 1 to 9999."""


# -- now --------------------------------------------------------------------------------------------------------------


def get_system_timezone() -> str:
    """Return the name of the site's time zone."""
    return system_setting("time_zone") or (is_active() and local.conf.time_zone) or FALLBACK_TIME_ZONE


def now_datetime() -> datetime.datetime:
    """Return the current moment, naive, in the site's time zone."""
    return datetime.datetime.now(ZoneInfo(get_system_timezone())).replace(tzinfo=None)


def now() -> str:
    """Return the current moment as text; `flags.current_date` replaces the date part."""
    moment = now_datetime()
    current_date = local.flags.current_date if is_active() else None
    if current_date:
        return f"{get_date_str(current_date)} {moment.time().isoformat('microseconds')}"
    return get_datetime_str(moment)


def nowdate() -> str:
    """Return today's date as text."""
    return now_datetime().date().isoformat()


def today() -> str:
    """Return today's date as text."""
    return nowdate()


def nowtime() -> str:
    """Return the current time of day as text with microseconds."""
    return now_datetime().time().isoformat("microseconds")


def get_datetime_in_timezone(time_zone: str) -> datetime.datetime:
    """Return the current moment, aware, in `time_zone`."""
    return convert_utc_to_timezone(datetime.datetime.now(datetime.UTC), time_zone)


def convert_utc_to_timezone(utc_timestamp: datetime.datetime, time_zone: str) -> datetime.datetime:
    """Return a UTC moment (naive or aware) as an aware datetime in `time_zone`; an unknown zone leaves it in UTC."""
    if utc_timestamp.tzinfo is None:
        utc_timestamp = utc_timestamp.replace(tzinfo=datetime.UTC)
    try:
        return utc_timestamp.astimezone(ZoneInfo(time_zone))
    except (KeyError, ValueError, OSError):  # unknown, malformed or a folder of the zone database
        return utc_timestamp


def convert_utc_to_system_timezone(utc_timestamp: datetime.datetime) -> datetime.datetime:
    """Return a UTC moment as an aware datetime in the site's time zone."""
    return convert_utc_to_timezone(utc_timestamp, get_system_timezone())


# -- reading ----------------------------------------------------------------------------------------------------------


def is_invalid_date_string(date_string: Any) -> bool:
    """Tell whether a value stands for "no date": anything but text, empty text, or one of the zero dates."""
    return not isinstance(date_string, str) or not date_string or date_string.startswith(EMPTY_DATES)


@overload
def getdate(string_date: datetime.date | None = None, parse_day_first: bool = False) -> datetime.date: ...
@overload
def getdate(string_date: Any, parse_day_first: bool = False) -> datetime.date | None: ...
def getdate(string_date: Any = None, parse_day_first: bool = False) -> datetime.date | None:
    """Return the date of a date, datetime or text; today for nothing, None for a zero date.

    Raises UnreadableDate (a ValidationError) for anything else.
    """
    if not string_date:
        return now_datetime().date()
    if isinstance(string_date, datetime.datetime):
        return string_date.date()
    if isinstance(string_date, datetime.date):
        return string_date
    if isinstance(string_date, str) and string_date.startswith(EMPTY_DATES):
        return None
    return _parse(string_date, "date", parse_day_first).date()


def get_datetime(datetime_str: Any = None) -> Any:
    """Return a datetime for a date, datetime or text; now for None, None for empty text and zero dates.

    Timedeltas come back as they are. There is no conversion between time zones. Raises UnreadableDate.
    """
    if datetime_str is None:
        return now_datetime()
    if isinstance(datetime_str, datetime.datetime | datetime.timedelta):
        return datetime_str
    if isinstance(datetime_str, datetime.date):
        return datetime.datetime.combine(datetime_str, datetime.time())
    if isinstance(datetime_str, list | tuple):
        return datetime.datetime(*datetime_str)
    if isinstance(datetime_str, str) and is_invalid_date_string(datetime_str):
        return None
    return _parse(datetime_str, "date and time")


def _parse(value: Any, kind: str, day_first: bool = False) -> datetime.datetime:
    if not isinstance(value, str) or len(value) > LONGEST_DATE_TEXT:
        _refuse_date(value, kind)
    try:
        return datetime.datetime.fromisoformat(value)
    except ValueError:
        return _parse_loosely(value, kind, day_first)


def _parse_loosely(text: str, kind: str, day_first: bool) -> datetime.datetime:
    from dateutil import parser

    midnight = now_datetime().replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        return parser.parse(text, default=midnight, dayfirst=day_first)
    except (ValueError, OverflowError, TypeError):
        _refuse_date(text, kind)


def _refuse_date(value: Any, kind: str) -> NoReturn:
    from frappe.translate import _
    from frappe.utils.strings import escape_html

    shown = escape_html(str(value)[:LONGEST_DATE_TEXT])
    refuse(_("{0} is not a valid {1}.").format(shown, _(kind)), UnreadableDate, title=_("Invalid Date"))


def get_time(time_str: Any) -> datetime.time:
    """Return the time of day of a datetime, time, timedelta or text."""
    if isinstance(time_str, datetime.datetime):
        return time_str.time()
    if isinstance(time_str, datetime.time):
        return time_str
    if isinstance(time_str, datetime.timedelta):
        return (datetime.datetime.min + time_str).time()
    return _parse(time_str, "time").time()


def to_timedelta(time_str: Any) -> Any:
    """Return a timedelta for a time or a text such as `26:30:00`; other values unchanged."""
    if isinstance(time_str, datetime.timedelta):
        return time_str
    if isinstance(time_str, datetime.time):
        return _since_midnight(time_str)
    if not isinstance(time_str, str):
        return time_str
    clock = _CLOCK.match(time_str)
    return _clock_timedelta(clock) if clock else _since_midnight(_parse(time_str, "time").time())


def _clock_timedelta(clock: re.Match[str]) -> datetime.timedelta:
    try:
        length = datetime.timedelta(
            days=int(clock["days"] or 0),
            hours=int(clock["h"]),
            minutes=int(clock["m"]),
            seconds=float(clock["s"] or 0),
        )
    except OverflowError:
        _refuse_date(clock[0], "time")
    return -length if clock["sign"] else length


def _since_midnight(time: datetime.time) -> datetime.timedelta:
    return datetime.timedelta(hours=time.hour, minutes=time.minute, seconds=time.second, microseconds=time.microsecond)


def get_timedelta(time: str | None = None) -> datetime.timedelta | None:
    """Return a timedelta for text, midnight's for nothing, None if the text cannot be read."""
    try:
        length: datetime.timedelta = to_timedelta(time or "0:00:00")
    except UnreadableDate:
        return None
    return length


parse_timedelta = to_timedelta


# -- writing ----------------------------------------------------------------------------------------------------------


def get_datetime_str(datetime_obj: Any) -> str:
    """Return `YYYY-MM-DD HH:MM:SS.ffffff`."""
    moment = get_datetime(datetime_obj)
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")  # type: ignore[no-any-return]


def get_date_str(date_obj: Any) -> str:
    """Return `YYYY-MM-DD`."""
    return _date(date_obj).isoformat()


def get_time_str(timedelta_obj: Any) -> str:
    """Return `H:MM:SS` of a timedelta, time or text."""
    length = to_timedelta(timedelta_obj)
    return str(length)


def get_timestamp(date: Any = None) -> float:
    """Return the seconds since 1970 of a date's midnight, by the clock of this machine."""
    return time_module.mktime(_date(date).timetuple())


# -- arithmetic -------------------------------------------------------------------------------------------------------


@overload
def add_to_date(
    date: str,
    years: int = 0,
    months: int = 0,
    weeks: float = 0,
    days: float = 0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    as_string: bool = False,
    as_datetime: bool = False,
) -> str: ...


@overload
def add_to_date(
    date: Any,
    years: int = 0,
    months: int = 0,
    weeks: float = 0,
    days: float = 0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    *,
    as_string: Literal[True],
    as_datetime: bool = False,
) -> str: ...


@overload
def add_to_date(
    date: Any,
    years: int = 0,
    months: int = 0,
    weeks: float = 0,
    days: float = 0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    as_string: bool = False,
    as_datetime: bool = False,
) -> Any: ...


def add_to_date(
    date: Any,
    years: int = 0,
    months: int = 0,
    weeks: float = 0,
    days: float = 0,
    hours: float = 0,
    minutes: float = 0,
    seconds: float = 0,
    as_string: bool = False,
    as_datetime: bool = False,
) -> Any:
    """Return a moment moved by the given amounts, in the type it came in; None means now.

    Months and years clip at the end of a month (31 January + 1 month is the last of February). Text in gives text out:
    a date, or a date and time if the input has a blank, hours are added, or `as_datetime` is set.
    Raises UnreadableDate for garbage and for results outside of the years 1 to 9999.
    """
    if isinstance(date, str):
        as_string = True
        as_datetime = as_datetime or bool(hours) or " " in date
    start = _start_of(date)
    length = datetime.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not isinstance(start, datetime.datetime) and (hours or minutes or seconds):
        start = datetime.datetime.combine(start, datetime.time())
    try:
        result = _shift_months(start, int(years) * 12 + int(months)) + length
    except (OverflowError, ValueError):
        _refuse_date(f"{start} + {years}-{months} {length}", "date")
    if not as_string:
        return result
    return get_datetime_str(result) if as_datetime else get_date_str(result)


def _start_of(date: Any) -> datetime.date:
    if date is None:
        return now_datetime()
    if isinstance(date, datetime.date):
        return date
    return _moment(date)


def _shift_months(start: datetime.date, months: int) -> datetime.date:
    if not months:
        return start
    year, month_index = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise OverflowError(year)
    day = min(start.day, calendar.monthrange(year, month_index + 1)[1])
    return start.replace(year=year, month=month_index + 1, day=day)


def add_days(date: Any, days: float) -> Any:
    """Return `date` moved by days, in the type it came in."""
    return add_to_date(date, days=days)


def add_months(date: Any, months: int) -> Any:
    """Return `date` moved by months, in the type it came in."""
    return add_to_date(date, months=months)


def add_years(date: Any, years: int) -> Any:
    """Return `date` moved by years, in the type it came in."""
    return add_to_date(date, years=years)


def _date(value: Any) -> datetime.date:
    date: datetime.date | None = getdate(value)
    if date is None:
        _refuse_date(value, "date")
    return date


def _moment(value: Any) -> datetime.datetime:
    moment = get_datetime(value)
    if not isinstance(moment, datetime.datetime):
        _refuse_date(value, "date and time")
    return moment


def date_diff(string_ed_date: Any, string_st_date: Any) -> int:
    """Return the days from the second date to the first."""
    return (_date(string_ed_date) - _date(string_st_date)).days


def days_diff(string_ed_date: Any, string_st_date: Any) -> int:
    """Return the days from the second date to the first."""
    return date_diff(string_ed_date, string_st_date)


def month_diff(string_ed_date: Any, string_st_date: Any) -> int:
    """Return how many calendar months two dates touch: 1 within the same month."""
    end, start = _date(string_ed_date), _date(string_st_date)
    return (end.year - start.year) * 12 + end.month - start.month + 1


def time_diff(string_ed_date: Any, string_st_date: Any) -> datetime.timedelta:
    """Return the time from the second moment to the first."""
    return _moment_or_length(string_ed_date) - _moment_or_length(string_st_date)  # type: ignore[no-any-return]


def _moment_or_length(value: Any) -> Any:
    return value if isinstance(value, datetime.timedelta) else _moment(value)


def time_diff_in_seconds(string_ed_date: Any, string_st_date: Any) -> float:
    """Return the seconds from the second moment to the first."""
    return time_diff(string_ed_date, string_st_date).total_seconds()


def time_diff_in_hours(string_ed_date: Any, string_st_date: Any) -> float:
    """Return the hours from the second moment to the first, to six digits."""
    return round(time_diff_in_seconds(string_ed_date, string_st_date) / 3600, 6)


# -- periods ----------------------------------------------------------------------------------------------------------


def get_first_day(dt: Any, d_years: int = 0, d_months: int = 0, as_str: bool = False) -> Any:
    """Return the first day of the month of `dt`, moved by years and months."""
    first = _shift(_date(dt).replace(day=1), int(d_years) * 12 + int(d_months))
    return first.isoformat() if as_str else first


def _shift(date: datetime.date, months: int) -> datetime.date:
    try:
        return _shift_months(date, months)
    except OverflowError:
        _refuse_date(f"{date} + {months} months", "date")


def get_last_day(dt: Any) -> datetime.date:
    """Return the last day of the month of `dt`."""
    date = _date(dt)
    return date.replace(day=calendar.monthrange(date.year, date.month)[1])


def is_last_day_of_the_month(date: Any) -> bool:
    """Tell whether `date` is the last day of its month."""
    return _date(date) == get_last_day(date)


def get_first_day_of_the_week() -> str:
    """Return the English name of the weekday on which weeks begin on this site."""
    return system_setting("first_day_of_the_week") or "Sunday"


def get_start_of_week_index() -> int:
    """Return the weekday on which weeks begin, Monday being 0."""
    name = get_first_day_of_the_week()
    return WEEKDAYS.index(name) if name in WEEKDAYS else WEEKDAYS.index("Sunday")


def get_first_day_of_week(dt: Any, as_str: bool = False) -> Any:
    """Return the first day of the week of `dt`."""
    date = _date(dt)
    first = date - datetime.timedelta(days=(date.weekday() - get_start_of_week_index()) % 7)
    return first.isoformat() if as_str else first


def get_last_day_of_week(dt: Any, as_str: bool = False) -> Any:
    """Return the last day of the week of `dt`."""
    last = get_first_day_of_week(dt) + datetime.timedelta(days=6)
    return last.isoformat() if as_str else last


def get_quarter_start(dt: Any, as_str: bool = False) -> Any:
    """Return the first day of the calendar quarter of `dt`."""
    date = _date(dt)
    first = date.replace(month=(date.month - 1) // 3 * 3 + 1, day=1)
    return first.isoformat() if as_str else first


def get_quarter_ending(date: Any, as_str: bool = False) -> Any:
    """Return the last day of the calendar quarter of `date`."""
    first: datetime.date = get_quarter_start(date)
    last = get_last_day(first.replace(month=first.month + 2))
    return last.isoformat() if as_str else last


def get_year_start(dt: Any, as_str: bool = False) -> Any:
    """Return 1 January of the year of `dt`."""
    first = _date(dt).replace(month=1, day=1)
    return first.isoformat() if as_str else first


def get_year_ending(date: Any, as_str: bool = False) -> Any:
    """Return 31 December of the year of `date`."""
    last = _date(date).replace(month=12, day=31)
    return last.isoformat() if as_str else last


def get_weekday(datetime: Any = None) -> str:
    """Return the English name of the weekday of a date, today's by default."""
    return WEEKDAYS[_date(datetime).weekday()]


def get_weekdays() -> list[str]:
    """Return the English names of the weekdays, Monday first."""
    return list(WEEKDAYS)


def get_month(dt: Any) -> str:
    """Return the English name of the month of a date."""
    return calendar.month_name[_date(dt).month]


def get_timespan_date_range(timespan: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and last day of a named period such as `last week` or `next 30 days`; None for another name.

    "Last" and "next" weeks, months, quarters and years are whole calendar ones beside the current; `last 6 months` is
    the six whole months before this one. Spans of days end (or begin) today.
    """
    day = now_datetime().date()
    words = timespan.lower().split()
    if timespan.lower() in _SINGLE_DAYS:
        only = day + datetime.timedelta(days=_SINGLE_DAYS[timespan.lower()])
        return only, only
    if len(words) == 2 and words[0] in _STEPS and words[1] in _PERIODS:
        return _period(day, words[1], _STEPS[words[0]])
    if len(words) == 3 and words[0] in ("last", "next"):
        return _counted_period(day, words)
    return None


_SINGLE_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}
_PERIODS = ("week", "month", "quarter", "year")
_COUNTED_DAYS = {"7", "14", "30", "90"}


def _period(day: datetime.date, unit: str, step: int) -> tuple[datetime.date, datetime.date]:
    if unit == "week":
        inside = day + datetime.timedelta(weeks=step)
        return get_first_day_of_week(inside), get_last_day_of_week(inside)
    if unit == "month":
        inside = _shift(day.replace(day=1), step)
        return inside, get_last_day(inside)
    if unit == "quarter":
        inside = _shift(day.replace(day=1), 3 * step)
        return get_quarter_start(inside), get_quarter_ending(inside)
    inside = _shift(day.replace(day=1), 12 * step)
    return get_year_start(inside), get_year_ending(inside)


def _counted_period(day: datetime.date, words: list[str]) -> tuple[datetime.date, datetime.date] | None:
    direction, count, unit = words
    if unit == "days" and count in _COUNTED_DAYS:
        other = day + datetime.timedelta(days=int(count) * _STEPS[direction])
        return (other, day) if direction == "last" else (day, other)
    if unit == "months" and count in ("3", "6"):
        this_month = day.replace(day=1)
        if direction == "last":
            return _shift(this_month, -int(count)), get_last_day(_shift(this_month, -1))
        return _shift(this_month, 1), get_last_day(_shift(this_month, int(count)))
    return None
