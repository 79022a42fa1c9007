"""Lengths of time in words: `1d 2h 3m 4s`."""

from __future__ import annotations

import re
from typing import Any

from frappe.utils.numbers import cint
from frappe.utils.refusals import refuse

_UNITS = (("d", 86400), ("h", 3600), ("m", 60), ("s", 1))
_DURATION = re.compile(r"^\s*(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?\s*$")


def format_duration(seconds: Any, hide_days: bool = False) -> str:
    """Return seconds as `1d 2h 3m 4s` without the zero parts; "" for zero. With `hide_days` hours run past 24."""
    rest = cint(seconds)
    sign, rest = ("-", -rest) if rest < 0 else ("", rest)
    parts = []
    for name, size in _UNITS[1:] if hide_days else _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{name}")
    return sign + " ".join(parts)


def duration_to_seconds(duration: str) -> int:
    """Return the seconds of a text such as `1h 30m`. Raises ValidationError if it has another form."""
    validate_duration_format(duration)
    negative = duration.lstrip().startswith("-")
    match = _DURATION.match(duration.replace("-", "", 1) if negative else duration)
    numbers = match.groups() if match else ()
    total = sum(int(number or 0) * size for number, (_, size) in zip(numbers, _UNITS, strict=False))
    return -total if negative else total


def validate_duration_format(duration: str) -> None:
    """Raise ValidationError unless `duration` looks like `1d 2h 3m 4s`; parts may be missing but not out of order."""
    text = duration.strip() if isinstance(duration, str) else ""
    if text and _DURATION.match(text.removeprefix("-")):
        return
    from frappe.translate import _
    from frappe.utils.strings import escape_html

    refuse(_("{0} is not a duration. Write it like 1d 2h 30m 15s.").format(escape_html(str(duration))))
