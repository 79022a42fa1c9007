"""What went wrong, told to those who run the site."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import frappe
from frappe.messages import log_error

F = TypeVar("F", bound=Callable[..., Any])

EXPECTED = (frappe.AuthenticationError, frappe.CSRFTokenError, frappe.SecurityException, frappe.InReadOnlyMode)
"""What callers bring about; an entry in the log would help nobody."""


def log_error_snapshot(exception: BaseException) -> None:
    """Write an exception that is being handled into the Error Log, unless it is one that callers bring about."""
    if isinstance(exception, EXPECTED):
        return
    source = guess_exception_source(frappe.get_traceback())
    log_error(title=f"{type(exception).__name__}: {exception}"[:140] + (f" ({source})" if source else ""))


def guess_exception_source(exception: str) -> str | None:
    """Return the app in whose files a traceback ends; None when that is none of an app."""
    files = [line.split('"')[1] for line in exception.splitlines() if line.strip().startswith('File "')]
    apps = set(frappe.get_installed_apps()) - {"frappe"}
    return next((app for file in reversed(files) for app in apps if f"/{app}/" in file), None)


def raise_error_on_no_output(
    error_message: str, error_type: type[Exception] | None = None, keep_quiet: Callable[[], bool] | None = None
) -> Callable[[F], F]:
    """Decorate a function that must return something: nothing is thrown as an error, unless `keep_quiet()` is true."""

    def decorate(function: F) -> F:
        @functools.wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            answer = function(*args, **kwargs)
            if not answer and not (keep_quiet and keep_quiet()):
                frappe.throw(error_message, error_type or frappe.ValidationError)
            return answer

        return wrapper  # type: ignore[return-value]

    return decorate


__all__ = ["guess_exception_source", "log_error", "log_error_snapshot", "raise_error_on_no_output"]
