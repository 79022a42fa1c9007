"""Values in filters: cast by the field's type, and what a missing value counts as.

Pure, apart from the site's clock and week start for time spans. What a field can never hold is refused rather than
turned into something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from frappe.database.values import as_text, parse_datetime, parse_time
from frappe.exceptions import DataError
from frappe.model.query_scope import Column

INTEGERS = frozenset({"Int", "Long Int", "Check"})
DECIMALS = frozenset({"Float", "Currency", "Percent", "Duration", "Rating"})
NUMBERS = INTEGERS | DECIMALS
MOMENTS = frozenset({"Date", "Datetime", "Time"})

FIRST_MOMENT = datetime(1, 1, 1)
END_OF_DAY = time(23, 59, 59, 999999)

RELATIVE: dict[str, dict[str, Any]] = {
    "1 week": {"days": 7},
    "1 month": {"months": 1},
    "3 months": {"months": 3},
    "6 months": {"months": 6},
    "1 year": {"years": 1},
}


@dataclass(frozen=True, slots=True)
class Null:
    """What a missing value of a kind of field counts as in lists: `fallback` in comparisons, `empty` beside None."""

    fallback: Any
    empty: Any

    @classmethod
    def of(cls, fieldtype: str) -> Null:
        if fieldtype in NUMBERS:
            return cls(0, 0)
        if fieldtype in ("Date", "Datetime"):
            return cls(FIRST_MOMENT, None)
        if fieldtype == "Time":
            return cls(timedelta(), None)
        return cls("", "")


def is_textual(fieldtype: str) -> bool:
    return fieldtype not in NUMBERS and fieldtype not in MOMENTS


def compare_null(fieldtype: str, operator: str, value: Any) -> bool:
    """Tell whether a missing value passes `operator value`, counted as the type's empty value."""
    fallback = Null.of(fieldtype).fallback
    if operator in ("like", "regexp"):
        return False
    if operator == "not like":
        return not isinstance(value, str) or value.strip("%") != ""
    if operator == "=" and value:
        return False
    left, right = _comparable(fallback, value)
    try:
        match operator:
            case "=":
                return bool(left == right)
            case "!=":
                return bool(left != right)
            case "<":
                return bool(left < right)
            case "<=":
                return bool(left <= right)
            case ">":
                return bool(left > right)
            case _:
                return bool(left >= right)
    except TypeError:
        return operator == "!="


def _comparable(left: Any, right: Any) -> tuple[Any, Any]:
    if isinstance(left, datetime):
        moment = parse_datetime(right)
        return left, moment if moment is not None else right
    if isinstance(left, str):
        return left, str(right).lower()
    return left, right


# -- casting ----------------------------------------------------------------------------------------------------------


def cast(column: Column, value: Any) -> Any:
    """Return `value` as the column holds it. Raises DataError naming field and value when it never could."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        value = int(value)
    if isinstance(value, (list, tuple, dict, set)):
        raise DataError(f"{column.field} is compared with one value, not with {value!r:.80}.")
    fieldtype = column.fieldtype
    if not fieldtype or value is None:
        return value
    if fieldtype in NUMBERS:
        return _number(column, fieldtype, value)
    if fieldtype in MOMENTS:
        return _moment(column, fieldtype, value)
    if column.field == "name" or isinstance(value, str):
        return value
    return as_text(value) if isinstance(value, (datetime, date, time, timedelta)) else str(value)


def _number(column: Column, fieldtype: str, value: Any) -> int | float:
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return 0
        if fieldtype == "Check" and text.lower() in ("true", "false", "yes", "no"):
            return int(text.lower() in ("true", "yes"))
        try:
            value = float(text) if any(mark in text for mark in ".eE") else int(text)
        except ValueError:
            raise DataError(f"{column.field} holds numbers; {value!r:.80} is none.") from None
    if isinstance(value, Decimal):
        value = float(value)
    if not isinstance(value, (int, float)):
        raise DataError(f"{column.field} holds numbers; {value!r:.80} is none.")
    if value != value or value in (float("inf"), float("-inf")):
        raise DataError(f"{column.field} holds numbers; {value!r} is none.")
    return value if isinstance(value, int) else round(value, 9)


def _moment(column: Column, fieldtype: str, value: Any) -> Any:
    if value == "":
        return None if fieldtype == "Time" else FIRST_MOMENT
    if fieldtype == "Time":
        duration = parse_time(value)
        if duration is None:
            raise DataError(f"{column.field} holds times of day; {value!r:.80} is none.")
        return duration
    moment = parse_datetime(value) or _loosely(value)
    if moment is None:
        raise DataError(f"{column.field} holds dates; {value!r:.80} is none.")
    return moment if fieldtype == "Datetime" else moment.date()


def _loosely(value: Any) -> datetime | None:
    """Read other ways of writing a moment, such as a time zone at the end."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return None


# -- ranges -----------------------------------------------------------------------------------------------------------


def between_values(column: Column, fieldtype: str, value: Any) -> tuple[Any, Any]:
    """Return both ends of a `between`. For a Datetime field a plain date stands for the whole day; missing is today."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if not isinstance(value, (list, tuple)) or len(value) > 2:
        raise DataError(f"'between' needs a list of two values for {column.field}, not {value!r:.80}.")
    ends = [*value, None, None][:2]
    if fieldtype in ("Date", "Datetime"):
        today = _today()
        ends = [today if end in (None, "") else end for end in ends]
    typed = Column(column.sql, column.doctype, column.field, fieldtype, column.options)
    low, high = (cast(typed, end) for end in ends)
    if fieldtype == "Datetime" and _is_plain_date(ends[1]):
        high = datetime.combine(high.date(), END_OF_DAY)
    if low is None or high is None:
        raise DataError(f"'between' needs two values for {column.field}.")
    return low, high


def _is_plain_date(value: Any) -> bool:
    if isinstance(value, str):
        return len(value.strip()) <= 10
    return isinstance(value, date) and not isinstance(value, datetime)


def _today() -> date:
    from frappe.utils import now_datetime

    today: date = now_datetime().date()
    return today


def span(name: Any, field: str) -> tuple[date, date]:
    """Return first and last day of a time span such as `last week`. Raises DataError for an unknown one."""
    from frappe.utils import get_timespan_date_range

    days = get_timespan_date_range(str(name).lower().strip())
    if not days:
        raise DataError(f"{name!r:.80} is not a time span that {field} can be filtered by.")
    return days[0], days[1]


def past_or_coming(direction: str, period: Any, field: str) -> tuple[date, date]:
    """Return first and last day of `previous 1 month` or `next 3 months`."""
    from frappe.utils import add_to_date

    step = RELATIVE.get(str(period).lower().strip())
    if step is None:
        raise DataError(f"{direction} needs one of {', '.join(RELATIVE)} for {field}, not {period!r:.80}.")
    today = _today()
    if direction == "previous":
        first: date = add_to_date(today, **{unit: -amount for unit, amount in step.items()})
        return first, today
    last: date = add_to_date(today, **step)
    return today, last
