"""What people call a ticket: its number, or the number behind a prefix, such as TKT-0042. The number is the name."""

import re

from helpdesk.settings import get_settings

MOST_DIGITS = 12
PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9]{0,9}[-_]?")


def write(name: str | int, prefix: str | None, digits: int) -> str:
    """Return the reference of a ticket under these settings."""
    return f"{prefix}{str(name).zfill(digits)}" if prefix else f"#{name}"


def find(text: str, prefix: str | None) -> str | None:
    """Return the number that a text names, and nothing but names: `42`, `#42`, `TKT-0042`; else None."""
    word = text.strip().removeprefix("#")
    if prefix and word.casefold().startswith(prefix.casefold()):
        word = word[len(prefix) :]
    if not word.isascii() or not word.isdecimal() or len(word) > MOST_DIGITS:
        return None
    return str(int(word))


def is_prefix(text: str) -> bool:
    """Tell whether a text can stand before numbers: letters and digits, perhaps with a dash at the end."""
    return PREFIX.fullmatch(text) is not None


def reference_of(name: str | int) -> str:
    """Return the reference of a ticket on this site."""
    settings = get_settings()
    return write(name, settings.ticket_reference_prefix, settings.ticket_reference_digits or 0)


def named_in(text: str) -> str | None:
    """Return the number that a text names on this site, or None."""
    return find(text, get_settings().ticket_reference_prefix)
