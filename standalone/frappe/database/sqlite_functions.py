"""The MySQL functions that SQLite lacks, registered on every connection.

Dates go in and out as text in the form the database stores: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS[.ffffff]`. As in MySQL,
a NULL or unreadable argument makes the result NULL. "Now" is the site's clock, the same one `frappe.utils.now` shows.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sqlite3
import uuid
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache, wraps
from typing import Any

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


def register(connection: sqlite3.Connection) -> None:
    """Make every function of this module known to `connection`."""
    for name, function in DETERMINISTIC.items():
        connection.create_function(name, _arity(name), function, deterministic=True)
    for name, function in CLOCKS.items():
        connection.create_function(name, -1, function)
    connection.create_aggregate("mysql_group_concat", 4, GroupConcat)  # type: ignore[arg-type]
    for name, aggregate in AGGREGATES.items():
        connection.create_aggregate(name, 1, aggregate)


def _arity(name: str) -> int:
    return {"regexp": 2}.get(name, -1)


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


def null_if_any_null(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def wrapper(*arguments: Any) -> Any:
        return None if any(argument is None for argument in arguments) else function(*arguments)

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


def extract(unit: str, value: Any) -> Any:
    return DETERMINISTIC[unit](value)


def period_diff(later: Any, earlier: Any) -> int:
    """Return the months between two periods such as 202401."""
    return _months(int(later)) - _months(int(earlier))


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
    both = [
        to_datetime(value) if isinstance(value, str) and "-" in value[1:] else to_duration(value)
        for value in (end, start)
    ]
    if any(value is None for value in both):
        return None
    difference: timedelta = both[0] - both[1]  # type: ignore[operator,assignment]
    return as_text(difference)


def shifted_time(sign: int) -> Callable[[Any, Any], str | None]:
    """Make `addtime` (sign 1) or `subtime` (-1): a time of day or a moment, moved by a span of time."""

    def shift(value: Any, span: Any) -> str | None:
        is_moment = isinstance(value, str) and "-" in value[1:]
        start: datetime | timedelta | None = to_datetime(value) if is_moment else to_duration(value)
        by = to_duration(span)
        return None if start is None or by is None else as_text(start + sign * by)

    return shift


def match(wanted: Any, *columns: Any) -> int | None:
    """Count how many of the wanted words stand in the columns.

    It is 0 if one marked `+` is missing or one marked `-` is there; one with `*` at its end is the beginning of a word.
    """
    if wanted is None:
        return None
    words = re.findall(r"\w+", " ".join(text(column) for column in columns if column is not None).lower())
    score = 0
    for mark, term, star in re.findall(r"([+-]?)(\w+)(\*?)", text(wanted).lower()):
        found = any(word.startswith(term) if star else word == term for word in words)
        if found == (mark == "-") and mark:
            return 0
        score += found
    return score


def json_length(document: Any) -> int:
    value = json.loads(document)
    return len(value) if isinstance(value, (list, dict)) else 1


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


# -- text -------------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """Return a value the way MySQL shows it inside text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def concat(*values: Any) -> str | None:
    return None if any(value is None for value in values) else "".join(map(text, values))


def concat_ws(separator: Any, *values: Any) -> str | None:
    return None if separator is None else text(separator).join(text(value) for value in values if value is not None)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def regexp(pattern: Any, value: Any) -> int | None:
    """`value REGEXP pattern`, without regard to case."""
    if pattern is None or value is None:
        return None
    return int(_pattern(text(pattern)).search(text(value)) is not None)


def regexp_replace(value: Any, pattern: Any, replacement: Any) -> str:
    return _pattern(text(pattern)).sub(text(replacement), text(value))


def regexp_substr(value: Any, pattern: Any) -> str:
    match = _pattern(text(pattern)).search(text(value))
    return match.group() if match else ""


def substring_index(value: Any, delimiter: Any, count: Any) -> str:
    """Return what stands before the count-th delimiter; from the right when the count is negative."""
    parts, number = text(value).split(text(delimiter)), int(count)
    if not number:
        return ""
    return text(delimiter).join(parts[:number] if number > 0 else parts[number:])


def locate(needle: Any, haystack: Any, start: Any = 1) -> int:
    return text(haystack).lower().find(text(needle).lower(), max(int(start) - 1, 0)) + 1


def find_in_set(value: Any, members: Any) -> int:
    items = [item.lower() for item in text(members).split(",")]
    wanted = text(value).lower()
    return items.index(wanted) + 1 if wanted in items else 0


def field(value: Any, *candidates: Any) -> int:
    if value is None:
        return 0
    wanted = text(value).lower()
    return next((n for n, item in enumerate(candidates, 1) if item is not None and text(item).lower() == wanted), 0)


