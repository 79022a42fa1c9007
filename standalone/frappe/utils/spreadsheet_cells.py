"""What a cell of an exported table may hold."""

from __future__ import annotations

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def inert(value: Any) -> Any:
    """Return text that a spreadsheet would run as a formula with a quote before it; other values unchanged.

    Numbers written as text, such as `-12.5` or `+49 30 1234`, stay as they are. Source: OWASP, CSV Injection.
    """
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS):
        return value
    return value if _is_number(value) else f"'{value}"


def _is_number(text: str) -> bool:
    return text[0] in "+-" and text[1:].replace(" ", "").replace(",", "").replace(".", "", 1).isdigit()
