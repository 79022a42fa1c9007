"""Records that may be written a little later, all at once: logs of what people read, errors in read-only requests.

They wait in the memory of this process and are written by a scheduled job, at the latest every fifteen minutes, and
when the server stops. What a killed process had not written is lost; do not defer what matters.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import Any

import frappe
from frappe.utils.logger import get_logger

_waiting: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
_lock = threading.Lock()


def deferred_insert(doctype: str, records: list[dict[str, Any]] | str) -> None:
    """Have `records` (dicts, or a JSON list of them) inserted into `doctype` later."""
    rows = frappe.parse_json(records) if isinstance(records, str) else records
    with _lock:
        _waiting[frappe.local.site][doctype].extend(dict(row) for row in rows)


def pending(doctype: str) -> list[dict[str, Any]]:
    """Return what waits to be inserted into `doctype` on the active site."""
    with _lock:
        return list(_waiting[frappe.local.site][doctype])


def save_to_db() -> int:
    """Insert what waits for the active site, without committing; return how many records.

    A record that cannot be inserted is written to the log of the process, and does not stop the others.
    """
    with _lock:
        waiting = _waiting.pop(frappe.local.site, {})
    return sum(_insert(doctype, record) for doctype, records in waiting.items() for record in records)


def _insert(doctype: str, record: dict[str, Any]) -> bool:
    frappe.db.savepoint("deferred_insert")
    try:
        frappe.get_doc({**record, "doctype": doctype}).insert(ignore_permissions=True)
    except Exception:
        frappe.db.rollback(save_point="deferred_insert")
        get_logger("deferred_insert").exception("%s could not be inserted: %r", doctype, record)
        return False
    return True
