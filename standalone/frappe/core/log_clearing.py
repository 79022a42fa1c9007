"""Forgetting old logs: hook `default_log_clearing_doctypes` says of which DocTypes, and after how many days."""

from __future__ import annotations

from collections.abc import Callable

import frappe
from frappe.model.controllers import get_controller
from frappe.utils.logger import get_logger


def clear_old_logs() -> None:
    """Let each log's controller delete what is old enough; one that fails does not stop the others."""
    for doctype, days in retention().items():
        clear = getattr(get_controller(doctype), "clear_old_logs", None)
        if clear is None:
            get_logger("scheduler").warning("%s has no clear_old_logs, so its old entries stay.", doctype)
            continue
        try:
            clear(days=days)
            frappe.db.commit()
        except Exception:  # one log that cannot be cleared must not keep the others
            frappe.db.rollback()
            frappe.log_error(f"Clearing {doctype}")
            frappe.db.commit()


def clearing_of(doctype: str) -> Callable[..., None]:
    """Return the function that clears a log. Raises ValidationError for a DocType that is none."""
    if not frappe.db.exists("DocType", doctype):
        raise frappe.ValidationError(f"There is no DocType {doctype}.")
    clear: Callable[..., None] | None = getattr(get_controller(doctype), "clear_old_logs", None)
    if clear is None:
        raise frappe.ValidationError(f"{doctype} is no log: its controller has no clear_old_logs.")
    return clear


def retention() -> dict[str, int]:
    """Return `{DocType: days}` of the logs that are here; the app installed last wins."""
    hooks: dict[str, list[int]] = frappe.get_hooks("default_log_clearing_doctypes", {})
    return {doctype: int(days[-1]) for doctype, days in hooks.items() if frappe.db.exists("DocType", doctype)}