def elt(position: Any, *values: Any) -> Any:
    return values[int(position) - 1] if position is not None and 0 < int(position) <= len(values) else None


def pad(left: bool) -> Callable[[Any, Any, Any], str]:
    def padded(value: Any, length: Any, filler: Any) -> str:
        content, width, fill = text(value), int(length), text(filler)
        if len(content) >= width or not fill:
            return content[:width]
        missing = (fill * width)[: width - len(content)]
        return missing + content if left else content + missing

    return padded


def right(value: Any, count: Any) -> str:
    return text(value)[-int(count) :] if int(count) > 0 else ""


def insert(value: Any, position: Any, length: Any, new: Any) -> str:
    start = int(position) - 1
    return text(value)[:start] + text(new) + text(value)[start + int(length) :]


# -- numbers, comparison, JSON ----------------------------------------------------------------------------------------


def truncate(value: Any, digits: Any) -> float:
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_DOWN))


def number_format(value: Any, digits: Any) -> str:
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
    return f"{rounded:,f}"


def _unquote(value: Any) -> Any:
    if isinstance(value, str) and value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
        return json.loads(value)
    return value


def json_contains(document: Any, candidate: Any, path: Any = None) -> int:
    """Tell whether a JSON document (a list, or an object at its top level) contains the candidate."""
    container, wanted = json.loads(document), json.loads(candidate)
    if path is not None:
        for part in re.findall(r"\.(\w+)|\[(\d+)\]", str(path)):
            container = container[part[0]] if part[0] else container[int(part[1])]
    return int(_contains(container, wanted))


def _contains(container: Any, wanted: Any) -> bool:
    if isinstance(container, list):
        items = wanted if isinstance(wanted, list) else [wanted]
        return all(any(_contains(member, item) for member in container) for item in items)
    if isinstance(container, dict) and isinstance(wanted, dict):
        return all(key in container and _contains(container[key], value) for key, value in wanted.items())
    return bool(container == wanted)


def _digest(algorithm: str) -> Callable[[Any], str]:
    return lambda value: hashlib.new(algorithm, text(value).encode(), usedforsecurity=False).hexdigest()


def sha2(value: Any, bits: Any) -> str:
    return hashlib.new(f"sha{int(bits) or 256}", text(value).encode()).hexdigest()


# -- aggregates -------------------------------------------------------------------------------------------------------


class GroupConcat:
    """`group_concat` with distinct values or an order of its own."""

    def __init__(self) -> None:
        self.rows: list[tuple[Any, str]] = []
        self.separator = ","
        self.flags = ""

    def step(self, value: Any, separator: Any, key: Any, flags: str) -> None:
        self.separator, self.flags = text(separator), flags
        if value is not None:
            self.rows.append((key, text(value)))

    def finalize(self) -> str | None:
        rows = self.rows
        if "d" in self.flags:
            firsts: dict[str, tuple[Any, str]] = {}
            for key, value in rows:
                firsts.setdefault(value.lower(), (key, value))
            rows = list(firsts.values())
        rows.sort(
            key=lambda row: (row[0] is not None, isinstance(row[0], str), _fold(row[0])), reverse="r" in self.flags
        )
        return self.separator.join(value for _, value in rows) if rows else None


def _fold(key: Any) -> Any:
    return key.lower() if isinstance(key, str) else key or 0


class _Deviation:
    """Welford's running variance; subclasses choose the divisor and the root."""

    sample = False
    root = True

    def __init__(self) -> None:
        self.count, self.mean, self.squares = 0, 0.0, 0.0

    def step(self, value: Any) -> None:
        if value is None:
            return
        self.count += 1
        delta = float(value) - self.mean
        self.mean += delta / self.count
        self.squares += delta * (float(value) - self.mean)

    def finalize(self) -> float | None:
        divisor = self.count - 1 if self.sample else self.count
        if divisor <= 0:
            return None
        variance = self.squares / divisor
        return float(variance**0.5) if self.root else float(variance)


class _SampleDeviation(_Deviation):
    sample = True


class _Variance(_Deviation):
    root = False


AGGREGATES: dict[str, Any] = {
    "std": _Deviation,
    "stddev": _Deviation,
    "stddev_pop": _Deviation,
    "stddev_samp": _SampleDeviation,
    "variance": _Variance,
    "var_pop": _Variance,
}

CLOCKS: dict[str, Callable[..., Any]] = {
    "now": now,
    "sysdate": now,
    "curdate": curdate,
    "curtime": curtime,
    "utc_timestamp": utc_timestamp,
    "utc_date": lambda: utc_timestamp()[:10],
    "rand": lambda *_seed: random.random(),
    "unix_timestamp": unix_timestamp,
    "from_unixtime": from_unixtime,
    "uuid": lambda: str(uuid.uuid4()),
}

