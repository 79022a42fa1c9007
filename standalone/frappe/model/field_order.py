"""The order of a DocType's fields, given Custom Fields and the property `field_order`. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

BREAKS = ("Tab Break", "Section Break", "Column Break")
_ENDS = {
    "Tab Break": ("Tab Break",),
    "Section Break": ("Tab Break", "Section Break"),
    "Column Break": BREAKS,
}


def arrange(standard: Sequence[Any], custom: Sequence[Any], order: Sequence[str] | None = None) -> list[Any]:
    """Return standard and custom fields in the order in which forms and lists show them.

    `order` wins for the fieldnames it names. A custom field follows its `insert_after`; a custom break whose target
    is a break goes to the end of that section. Custom fields whose target is unknown come last.
    """
    listed = _by_given_order(list(standard), list(custom), order or ())
    placed = {field.fieldname for field in listed}
    return _insert_custom(listed, [field for field in custom if field.fieldname not in placed])


def _by_given_order(standard: list[Any], custom: list[Any], order: Sequence[str]) -> list[Any]:
    """Sort by `order`; a standard field that it forgets stays behind the standard field before it."""
    if not order:
        return standard
    known = {field.fieldname: field for field in [*standard, *custom]}
    result = [known[name] for name in dict.fromkeys(order) if name in known]
    placed = {field.fieldname for field in result}
    for index, field in enumerate(standard):
        if field.fieldname in placed:
            continue
        before = standard[index - 1].fieldname if index else None
        position = next((i + 1 for i, other in enumerate(result) if other.fieldname == before), 0)
        result.insert(position, field)
        placed.add(field.fieldname)
    return result


def _insert_custom(listed: list[Any], waiting: list[Any]) -> list[Any]:
    result = list(listed)
    while waiting:
        names = {field.fieldname for field in result}
        ready = [field for field in waiting if field.insert_after in names]
        if not ready:
            return [*result, *waiting]
        followers: dict[str, int] = {}
        for field in ready:
            result.insert(_position(result, field, followers), field)
        waiting = [field for field in waiting if field not in ready]
    return result


def _position(fields: list[Any], field: Any, followers: dict[str, int]) -> int:
    """Return where `field` goes; `followers` counts those already put behind the same target."""
    target = field.insert_after
    at = next(i for i, other in enumerate(fields) if other.fieldname == target)
    if field.fieldtype in BREAKS and fields[at].fieldtype in BREAKS:
        return _end_of_section(fields, at, field.fieldtype)
    followers[target] = followers.get(target, 0) + 1
    return at + followers[target]


def _end_of_section(fields: list[Any], at: int, fieldtype: str) -> int:
    ends = _ENDS[fieldtype]
    for index in range(at + 1, len(fields)):
        if fields[index].fieldtype in ends:
            return index
    return len(fields)
