"""Values by field type, and filters evaluated in memory."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from frappe.types import _dict
from frappe.utils.dates import get_datetime, getdate, to_timedelta
from frappe.utils.numbers import cint, flt
from frappe.utils.refusals import refuse
from frappe.utils.strings import cstr

_TEXT_TYPES = frozenset(
    (
        "Data",
        "Text",
        "Small Text",
        "Long Text",
        "Text Editor",
        "Markdown Editor",
        "HTML Editor",
        "Code",
        "Select",
        "Link",
        "Dynamic Link",
        "Read Only",
        "Attach",
        "Attach Image",
        "Color",
        "Barcode",
        "Phone",
        "Autocomplete",
    )
)


def cast(fieldtype: str, value: Any = None) -> Any:
    """Return `value` as the Python type of a field; empty dates, times and durations are None, empty text is ""."""
    if fieldtype in ("Currency", "Float", "Percent", "Rating"):
        return flt(value)
    if fieldtype in ("Int", "Check"):
        return cint(sbool_or_same(value))
    if fieldtype in _TEXT_TYPES:
        return cstr(value)
    if fieldtype == "Date":
        return getdate(value) if value else None
    if fieldtype == "Datetime":
        return get_datetime(value) if value else None
    if fieldtype == "Time":
        return to_timedelta(value) if value not in (None, "") else None
    return value


cast_fieldtype = cast


def sbool_or_same(value: Any) -> Any:
    """Return 1 and 0 for the words true and false, so that forms may send either; other values as they are."""
    return {"true": 1, "false": 0}.get(value.strip().lower(), value) if isinstance(value, str) else value


def parse_val(v: Any) -> Any:
    """Return a database value as plain text or number: dates as text, timedeltas as hours and minutes."""
    if isinstance(v, datetime.date | datetime.datetime):
        return str(v)
    if isinstance(v, datetime.timedelta):
        return ":".join(str(v).split(":")[:2])
    return v


# -- comparing --------------------------------------------------------------------------------------------------------


def _like(value: Any, pattern: Any) -> bool:
    """Compare as SQL LIKE does, ignoring case: `%` is any text, `_` one character."""
    text = cstr(value).lower()
    first, *rest = cstr(pattern).lower().split("%")
    if not rest:
        return len(text) == len(first) and _fits(text, first, 0)
    if not _fits(text, first, 0):
        return False
    *middle, last = rest
    position = len(first)
    for piece in middle:
        found = _find_piece(text, piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return len(text) - len(last) >= position and _fits(text, last, len(text) - len(last))


def _fits(text: str, piece: str, at: int) -> bool:
    part = text[at : at + len(piece)]
    return len(part) == len(piece) and all(want in ("_", char) for want, char in zip(piece, part, strict=True))


def _find_piece(text: str, piece: str, start: int) -> int:
    if "_" not in piece:
        return text.find(piece, start)
    return next((at for at in range(start, len(text) - len(piece) + 1) if _fits(text, piece, at)), -1)


def _members(value: Any) -> Any:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return value if isinstance(value, Iterable) else [value]


def _is_set(value: Any, word: Any) -> bool:
    return (value not in (None, "")) == (cstr(word).lower() == "set")


def _between(value: Any, bounds: Any) -> bool:
    low, high = bounds
    return value is not None and bool(low <= value <= high)


def _in_span(value: Any, name: Any) -> bool:
    from frappe.model.query_values import span

    return _on_days(value, *span(name, "a date"))


def _in_previous(value: Any, period: Any) -> bool:
    from frappe.model.query_values import past_or_coming

    return _on_days(value, *past_or_coming("previous", period, "a date"))


def _in_next(value: Any, period: Any) -> bool:
    from frappe.model.query_values import past_or_coming

    return _on_days(value, *past_or_coming("next", period, "a date"))


def _on_days(value: Any, first: Any, last: Any) -> bool:
    """Tell whether a date or a moment lies on one of the days from `first` to `last`."""
    from frappe.utils.dates import getdate

    day = getdate(value) if value else None
    return day is not None and bool(getdate(first) <= day <= getdate(last))


_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "^": lambda value, start: cstr(value).startswith(cstr(start)),
    "in": lambda value, members: value in _members(members),
    "not in": lambda value, members: value not in _members(members),
    "=": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "like": _like,
    "not like": lambda value, pattern: not _like(value, pattern),
    "is": _is_set,
    "between": _between,
    "timespan": _in_span,
    "previous": _in_previous,
    "next": _in_next,
}

_ORDERED = frozenset((">", "<", ">=", "<="))


def compare(val1: Any, condition: str, val2: Any, fieldtype: str | None = None) -> bool:
    """Compare two values with a filter operator, cast to `fieldtype` first; False for what cannot be ordered.

    Raises ValidationError for an unknown operator.
    """
    name = condition.lower()
    comparison = _COMPARISONS.get(name)
    if comparison is None:
        from frappe.translate import _

        refuse(_("{0} is not an operator of filters.").format(cstr(condition)))
    if fieldtype:
        val1, val2 = _cast_both(name, val1, val2, fieldtype)
    if name in _ORDERED and (val1 is None or val2 is None):
        return False
    try:
        return bool(comparison(val1, val2))
    except TypeError:  # numbers against text and the like: neither is greater
        return False


def _cast_both(condition: str, val1: Any, val2: Any, fieldtype: str) -> tuple[Any, Any]:
    if condition in ("like", "not like", "is", "^", "timespan", "previous", "next"):
        return val1, val2
    left = cast(fieldtype, val1)
    if condition in ("in", "not in", "between"):
        return left, [cast(fieldtype, item) for item in _members(val2)]
    return left, cast(fieldtype, val2)


def evaluate_filters(doc: Mapping[str, Any] | Any, filters: Any) -> bool:
    """Tell whether a document matches all filters, given as a dict or a list."""
    doctype = doc.get("doctype")
    if isinstance(filters, Mapping):
        return all(_matches(doc, get_filter(doctype, {key: value})) for key, value in filters.items())
    return all(_matches(doc, get_filter(doctype, item)) for item in filters or ())


def _matches(doc: Any, condition: _dict) -> bool:
    return compare(doc.get(condition.fieldname), condition.operator, condition.value, condition.fieldtype)


def get_filter(doctype: str | None, f: Any, filters_config: Any = None) -> _dict:
    """Return one filter as `{doctype, fieldname, operator, value, fieldtype}`.

    Accepts `{field: value}`, `{field: [operator, value]}`, `[field, value]`, `[field, operator, value]` and
    `[doctype, field, operator, value]`. Raises ValidationError for another form, an unknown operator or field.
    """
    condition = _filter_parts(doctype, f)
    condition.operator = cstr(condition.operator or "=").lower()
    _check_operator(condition, filters_config)
    field = _meta_field(condition.doctype, condition.fieldname)
    condition.fieldtype = field.fieldtype if field else _STANDARD_FIELD_TYPES.get(condition.fieldname)
    return condition


_STANDARD_FIELD_TYPES = {"creation": "Datetime", "modified": "Datetime", "docstatus": "Int", "idx": "Int"}


def _filter_parts(doctype: str | None, f: Any) -> _dict:
    if isinstance(f, Mapping):
        ((fieldname, value),) = f.items()
        return _dict(make_filter_tuple_parts(doctype, fieldname, value))
    items = list(f) if isinstance(f, list | tuple) else []
    if len(items) == 2:
        return _dict(make_filter_tuple_parts(doctype, items[0], items[1]))
    if len(items) == 3:
        items.insert(0, doctype)
    if len(items) not in (4, 5):
        from frappe.translate import _

        refuse(_("A filter has a field, an operator and a value. This one is {0}.").format(cstr(f)))
    return _dict(doctype=items[0], fieldname=items[1], operator=items[2], value=items[3])


def make_filter_tuple_parts(doctype: str | None, key: str, value: Any) -> dict[str, Any]:
    """Return the parts of a filter given as field and value, where the value may bring its operator."""
    if isinstance(value, list | tuple) and len(value) == 2 and cstr(value[0]).lower() in OPERATORS:
        return {"doctype": doctype, "fieldname": key, "operator": value[0], "value": value[1]}
    return {"doctype": doctype, "fieldname": key, "operator": "=", "value": value}


OPERATORS = frozenset(
    (
        *_COMPARISONS,
        "descendants of",
        "ancestors of",
        "not descendants of",
        "not ancestors of",
        "descendants of (inclusive)",
    )
)


def _check_operator(condition: _dict, filters_config: Any) -> None:
    known = OPERATORS | frozenset(filters_config or ())
    if condition.operator not in known:
        from frappe.translate import _

        refuse(_("{0} is not an operator of filters.").format(condition.operator))


def _meta_field(doctype: str | None, fieldname: str) -> Any:
    import frappe
    from frappe.model import default_fields, optional_fields
    from frappe.translate import _

    if not doctype or fieldname in default_fields or fieldname in optional_fields:
        return None
    field = frappe.get_meta(doctype).get_field(fieldname)
    if field is None and fieldname not in ("parent", "parentfield", "parenttype"):
        refuse(_("{0} has no field {1}.").format(_(doctype), fieldname))
    return field


def make_filter_tuple(doctype: str, key: str, value: Any) -> tuple[str, str, Any, Any]:
    """Return a filter as `(doctype, field, operator, value)`; a list or tuple as value brings its own operator."""
    if isinstance(value, list | tuple):
        return doctype, key, value[0], value[1]
    return doctype, key, "=", value


def make_filter_dict(filters: Iterable[Any]) -> _dict:
    """Return list filters as `{field: (operator, value)}`."""
    return _dict({item[1]: (item[2], item[3]) for item in filters})


def get_safe_filters(filters: Any) -> Any:
    """Return filters parsed from JSON; text that is no JSON, or JSON for a number, is a name and stays as it is."""
    import json

    try:
        parsed = json.loads(filters)
    except (TypeError, ValueError):
        return filters
    return filters if isinstance(parsed, int | float) else parsed
