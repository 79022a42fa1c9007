"""When documents change, the webhooks that wait for it are noted, and become jobs with the transaction."""

from __future__ import annotations

from typing import Any

import frappe

CACHE_KEY = "webhooks"
"""Dropped by the document cache when any webhook changes."""
_QUIET = ("in_import", "in_patch", "in_install", "in_migrate")
SEND = "frappe.integrations.doctype.webhook.webhook.send"


def run_webhooks(doc: Any, method: str) -> None:
    """Note the enabled webhooks of this DocType and event whose condition holds; each runs once a transaction."""
    waiting = get_all_webhooks().get(doc.doctype)
    if not waiting or any(frappe.flags.get(flag) for flag in _QUIET):
        return
    for webhook in waiting:
        if webhook.webhook_docevent != method or (method == "on_change" and doc.flags.in_insert):
            continue
        if frappe.get_cached_doc("Webhook", webhook.name).is_met_by(doc):
            _note(doc, webhook.name)


def get_all_webhooks() -> dict[str, list[Any]]:
    """Return `{DocType: [{name, webhook_docevent}]}` of the enabled webhooks."""
    found: dict[str, list[Any]] = frappe.cache.get_value(CACHE_KEY, _read_webhooks)
    return found


def _read_webhooks() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    if not frappe.db.table_exists("Webhook"):
        return found
    fields = ["name", "webhook_doctype", "webhook_docevent"]
    for row in frappe.get_all("Webhook", filters={"enabled": 1}, fields=fields, order_by="creation asc"):
        found.setdefault(row.webhook_doctype, []).append(row)
    return found


def _note(doc: Any, webhook: str) -> None:
    noted: dict[tuple[str, str, str], Any] = frappe.local.__dict__.setdefault("noted_webhooks", {})
    if not noted:
        frappe.db.before_commit.add(_enqueue)
        frappe.db.after_rollback.add(noted.clear)
    noted[webhook, doc.doctype, str(doc.name)] = doc


def _enqueue() -> None:
    """Put each noted webhook into the queue, with the document as the transaction leaves it.

    What a savepoint took back did not happen: a document that is not there was not made, one that is was not deleted.
    """
    noted = frappe.local.__dict__.get("noted_webhooks") or {}
    calls = list(noted.items())
    noted.clear()
    for (name, doctype, docname), doc in calls:
        webhook = frappe.get_cached_doc("Webhook", name)
        was_deleted = webhook.webhook_docevent == "on_trash"
        if was_deleted != bool(frappe.db.exists(doctype, docname)):
            sent = doc.as_dict(convert_dates_to_str=True)
            frappe.enqueue(SEND, queue=webhook.background_jobs_queue or "short", webhook=name, doc=sent)
