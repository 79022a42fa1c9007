"""Records that may be written a little later, all at once: logs of what people read, errors in read-only requests.

They wait in the cache and are written by a scheduled job, at the latest every fifteen minutes, and when the server
stops. Without Redis the cache is the memory of this process, and what a killed one had not written is lost; do not
defer what matters.
"""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.utils.logger import get_logger

_DOCTYPES = "deferred_insert_doctypes"
_RECORDS = "deferred_insert_records:"


def deferred_insert(doctype: str, records: list[dict[str, Any]] | str) -> None:
    """Have `records` (dicts, or a JSON list of them) inserted into `doctype` later."""
    rows = frappe.parse_json(records) if isinstance(records, str) else records
    frappe.cache.rpush(f"{_RECORDS}{doctype}", *(frappe.as_json(dict(row), indent=None) for row in rows))
    frappe.cache.sadd(_DOCTYPES, doctype)


def pending(doctype: str) -> list[dict[str, Any]]:
    """Return what waits to be inserted into `doctype` on the active site."""
    return [json.loads(record) for record in frappe.cache.lrange(f"{_RECORDS}{doctype}", 0, -1)]


def save_to_db() -> int:
    """Insert what waits for the active site, without committing; return how many records.

    A record that cannot be inserted is written to the log of the process, and does not stop the others.
    """
    written = 0
    for doctype in sorted(map(bytes.decode, frappe.cache.smembers(_DOCTYPES))):
        while (record := frappe.cache.lpop(f"{_RECORDS}{doctype}")) is not None:
            written += _insert(doctype, json.loads(record))
    return written


def _insert(doctype: str, record: dict[str, Any]) -> bool:
    frappe.db.savepoint("deferred_insert")
    try:
        frappe.get_doc({**record, "doctype": doctype}).insert(ignore_permissions=True)
    except Exception:  # a bad record would come again for ever
        frappe.db.rollback(save_point="deferred_insert")
        get_logger("deferred_insert").exception("%s could not be inserted: %r", doctype, record)
        return False
    return True
