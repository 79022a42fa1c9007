"""What is said to the caller: messages that travel with the response, and the log of errors for the operator."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from frappe import exceptions
from frappe.context import is_active, local
from frappe.types import _dict


def msgprint(
    msg: Any,
    title: str | None = None,
    raise_exception: bool | type[Exception] | Exception = False,
    as_table: bool = False,
    as_list: bool = False,
    indicator: str | None = None,
    alert: bool = False,
    primary_action: Any = None,
    is_minimizable: bool = False,
    wide: bool = False,
    *,
    realtime: bool = False,
) -> None:
    """Collect a message for the response, and raise if asked to.

    `raise_exception` may be True (ValidationError), an exception class or an instance. With `realtime` the message goes
    to the session user's browser at once instead of into the response.
    """
    entry = _message(msg, title, raise_exception, as_table, as_list, indicator, alert, primary_action, wide)
    if is_minimizable:
        entry.is_minimizable = 1
    error = _error_for(entry, raise_exception)
    if not local.flags.mute_messages:
        _deliver(entry, realtime)
    if error is not None:
        raise error


def _message(
    msg: Any,
    title: str | None,
    raise_exception: Any,
    as_table: bool,
    as_list: bool,
    indicator: str | None,
    alert: bool,
    primary_action: Any,
    wide: bool,
) -> _dict:
    from frappe.translate import _

    entry = _dict(message=_message_text(msg, as_table, as_list))
    entry.title = title or _("Message")
    entry.indicator = indicator or ("red" if raise_exception else None)
    optional = {
        "as_table": as_table,
        "as_list": as_list,
        "alert": alert,
        "primary_action": primary_action,
        "wide": wide,
        "raise_exception": raise_exception,
    }
    for key, value in optional.items():
        if value:
            entry[key] = 1 if value is True or key == "raise_exception" else value
    if entry.indicator is None:
        del entry["indicator"]
    return entry


def _message_text(msg: Any, as_table: bool, as_list: bool) -> Any:
    if as_table or (as_list and isinstance(msg, list | tuple)):
        return msg
    if isinstance(msg, list | tuple):
        return "<br>".join(str(part) for part in msg)
    return str(msg)


def _error_for(entry: _dict, raise_exception: Any) -> Exception | None:
    if not raise_exception:
        return None
    from frappe.utils.strings import generate_hash

    text = entry.message if isinstance(entry.message, str) else str(entry.message)
    if isinstance(raise_exception, Exception):
        error = raise_exception
    elif isinstance(raise_exception, type) and issubclass(raise_exception, Exception):
        error = raise_exception(text)
    else:
        error = exceptions.ValidationError(text)
    entry["__frappe_exc_id"] = generate_hash(length=16)
    error.__frappe_exc_id = entry["__frappe_exc_id"]  # type: ignore[attr-defined]
    return error


def _deliver(entry: _dict, realtime: bool) -> None:
    if realtime:
        from frappe.realtime import publish_realtime

        publish_realtime("msgprint", entry, user=local.session.user)
        return
    if local.flags.print_messages:
        print(f"Message: {entry.message}")
    local.message_log.append(entry)


def throw(
    msg: Any,
    exc: type[Exception] | Exception = exceptions.ValidationError,
    title: str | None = None,
    is_minimizable: bool = False,
    wide: bool = False,
    as_list: bool = False,
    primary_action: Any = None,
) -> NoReturn:
    """Tell the caller what is wrong and raise `exc`."""
    msgprint(
        msg,
        raise_exception=exc,
        title=title,
        indicator="red",
        is_minimizable=is_minimizable,
        wide=wide,
        as_list=as_list,
        primary_action=primary_action,
    )
    raise AssertionError("msgprint raises when asked to")


def toast(message: str, indicator: str | None = None) -> None:
    """Show a short message that goes away by itself."""
    msgprint(message, indicator=indicator, alert=True)


def clear_messages() -> None:
    """Forget the messages collected so far."""
    local.message_log = []


def clear_last_message() -> None:
    """Forget the last message collected."""
    if local.message_log:
        local.message_log = local.message_log[:-1]


def get_message_log() -> list[_dict]:
    """Return the messages collected so far."""
    return list(local.message_log)


def errprint(msg: Any) -> None:
    """Add `msg` to the errors of the response."""
    local.error_log.append({"exc": str(msg)})


def log(msg: Any) -> None:
    """Add `msg` to the debug messages of the response."""
    local.debug_log.append(str(msg))


def get_traceback(with_context: bool = False) -> str:
    """Return the text of the exception being handled, "" when there is none."""
    kind, value, trace = sys.exc_info()
    if kind is None or value is None:
        return ""
    lines = traceback.format_exception(kind, value, trace, chain=True)
    return "".join(lines).strip()


def bold(text: Any) -> str:
    """Wrap `text` in a bold tag."""
    return f"<strong>{text}</strong>"


def log_error(
    title: str | None = None,
    message: str | None = None,
    reference_doctype: str | None = None,
    reference_name: Any = None,
    *,
    defer_insert: bool = False,
) -> Any:
    """Insert an Error Log in the current transaction and return it; the current traceback is its text by default.

    Outside a site the error goes to the process's log instead, and None is returned.
    """
    from frappe.utils.logger import get_logger

    if title and message and "\n" in title:
        title, message = message, title
    error = str(message) if message else (get_traceback() or str(title or ""))
    heading = str(title or error.strip().rpartition("\n")[2] or "Error")
    if not is_active() or not local.db:
        get_logger("frappe").error("%s\n%s", title, error)
        return None
    values: dict[str, Any] = {
        "doctype": "Error Log",
        "method": heading[:140],
        "error": error,
        "reference_doctype": reference_doctype,
        "reference_name": str(reference_name) if reference_name is not None else None,
    }
    return _insert_error_log(values, defer_insert)


def _insert_error_log(values: dict[str, Any], defer: bool) -> Any:
    if defer or local.flags.read_only:
        from frappe.deferred_insert import deferred_insert

        return deferred_insert("Error Log", [values])
    from frappe.model.document import get_doc

    return get_doc(values).insert(ignore_permissions=True)


def titles_of(entries: Sequence[_dict]) -> list[str]:
    """Return the texts of `entries`, for logs and command lines."""
    return [str(entry.message) for entry in entries]