DETERMINISTIC: dict[str, Callable[..., Any]] = {
    "year": on_datetime(lambda moment: moment.year),
    "quarter": on_datetime(lambda moment: (moment.month + 2) // 3),
    "month": on_datetime(lambda moment: moment.month),
    "monthname": on_datetime(lambda moment: moment.strftime("%B")),
    "week": on_datetime(week_of),
    "weekofyear": on_datetime(lambda moment: moment.isocalendar()[1]),
    "yearweek": on_datetime(yearweek),
    "day": on_datetime(lambda moment: moment.day),
    "dayofmonth": on_datetime(lambda moment: moment.day),
    "dayofweek": on_datetime(lambda moment: (moment.weekday() + 1) % 7 + 1),
    "weekday": on_datetime(lambda moment: moment.weekday()),
    "dayname": on_datetime(lambda moment: moment.strftime("%A")),
    "dayofyear": on_datetime(lambda moment: moment.timetuple().tm_yday),
    "hour": time_part(3600, 1_000_000),
    "minute": time_part(60, 60),
    "second": time_part(1, 60),
    "microsecond": microsecond,
    "extract": extract,
    "year_month": on_datetime(lambda moment: moment.year * 100 + moment.month),
    "period_diff": null_if_any_null(period_diff),
    "last_day": on_datetime(last_day),
    "to_days": on_datetime(to_days),
    "to_seconds": on_datetime(to_seconds),
    "date": date_of,
    "time": time_of,
    "timestamp": timestamp,
    "date_add": date_add,
    "adddate": date_add,
    "mysql_date_add": date_add,
    "mysql_date_sub": date_sub,
    "date_sub": date_sub,
    "subdate": date_sub,
    "timestampadd": timestampadd,
    "timestampdiff": timestampdiff,
    "datediff": datediff,
    "timediff": timediff,
    "time_to_sec": time_to_sec,
    "sec_to_time": sec_to_time,
    "date_format": date_format,
    "time_format": lambda value, pattern: date_format(timestamp("2000-01-01", value), pattern),
    "str_to_date": str_to_date,
    "concat": concat,
    "concat_ws": concat_ws,
    "regexp": regexp,
    "regexp_like": lambda value, pattern: regexp(pattern, value),
    "regexp_replace": null_if_any_null(regexp_replace),
    "regexp_substr": null_if_any_null(regexp_substr),
    "substring_index": null_if_any_null(substring_index),
    "locate": null_if_any_null(locate),
    "find_in_set": null_if_any_null(find_in_set),
    "field": field,
    "elt": elt,
    "lpad": null_if_any_null(pad(True)),
    "rpad": null_if_any_null(pad(False)),
    "mysql_left": null_if_any_null(lambda value, count: text(value)[: max(int(count), 0)]),
    "mysql_right": null_if_any_null(right),
    "mysql_insert": null_if_any_null(insert),
    "mysql_format": null_if_any_null(number_format),
    "mid": null_if_any_null(
        lambda value, start, count=None: text(value)[int(start) - 1 :][: None if count is None else int(count)]
    ),
    "reverse": null_if_any_null(lambda value: text(value)[::-1]),
    "repeat": null_if_any_null(lambda value, count: text(value) * max(int(count), 0)),
    "space": null_if_any_null(lambda count: " " * max(int(count), 0)),
    "ucase": null_if_any_null(lambda value: text(value).upper()),
    "lcase": null_if_any_null(lambda value: text(value).lower()),
    "nvl": lambda value, other: other if value is None else value,
    "upper": null_if_any_null(lambda value: text(value).upper()),
    "lower": null_if_any_null(lambda value: text(value).lower()),
    "char_length": null_if_any_null(lambda value: len(text(value))),
    "character_length": null_if_any_null(lambda value: len(text(value))),
    "strcmp": null_if_any_null(lambda a, b: (text(a).lower() > text(b).lower()) - (text(a).lower() < text(b).lower())),
    "greatest": null_if_any_null(max),
    "least": null_if_any_null(min),
    "mysql_isnull": lambda value: int(value is None),
    "mysql_match": match,
    "addtime": shifted_time(1),
    "subtime": shifted_time(-1),
    "ascii": null_if_any_null(lambda value: (text(value).encode() or b"\0")[0]),
    "bit_count": null_if_any_null(lambda value: int(value).bit_count()),
    "json_length": null_if_any_null(json_length),
    "truncate": null_if_any_null(truncate),
    "json_unquote": _unquote,
    "json_contains": null_if_any_null(json_contains),
    "md5": null_if_any_null(_digest("md5")),
    "sha1": null_if_any_null(_digest("sha1")),
    "sha2": null_if_any_null(sha2),
}
