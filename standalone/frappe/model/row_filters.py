"""Filter rows that are already in memory: `doc.get("items", {"qty": [">", 2]})`.

Pure functions. List queries against the database are compiled elsewhere (`frappe.model.db_query`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def _in(value: Any, wanted: Any) -> bool:
    return value in _as_list(wanted)


def _as_list(wanted: Any) -> Iterable[Any]:
    return [part.strip() for part in wanted.split(",")] if isinstance(wanted, str) else wanted


def _like(value: Any, pattern: Any) -> bool:
    expression = ".*".join(re.escape(part) for part in str(pattern).split("%"))
    return re.fullmatch(expression, str(value or ""), re.IGNORECASE | re.DOTALL) is not None


def _compared(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda value, wanted: value is not None and test(value, wanted)


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, wanted: bool(value == wanted),
    "!=": lambda value, wanted: bool(value != wanted),
    ">": _compared(lambda value, wanted: bool(value > wanted)),
    "<": _compared(lambda value, wanted: bool(value < wanted)),
    ">=": _compared(lambda value, wanted: bool(value >= wanted)),
    "<=": _compared(lambda value, wanted: bool(value <= wanted)),
    "in": _in,
    "not in": lambda value, wanted: not _in(value, wanted),
    "like": _like,
    "not like": lambda value, wanted: not _like(value, wanted),
    "^": lambda value, wanted: str(value or "").startswith(str(wanted)),
    "is": lambda value, wanted: (value not in (None, "")) == (str(wanted).lower() == "set"),
    "not None": lambda value, _wanted: value is not None,
    "None": lambda value, _wanted: value is None,
}


def parse_condition(condition: Any) -> tuple[str, Any]:
    """Return `(operator, value)` of one entry of a filter dict.

    `True` means "has a value", `False` "is None"; a string that starts with `^` is a prefix; a pair is
    `[operator, value]`; everything else is compared for equality.
    """
    if condition is True:
        return "not None", None
    if condition is False:
        return "None", None
    if isinstance(condition, str) and condition.startswith("^"):
        return "^", condition[1:]
    if isinstance(condition, list | tuple) and len(condition) == 2:
        operator = str(condition[0]).lower()
        if operator not in OPERATORS:
            raise ValueError(f"Unknown filter operator {condition[0]!r}; known are {', '.join(OPERATORS)}")
        return operator, condition[1]
    return "=", condition


def matches(row: Any, conditions: Mapping[str, tuple[str, Any]]) -> bool:
    """Tell whether `row` (anything with `.get`) meets every parsed condition."""
    return all(OPERATORS[op](row.get(field), wanted) for field, (op, wanted) in conditions.items())


def filter_rows(rows: Iterable[Any] | None, filters: Any, limit: int | None = None) -> list[Any]:
    """Return the rows that meet `filters`: a dict, or a list of such dicts of which one must be met."""
    alternatives = filters if isinstance(filters, list | tuple) else [filters]
    parsed = [{field: parse_condition(c) for field, c in one.items()} for one in alternatives]
    found: list[Any] = []
    for row in rows or ():
        if any(matches(row, conditions) for conditions in parsed):
            found.append(row)
            if limit and len(found) >= limit:
                break
    return found
