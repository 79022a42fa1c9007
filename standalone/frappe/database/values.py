"""How Python values are stored in columns and read from them.

One text form per kind, chosen so that comparing text is comparing time: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS[.ffffff]`
(the fraction is left out when it is zero), `HH:MM:SS[.ffffff]`. MariaDB stores these natively; SQLite stores the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

FLOAT_DIGITS = 9
"""Decimal places a Float column keeps."""

_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?)?(?:Z|\+00:00)?$"
)
_TIME = re.compile(r"(-?)(\d{1,4}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?$")
_EMPTY_FRACTION = ".000000"


def as_text(value: Any) -> str:
    """Return the stored text of a date, datetime, time or timedelta."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)


def _duration_text(value: timedelta) -> str:
    sign = "-" if value < timedelta() else ""
    total = abs(value)
    minutes, seconds = divmod(int(total.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{total.microseconds:06d}" if total.microseconds else ""
    return f"{sign}{hours:02d}:{minutes:02d}:{seconds:02d}{fraction}"


def parse_datetime(value: Any) -> datetime | None:
    """Read `YYYY-MM-DD[ HH:MM[:SS[.ffffff]]]` (also with a T); None when it is nothing of the kind."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    match = _MOMENT.match(value) if isinstance(value, str) else None
    if not match:
        return None
    *numbers, fraction = match.groups()
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    try:
        return datetime(year, month, day, hour, minute, second, _microseconds(fraction))
    except ValueError:
        return None


def parse_time(value: Any) -> timedelta | None:
    """Read `[-]HH:MM[:SS[.ffffff]]`, more than 24 hours included; None when it is nothing of the kind."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, time):
        return timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    match = _TIME.match(value) if isinstance(value, str) else None
    if not match:
        return None
    sign, hours, minutes, seconds, fraction = match.groups()
    duration = timedelta(
        hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0), microseconds=_microseconds(fraction)
    )
    return -duration if sign else duration


def _microseconds(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


MOMENTS = ("Date", "Datetime", "Time")
"""Fieldtypes whose columns hold dates and times."""


def canonical(value: Any, fieldtype: str) -> Any:
    """Return text for a date or time field in the one form that is stored; what cannot be read stays as it is.

    `2024-1-5`, `2024-01-05T10:00` and `9:30` are common ways to write what SQLite would otherwise keep as written.
    """
    if not isinstance(value, str) or not value:
        return value
    if fieldtype == "Time":
        duration = parse_time(value)
        return value if duration is None else as_text(duration)
    moment = parse_datetime(value)
    if moment is None:
        return value
    return as_text(moment.date() if fieldtype == "Date" else moment)


# -- Python to a column ------------------------------------------------------------------------------------------------


def _store_text(value: str) -> str:
    """Leave out an empty fraction of a second, so that equal moments are equal text."""
    if len(value) == 26 and value.endswith(_EMPTY_FRACTION) and _MOMENT.match(value):
        return value[:-7]
    return value


def _same(value: Any) -> Any:
    return value


def _store_float(value: float) -> float | None:
    return round(value, FLOAT_DIGITS) if value == value else None  # NaN has no place in a column


_STORE: dict[type[Any], Callable[[Any], Any]] = {
    str: _store_text,
    int: _same,
    float: _store_float,
    bool: int,
    type(None): _same,
    bytes: _same,
    datetime: as_text,
    date: as_text,
    time: as_text,
    timedelta: as_text,
    Decimal: lambda value: _store_float(float(value)),
    UUID: str,
    dict: lambda value: json.dumps(value, separators=(",", ":"), default=str),
}


def to_column(value: Any) -> Any:
    """Return what a column stores for a Python value: text, number, bytes or None.

    Raises TypeError for a value no column can hold.
    """
    store = _STORE.get(type(value))
    return store(value) if store else _store_derived(value)


def _store_derived(value: Any) -> Any:
    if isinstance(value, Enum):
        return to_column(value.value)
    for base, store in _STORE.items():
        if isinstance(value, base):
            return store(base(value) if base in (str, int, float) else value)
    if hasattr(value, "__str__") and type(value).__module__.split(".")[0] in ("werkzeug", "frappe", "markupsafe"):
        return _store_text(str(value))  # lazy texts and proxies
    raise TypeError(f"A value of type {type(value).__name__} cannot be stored in a column: {value!r:.80}")


# -- SQLite to Python -------------------------------------------------------------------------------------------------


def read_datetime(stored: bytes) -> datetime | str:
    """Return the moment; what cannot be read comes back as text, so that one bad cell does not hide the row."""
    content = stored.decode()
    try:
        return datetime.fromisoformat(content)
    except ValueError:
        return parse_datetime(content) or content


def read_date(stored: bytes) -> date | str:
    content = stored.decode()
    moment = parse_datetime(content)
    return moment.date() if moment else content


def read_time(stored: bytes) -> timedelta | str:
    content = stored.decode()
    duration = parse_time(content)
    return content if duration is None else duration


def guess(value: Any) -> Any:
    """Read the result of an expression such as `max(creation)`, which has no declared type."""
    if not isinstance(value, str) or len(value) not in (10, 19, 26) or value[4] != "-" or value[7] != "-":
        return value
    moment = parse_datetime(value)
    if moment is None:
        return value
    return moment.date() if len(value) == 10 else moment
