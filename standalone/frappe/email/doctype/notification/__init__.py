"""When documents change, the Notifications that wait for it tell their people, in the same transaction."""

from __future__ import annotations

from typing import Any

import frappe

CACHE_KEY = "notifications"
"""Dropped by the document cache when any Notification changes."""
EVENTS = {
    "after_insert": "New",
    "on_update": "Save",
    "on_submit": "Submit",
    "on_cancel": "Cancel",
    "on_change": "Value Change",
}
"""What happens to a document, and the event of the Notifications that wait for it."""


def run_notifications(doc: Any, method: str) -> None:
    """Send the enabled Notifications of this DocType and event whose condition holds; each once a save.

    One that fails is logged: what somebody else set up must not keep the document from being saved.
    """
    waiting = get_all_notifications().get(doc.doctype)
    if not waiting or _is_quiet():
        return
    for row in waiting:
        if _waits_for(row, doc, method) and not _was_told(row, doc):
            send_safely(row.name, doc)


def _is_quiet() -> bool:
    flags = frappe.flags
    importing = flags.in_import and flags.mute_emails
    return bool(flags.in_patch or flags.in_install or flags.in_migrate or importing or flags.logs_notification_error)


def _waits_for(row: Any, doc: Any, method: str) -> bool:
    if row.event == "Method":
        return bool(row.method == method)
    if row.event != EVENTS.get(method):
        return False
    return row.event != "Value Change" or _has_changed(doc, row.value_changed)


def _has_changed(doc: Any, fieldname: str) -> bool:
    if doc.flags.in_insert or not doc.has_value_changed(fieldname):
        return False
    return bool(doc.get(fieldname) or doc.get_value_before_save(fieldname))


def _was_told(row: Any, doc: Any) -> bool:
    """Tell whether this save (or value) was told already, and note that it is now."""
    told = doc.flags.setdefault("notifications_executed", [])
    what = (row.name, str(doc.get(row.value_changed))) if row.event == "Value Change" else row.name
    if what in told:
        return True
    told.append(what)
    return False


def send_safely(name: str, doc: Any) -> None:
    """Send a Notification about a document if its condition holds; when that fails, undo it and write it down."""
    before = f"notification_{frappe.generate_hash(length=8)}"
    frappe.db.savepoint(before)
    try:
        frappe.get_cached_doc("Notification", name).send_if_met(doc)
    except frappe.exceptions.DATABASE_TROUBLE:
        raise
    except Exception:  # a condition or a template can raise anything
        frappe.db.rollback(save_point=before)
        _log(name)
    else:
        frappe.db.release_savepoint(before)


def _log(name: str) -> None:
    """Write down what went wrong; a Notification about Error Logs does not hear of itself."""
    frappe.flags.logs_notification_error = True
    try:
        frappe.log_error(title=f"Notification {name}", reference_doctype="Notification")
    finally:
        frappe.flags.logs_notification_error = False


def get_all_notifications() -> dict[str, list[Any]]:
    """Return `{DocType: [{name, event, method, value_changed}]}` of the enabled Notifications that can be sent."""
    found: dict[str, list[Any]] = frappe.cache.get_value(CACHE_KEY, _read)
    return found


def _read() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    if not frappe.db.table_exists("Notification"):
        return found
    fields = ["name", "document_type", "event", "method", "value_changed"]
    filters = {"enabled": 1, "channel": ["in", ["Email", "System Notification"]]}
    for row in frappe.get_all("Notification", filters=filters, fields=fields, order_by="creation asc"):
        found.setdefault(row.document_type, []).append(row)
    return found
