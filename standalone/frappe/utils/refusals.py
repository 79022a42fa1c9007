"""How a value function says no: with a message for the caller inside a site, with the bare error outside of one."""

from __future__ import annotations

from typing import NoReturn

from frappe.context import is_active
from frappe.exceptions import ValidationError


def refuse(message: str, error: type[Exception] = ValidationError, title: str | None = None) -> NoReturn:
    """Raise `error` with `message`; inside a site the message also travels with the response."""
    if is_active():
        from frappe.messages import throw

        throw(message, exc=error, title=title)
    raise error(message)
