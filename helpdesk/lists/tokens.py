"""Filters as the desk stores them, turned into triples; standard library only.

A stored filter is an object `{"field": value}` or `{"field": [operator, value]}`, or a list of
`[field, operator, value]` or `[doctype, field, operator, value]`. The value `@me` stands for the reader, and spans of
days such as `last 90 days` for dates, because not every version of the framework knows those.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

ME = "@me"
ASSIGNED_ON = "__assigned_on"
TEXT = "__text"
PSEUDO = frozenset({ASSIGNED_ON, TEXT})
"""What can be asked of a list although no column holds it."""
DAYS = re.compile(r"(last|next) (\d{1,3}) days", re.IGNORECASE)

OPERATORS = frozenset(
    {
        "=",
        "!=",
        ">",
        "<",
        ">=",
        "<=",
        "like",
        "not like",
        "in",
        "not in",
        "is",
        "between",
        "timespan",
        "previous",
        "next",
        "ancestors of",
        "not ancestors of",
        "descendants of",
        "not descendants of",
        "descendants of (inclusive)",
    }
)


class BadFilter(ValueError):
    """A filter that cannot be understood; the message says which one."""


def resolve_tokens(filters: Any, user: str, today: date) -> list[list[Any]]:
    """Return filters as triples (or quadruples that name a child DocType) with the tokens replaced."""
    return [_with_dates([*triple[:-1], _with_user(triple[-1], user)], today) for triple in triples(filters)]


def triples(filters: Any) -> list[list[Any]]:
    """Return filters of either form as a list of triples. Raises BadFilter."""
    if not filters:
        return []
    if isinstance(filters, Mapping):
        return [_from_pair(field, value) for field, value in filters.items()]
    if isinstance(filters, (list, tuple)):
        return list(_from_list(filters))
    raise BadFilter(f"Filters must be an object or a list, not {filters!r}.")


def on_days(operator: str, value: Any) -> list[list[Any]]:
    """Return a comparison with a day as comparisons of a moment: all must hold, of those for `!=` one.

    What is no comparison with a day stays as it is.
    """
    try:
        day = date.fromisoformat(str(value)[:10])
    except ValueError:
        return [[operator, value]]
    start, following = day.isoformat(), (day + timedelta(days=1)).isoformat()
    meant = {
        "=": [[">=", start], ["<", following]],
        "!=": [["<", start], [">=", following]],
        ">": [[">=", following]],
        ">=": [[">=", start]],
        "<": [["<", start]],
        "<=": [["<", following]],
    }
    return meant.get(operator, [[operator, value]])


def _from_list(filters: Iterable[Any]) -> Iterable[list[Any]]:
    for item in filters:
        if isinstance(item, Mapping):
            yield from triples(item)
        elif isinstance(item, (list, tuple)):
            yield _checked(list(item))
        else:
            raise BadFilter(f"A filter must be a list of field, operator and value, not {item!r}.")


def _from_pair(field: str, value: Any) -> list[Any]:
    if not isinstance(value, (list, tuple)):
        return [field, "=", value]
    if len(value) == 2 and isinstance(value[0], str) and value[0].lower() in OPERATORS:
        return [field, value[0], value[1]]
    raise BadFilter(f"The filter on {field} must be a value, or an operator and a value, not {value!r}.")


def _checked(item: list[Any]) -> list[Any]:
    if len(item) == 2:
        return _from_pair(item[0], item[1])
    if len(item) == 5 and not item[4]:  # the desk's own lists add an empty fifth element
        item = item[:4]
    if len(item) not in (3, 4) or not all(isinstance(part, str) for part in item[:-1]):
        raise BadFilter(f"A filter must be a list of field, operator and value, not {item!r}.")
    if item[-2].lower() not in OPERATORS:
        raise BadFilter(f"There is no filter operator {item[-2]!r}.")
    return item


def _with_user(value: Any, user: str) -> Any:
    if isinstance(value, (list, tuple)):
        return [_with_user(each, user) for each in value]
    if value == ME:
        return user
    if value == f"%{ME}%":
        return f"%{user}%"
    return value


def _with_dates(triple: list[Any], today: date) -> list[Any]:
    """Return a span of days as the two dates it goes from and to, both included; other filters as they are."""
    *place, operator, value = triple
    span = DAYS.fullmatch(value.strip()) if operator.lower() == "timespan" and isinstance(value, str) else None
    if not span:
        return triple
    other = today + timedelta(days=int(span[2]) * (-1 if span[1].lower() == "last" else 1))
    return [*place, "between", sorted([today.isoformat(), other.isoformat()])]
