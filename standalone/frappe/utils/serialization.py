"""JSON in and out, with the values a document may hold."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from frappe.types import _dict


def json_handler(obj: Any) -> Any:
    """Return a JSON value for what `json` cannot write: dates, times, decimals, sets, documents, classes."""
    if isinstance(obj, datetime.datetime):
        return obj.isoformat(" ")
    if isinstance(obj, datetime.date | datetime.timedelta | datetime.time | UUID):
        return str(obj)
    if isinstance(obj, Decimal):
        return float(obj)
    if isinstance(obj, Mapping):
        return dict(obj)
    if hasattr(obj, "as_dict"):
        return obj.as_dict()
    if isinstance(obj, bytes):
        return obj.decode("utf-8", "replace")
    if isinstance(obj, Iterable):
        return list(obj)
    if isinstance(obj, type) or callable(obj):
        return repr(obj)
    if type(obj).__str__ is not object.__str__:  # type: ignore[comparison-overlap]
        return str(obj)
    raise TypeError(f"A value of type {type(obj).__name__} cannot be written as JSON: {obj!r}")


def as_json(
    obj: Any, indent: int | None = 1, separators: tuple[str, str] | None = None, ensure_ascii: bool = True
) -> str:
    """Return `obj` as JSON with sorted keys; keys of mixed types keep their order."""
    separators = separators or (",", ": ")
    try:
        return json.dumps(
            obj, indent=indent, sort_keys=True, default=json_handler, separators=separators, ensure_ascii=ensure_ascii
        )
    except TypeError as error:
        if "not supported between" not in str(error):
            raise
    return json.dumps(obj, indent=indent, default=json_handler, separators=separators, ensure_ascii=ensure_ascii)


def parse_json(val: Any) -> Any:
    """Return the value of JSON text, dicts as `_dict`; anything but text as it is.

    Raises ValueError (json.JSONDecodeError) for text that is no JSON.
    """
    if isinstance(val, str | bytes):
        val = json.loads(val)
    if isinstance(val, dict) and not isinstance(val, _dict):
        return _dict(val)
    return val


def validate_json_string(string: str) -> None:
    """Raise ValidationError unless a text is JSON."""
    import frappe

    try:
        json.loads(string)
    except (ValueError, TypeError, RecursionError):
        frappe.throw(frappe._("This is not valid JSON."))


def safe_json_loads(*args: Any) -> Any:
    """Return the parsed values of the arguments, those that are no JSON as they are; one argument gives one value."""
    results = [_parsed_or_same(arg) for arg in args]
    return results[0] if len(results) == 1 else results


def _parsed_or_same(value: Any) -> Any:
    try:
        return json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return value


def orjson_dumps(obj: Any, default: Any = json_handler, option: int | None = None, decode: bool = True) -> str | bytes:
    """Return compact JSON, as text or as UTF-8 bytes. `option` (a flag of the orjson library) is not supported."""
    if option:
        raise NotImplementedError("orjson options are not available in this runtime.")
    text = json.dumps(obj, default=default, separators=(",", ":"), ensure_ascii=False)
    return text if decode else text.encode()
