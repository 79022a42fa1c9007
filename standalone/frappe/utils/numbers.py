"""Numbers from loose input, rounding, and money as people read it."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from frappe.context import local
from frappe.utils.site_settings import currency_symbol, system_setting

COMMERCIAL = "Commercial Rounding"
BANKERS = "Banker's Rounding"
BANKERS_LEGACY = "Banker's Rounding (legacy)"

NUMBER_FORMATS: dict[str, tuple[str, str, int]] = {
    "#,###.##": (".", ",", 2),
    "#.###,##": (",", ".", 2),
    "# ###.##": (".", " ", 2),
    "# ###,##": (",", " ", 2),
    "#'###.##": (".", "'", 2),
    "#, ###.##": (".", ", ", 2),
    "#,##,###.##": (".", ",", 2),
    "#,###.###": (".", ",", 3),
    "#.###": ("", ".", 0),
    "#,###": ("", ",", 0),
    "#.########": (".", "", 8),
}
"""Format → (decimal mark, group mark, decimals)."""


def cint(s: Any, default: int = 0) -> int:
    """Return `s` as an int, cutting decimals (`"12.7"` is 12); `default` for None and everything that is no number."""
    try:
        return int(s)
    except (ValueError, TypeError, OverflowError):
        pass
    try:
        return int(float(s))
    except (ValueError, TypeError, OverflowError):
        return default


def flt(s: Any, precision: int | None = None, rounding_method: str | None = None) -> float:
    """Return `s` as a float, rounded if `precision` is given; commas in text are group marks, junk is 0.0."""
    number = _to_float(s)
    if precision is None:
        return number
    return rounded(number, cint(precision), rounding_method)


def _to_float(value: Any) -> float:
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return _float_of_text(value)
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _float_of_text(text: str) -> float:
    try:
        number = float(text.replace(",", "") if "," in text else text)
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def rounded(num: Any, precision: int | None = 0, rounding_method: str | None = None) -> float:
    """Round by the method of System Settings: half to even by default, half away from zero when commercial."""
    number = _to_float(num)
    if not math.isfinite(number):
        return number
    method = rounding_method or system_setting("rounding_method") or BANKERS_LEGACY
    mode = ROUND_HALF_UP if method == COMMERCIAL else ROUND_HALF_EVEN
    try:
        result = float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-cint(precision)), rounding=mode))
    except InvalidOperation:
        return number  # more digits than a float has: nothing to round
    return result + 0.0  # never -0.0


def ceil(s: Any) -> Any:
    """Return the smallest integer not below `s`; `s` itself when it is no number."""
    try:
        return math.ceil(_parse_number(s))
    except (TypeError, ValueError, OverflowError):
        return s


def floor(s: Any) -> Any:
    """Return the largest integer not above `s`; `s` itself when it is no number."""
    try:
        return math.floor(_parse_number(s))
    except (TypeError, ValueError, OverflowError):
        return s


def _parse_number(value: Any) -> float:
    return value if isinstance(value, int) else float(value)


def safe_div(numerator: float, denominator: float, precision: int = 2) -> float:
    """Divide and round; 0.0 when the denominator is zero."""
    return flt(numerator / denominator, precision) if denominator else 0.0


def remainder(numerator: float, denominator: float, precision: int = 2) -> float:
    """Return what is left of a division, worked out in steps of `precision` decimals."""
    scale = 10**precision
    return flt(round(numerator * scale) % round(denominator * scale) / scale, precision)


def round_based_on_smallest_currency_fraction(value: float, currency: str, precision: int = 2) -> float:
    """Round a sum to what can be paid in coins of the currency; half a coin is let off."""
    smallest = flt(local.db.get_value("Currency", currency, "smallest_currency_fraction_value", cache=True))
    if not smallest:
        return flt(rounded(value), precision)
    rest = remainder(value, smallest, precision)
    return flt(value - rest + (smallest if rest > smallest / 2 else 0), precision)


def sbool(x: Any) -> Any:
    """Return True or False for the texts `true`, `1`, `false` and `0`; any other value unchanged."""
    text = str(x).strip().lower()
    if text in ("true", "1"):
        return True
    return False if text in ("false", "0") else x


def get_number_format_info(format: str) -> tuple[str, str, int]:
    """Return (decimal mark, group mark, decimals) of a number format; the plain one for an unknown format."""
    return NUMBER_FORMATS.get(format) or (".", ",", 2)


def fmt_money(
    amount: Any, precision: int | str | None = None, currency: str | None = None, format: str | None = None
) -> str:
    """Return an amount in the site's number format, with the symbol of the currency if one is given: `$ 1,234.50`."""
    number_format = format or system_setting("number_format") or "#,###.##"
    decimal_mark, group_mark, decimals = get_number_format_info(number_format)
    if precision not in (None, ""):
        decimals = cint(precision)
    value = flt(amount, decimals)
    whole, _, fraction = f"{abs(value):.{decimals}f}".partition(".")
    text = _group_digits(whole, group_mark, indian=number_format == "#,##,###.##")
    if fraction:
        text += (decimal_mark or ".") + fraction
    sign = "-" if value < 0 else ""
    symbol, on_the_right = currency_symbol(currency) if currency else ("", False)
    parts = [sign + text, symbol] if on_the_right else [symbol, sign + text]
    return " ".join(filter(None, parts))


def _group_digits(digits: str, mark: str, *, indian: bool) -> str:
    head, tail = digits[:-3], digits[-3:]
    size = 2 if indian else 3
    groups = [tail]
    while head:
        groups.insert(0, head[-size:])
        head = head[:-size]
    return mark.join(groups)
