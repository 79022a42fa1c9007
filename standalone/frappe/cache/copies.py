"""Which values of the cache may be handed to several callers as they are, and copies of those that may not."""

from __future__ import annotations

import datetime
import decimal
import pickle
from typing import Any

_UNCHANGEABLE = frozenset(
    {
        type(None),
        bool,
        int,
        float,
        complex,
        str,
        bytes,
        frozenset,  # what can be hashed stands in it
        decimal.Decimal,
        datetime.date,
        datetime.datetime,
        datetime.time,
        datetime.timedelta,
    }
)


def is_unchangeable(value: Any) -> bool:
    """Tell whether nobody can change `value`, or nobody does: compiled meta is made anew instead."""
    kind = type(value)
    if kind is tuple:
        return all(map(is_unchangeable, value))
    return kind in _UNCHANGEABLE or getattr(kind, "stays_in_process", False)


def copied(value: Any) -> Any:
    """Return what Redis would give back for `value`; what cannot be pickled is in this process only, and the same."""
    if is_unchangeable(value):
        return value
    try:
        return pickle.loads(pickle.dumps(value, protocol=5))
    except (pickle.PicklingError, AttributeError, TypeError):
        return value
