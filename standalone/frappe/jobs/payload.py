"""What a job carries to the worker, as text."""

from __future__ import annotations

import base64
import json
import pickle
from collections.abc import Callable
from typing import Any

from frappe.exceptions import ValidationError

_JSON, _PICKLE = "j", "p"
_PLAIN = (str, int, float, bool, type(None))


def encode(value: Any) -> str:
    """Return `value` as text: JSON when that gives back exactly the same value, a pickle otherwise.

    Raises ValidationError for values that cannot leave the process.
    """
    if _is_json(value):
        return _JSON + json.dumps(value, separators=(",", ":"))
    try:
        return _PICKLE + base64.b64encode(pickle.dumps(value)).decode("ascii")
    except (pickle.PicklingError, TypeError, AttributeError, RuntimeError) as error:
        raise ValidationError(f"The arguments of a background job must be picklable: {error}") from error


def decode(text: str) -> Any:
    """Return the value `encode` was given. Only texts from the site's own database may come here: pickles run code."""
    kind, body = text[:1], text[1:]
    if kind == _JSON:
        return json.loads(body)
    if kind == _PICKLE:
        return pickle.loads(base64.b64decode(body))
    raise ValueError(f"A job has a payload of unknown kind {kind!r}.")


def _is_json(value: Any) -> bool:
    """Tell whether JSON keeps `value` as it is; subclasses, tuples and keys that are no text would change."""
    kind = type(value)
    if kind is float:
        return bool(value == value and abs(value) != float("inf"))
    if kind in _PLAIN:
        return True
    if kind is list:
        return all(map(_is_json, value))
    if kind is dict:
        return all(type(key) is str for key in value) and all(map(_is_json, value.values()))
    return False


def path_of(method: Callable[..., Any]) -> str | None:
    """Return the dotted path under which a worker finds `method`; None when there is none (bound methods, closures)."""
    import sys

    module, name = getattr(method, "__module__", None), getattr(method, "__qualname__", None)
    if not module or not name or "<" in name:
        return None
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    return f"{module}.{name}" if found is method else None


def describe(method: str | Callable[..., Any]) -> str:
    """Return the name by which people know a method."""
    if isinstance(method, str):
        return method
    return f"{getattr(method, '__module__', '?')}.{getattr(method, '__qualname__', repr(method))}"
