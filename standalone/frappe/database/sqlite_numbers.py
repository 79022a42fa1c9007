"""What MySQL does with numbers and addresses, for SQLite."""

from __future__ import annotations

import ipaddress
import math
import re
import zlib
from typing import Any

from frappe.database.sqlite_texts import text

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WORD_SIZE = 1 << 64


def log(*numbers: Any) -> float | None:
    """Return the natural logarithm of one number, or that of the second to the base of the first."""
    values = [float(number) for number in numbers]
    if min(values) <= 0 or values[:-1] == [1.0]:
        return None
    return math.log(values[0]) if len(values) == 1 else math.log(values[1], values[0])


def conv(value: Any, source: Any, target: Any) -> str | None:
    """Write a number of one base in another; reading stops at what is no digit. A negative base keeps the sign."""
    base, wanted = abs(int(source)), int(target)
    if not (2 <= base <= 36 and 2 <= abs(wanted) <= 36):
        return None
    # Every text matches, if only with nothing.
    sign, digits = re.match(r"\s*(-?)([0-9A-Z]*)", text(value).upper()).groups()  # type: ignore[union-attr]
    number = 0
    for digit in digits:
        if DIGITS.index(digit) >= base:
            break
        number = number * base + DIGITS.index(digit)
    number = min(number, WORD_SIZE - 1) * (-1 if sign else 1)
    if wanted > 0:
        return _written(number % WORD_SIZE, wanted)
    return ("-" if number < 0 else "") + _written(abs(number), -wanted)


def _written(number: int, base: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, base)
        digits = DIGITS[digit] + digits
    return digits or "0"


def in_base(base: int) -> Any:
    """Return the function that writes a whole number in a base."""
    return lambda value: conv(int(float(value)), 10, base)


def crc32(value: Any) -> int:
    return zlib.crc32(text(value).encode())


def inet_aton(address: Any) -> int | None:
    try:
        return int(ipaddress.IPv4Address(text(address)))
    except ValueError:
        return None


def inet_ntoa(number: Any) -> str | None:
    try:
        return str(ipaddress.IPv4Address(int(number)))
    except ValueError:
        return None


def unhex(digits: Any) -> bytes | None:
    written = text(digits)
    try:
        return bytes.fromhex(written if len(written) % 2 == 0 else f"0{written}")
    except ValueError:
        return None
