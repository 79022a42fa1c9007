"""What a field's value becomes on its way to the database or into a dict.

Pure functions over a value and the facts of its field. Reading user input (dates in local format and the like) is not
done here; a wrong value is refused, never guessed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

from frappe.exceptions import ValidationError
from frappe.utils import cint, flt

Caster = Callable[[Any], Any]

TEMPORAL_TYPES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)


def _check(value: Any) -> int:
    return 1 if cint(value) else 0


def _int(value: Any) -> int:
    return value if type(value) is int else cint(value)


def _float(value: Any) -> float:
    return value if type(value) is float else flt(value)


def _optional_float(value: Any) -> float | None:
    return None if value is None or value == "" else _float(value)


def _moment(value: Any) -> Any:
    return None if value == "" else value


def _json(value: Any) -> Any:
    return json.dumps(value, default=str, separators=(",", ":")) if isinstance(value, dict) else value


CASTERS: dict[str, Caster] = {
    "Check": _check,
    "Int": _int,
    "Long Int": _int,
    "Float": _float,
    "Currency": _float,
    "Percent": _float,
    "Duration": _optional_float,
    "Rating": _optional_float,
    "Date": _moment,
    "Datetime": _moment,
    "Time": _moment,
    "JSON": _json,
}


def empty_as_null(value: Any) -> Any:
    """Unique columns hold NULL instead of an empty text, so that several documents may leave them empty."""
    return None if value == "" else value


def caster_for(fieldtype: str, unique: bool = False) -> Caster | None:
    """Return the function that turns a value of `fieldtype` into what the column holds; None when nothing changes."""
    caster = CASTERS.get(fieldtype)
    if caster is None and unique:
        return empty_as_null
    return caster


def empty_value(fieldtype: str) -> Any:
    """Return what a `not_nullable` column of this type holds when nothing was given."""
    if fieldtype in ("Check", "Int", "Long Int"):
        return 0
    if fieldtype in ("Float", "Currency", "Percent", "Duration", "Rating"):
        return 0.0
    if fieldtype in ("Date", "Datetime", "Time"):
        return None
    return ""


def as_text(value: Any) -> Any:
    """Return a date or time as the text the database and JSON use; anything else unchanged."""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f") if value.microsecond else str(value)
    return str(value) if isinstance(value, TEMPORAL_TYPES) else value


def refuse_list(value: Any, label: str) -> None:
    """Raise when a list was put into a field that holds one value."""
    if isinstance(value, list | tuple | set):
        raise ValidationError(f"Value of {label} cannot be a list")


def same_value(old: Any, new: Any, fieldtype: str | None = None) -> bool:
    """Tell whether two values of a field mean the same, whatever their Python types are.

    `None` and the empty text are the same; dates are compared as moments, numbers as numbers.
    """
    if old == new or (old in (None, "") and new in (None, "")):
        return True
    if fieldtype in ("Check", "Int", "Long Int"):
        return cint(old) == cint(new)
    if fieldtype in ("Float", "Currency", "Percent", "Duration", "Rating"):
        return flt(old, 9) == flt(new, 9)
    if fieldtype in ("Date", "Datetime", "Time") or isinstance(old, TEMPORAL_TYPES) or isinstance(new, TEMPORAL_TYPES):
        return bool(normalise_moment(old, fieldtype) == normalise_moment(new, fieldtype))
    return str(old) == str(new) if old is not None and new is not None else False


def normalise_moment(value: Any, fieldtype: str | None = None) -> Any:
    """Return a date, time or datetime value in one comparable Python type."""
    from frappe.utils import get_datetime, getdate, to_timedelta

    if value in (None, ""):
        return None
    if fieldtype == "Date":
        return getdate(value)
    if fieldtype == "Time" or isinstance(value, datetime.timedelta | datetime.time):
        return to_timedelta(str(value))
    return get_datetime(value)
