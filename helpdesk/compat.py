"""Differences between the versions of the framework, bridged once.

Nothing here asks where the app runs; it asks whether something is there.
"""

import inspect
import os
import shutil
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

import frappe


def savepoint(catch: type[Exception] | tuple[type[Exception], ...]) -> AbstractContextManager[None]:
    """Undo the work of the block when it raises `catch`, swallow that error, and go on."""
    from frappe.database.database import savepoint as framework_savepoint

    return framework_savepoint(catch=catch)


def socket_port() -> int | None:
    """Return the port of the server of live events, where it is not that of the pages: on a bench under development.

    `bench start` sets DEV_SERVER. Elsewhere one address serves both, whatever the configuration says.
    """
    return int(frappe.conf.socketio_port or 0) or None if os.environ.get("DEV_SERVER") else None


def can_make_pdf() -> bool:
    """Tell whether pages can become PDF here. Frappe leaves it to a program, our runtime to an extra of its own."""
    from frappe.utils import pdf

    tells = getattr(pdf, "can_make_pdf", None)
    return bool(tells()) if tells else shutil.which("wkhtmltopdf") is not None


def has_doctype(doctype: str) -> bool:
    """Tell whether `doctype` exists on this site; v15 and sites without certain apps lack some."""
    return bool(frappe.db.exists("DocType", doctype))


@lru_cache(maxsize=1)
def _takes_headers() -> bool:
    return "email_headers" in inspect.signature(frappe.sendmail).parameters


def _keeps_urgent_mail() -> bool:
    """Tell whether an urgent mail waits for the commit by itself. Frappe sends it within the call, and commits."""
    return hasattr(frappe.db, "waiting")


def sendmail(*, headers: dict[str, str] | None = None, **options: Any) -> Any:
    """Send mail through the framework, with extra headers where the framework can carry them.

    A mail that is urgent (`now`, or not `delayed`) leaves right after the commit: what caused it may still fail.
    """
    if headers and _takes_headers():
        options["email_headers"] = headers
    is_urgent = bool(options.get("now") or not options.get("delayed", True))
    if not is_urgent or _keeps_urgent_mail():
        return frappe.sendmail(**options)
    queued = frappe.sendmail(**{**options, "now": False, "delayed": True})
    if queued:  # nothing is queued for nobody, and many recipients are queued by a job of the framework
        frappe.enqueue_doc("Email Queue", queued.name, "send", queue="short", enqueue_after_commit=True)
    return queued


_PERCENT = "\x1f"
"""Stands for a percent sign within a literal; it is in no name."""


def literal(value: str) -> str:
    """Return a text as an SQL literal for the condition of a list.

    Versions differ in whether they format such a condition with values, which halves doubled percent signs, so there is
    none in the literal.
    """
    if "%" not in value:
        return frappe.db.escape(value)
    collation = " collate utf8mb4_unicode_ci" if frappe.db.db_type == "mariadb" else ""
    text = frappe.db.escape(value.replace("%", _PERCENT))
    return f"replace({text}, '{_PERCENT}', cast(char(37) as char)){collation}"


def capture(event: str) -> None:
    """Report a product event to the framework's telemetry, which does nothing unless the site's owner wants it."""
    from frappe.utils.telemetry import capture as report

    report(event, "helpdesk")


@lru_cache(maxsize=1)
def _takes_functions_in_text() -> bool:
    """Tell whether a field may be `count(name)`: v15 and early v16 take that, later ones want a dict instead."""
    try:
        frappe.get_all("DocType", fields=["count(name) as total"], order_by=None)
    except (frappe.ValidationError, frappe.PermissionError):
        frappe.clear_last_message()
        return False
    return True


def _total() -> Any:
    return "count(name) as total" if _takes_functions_in_text() else {"COUNT": "name", "as": "total"}


def count_visible(doctype: str, filters: list[Any]) -> int:
    """Return how many documents the caller may see under `filters`."""
    rows = frappe.get_list(doctype, filters=filters, fields=[_total()], order_by=None)
    return int(rows[0].total) if rows else 0


def count_visible_by(doctype: str, filters: list[Any], fieldname: str) -> dict[str, int]:
    """Return how many documents the caller may see under `filters`, by their value of a field; none at all is ""."""
    fields = [fieldname, _total()]
    counts: dict[str, int] = {}
    for row in frappe.get_list(doctype, filters=filters, fields=fields, group_by=fieldname, order_by=None):
        value = "" if row[fieldname] is None else str(row[fieldname])
        counts[value] = counts.get(value, 0) + int(row.total)
    return counts
