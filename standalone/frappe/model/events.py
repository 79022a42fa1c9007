"""Who is told what when: the controller's method, then the handlers that apps registered in `doc_events`.

The handlers of one (DocType, event) are worked out once and kept as long as the hooks stay the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.context import current_state


def run(doc: Any, event: str, *args: Any, **kwargs: Any) -> Any:
    """Run `event` on a document: controller method, its own handlers, those for "*", notifications.

    Dicts that come back are merged, otherwise the last answer that is not None wins.
    """
    method = getattr(doc, event, None)
    answer = method(*args, **kwargs) if callable(method) else None
    handlers = handlers_of(doc.doctype, event)
    if handlers:
        with commits_ignored():
            for path in handlers:
                answer = _merged(answer, frappe.get_attr(path)(doc, event, *args, **kwargs))
    _run_records(doc, event)
    return answer


def _merged(answer: Any, added: Any) -> Any:
    if isinstance(answer, dict) and isinstance(added, dict):
        return type(answer)({**answer, **added})
    return answer if added is None else added


def handlers_of(doctype: str, event: str) -> tuple[str, ...]:
    """Return the dotted paths registered for an event of a DocType, those for "*" last."""
    hooks = frappe.get_hooks("doc_events", {})
    state = current_state()
    compiled: tuple[Any, dict[tuple[str, str], tuple[str, ...]]] | None = state.__dict__.get("doc_event_handlers")
    if compiled is None or compiled[0] is not hooks:
        compiled = (hooks, {})
        state.__dict__["doc_event_handlers"] = compiled
    known = compiled[1].get((doctype, event))
    if known is None:
        known = compiled[1][(doctype, event)] = _compile(hooks, doctype, event)
    return known


def _compile(hooks: dict[Any, Any], doctype: str, event: str) -> tuple[str, ...]:
    own: list[str] = []
    general: list[str] = []
    for key, events in hooks.items():
        if key == "*":
            general.extend(events.get(event, ()))
        elif key == doctype or (isinstance(key, tuple) and doctype in key):
            own.extend(events.get(event, ()))
    return (*own, *general)


@contextmanager
def commits_ignored() -> Iterator[None]:
    """Inside, commit and rollback do nothing (and say so): a handler may not end somebody else's transaction."""
    db = frappe.local.db
    db._disable_transaction_control += 1
    try:
        yield
    finally:
        db._disable_transaction_control -= 1


# ---------------------------------------------------------------------- notifications kept as records


def _run_records(doc: Any, event: str) -> None:
    flags = frappe.local.flags
    if flags.in_install or flags.in_migrate or flags.in_patch or flags.in_import or flags.in_uninstall:
        return
    if not flags.mute_notifications:
        _run_notifications(doc, event)


EVENT_OF_NOTIFICATION = {
    "New": "after_insert",
    "Save": "on_update",
    "Value Change": "on_change",
    "Submit": "on_submit",
    "Cancel": "on_cancel",
}


def _run_notifications(doc: Any, event: str) -> None:
    for record in notifications_of(doc.doctype):
        if _is_due(record, event) and _is_first_time(doc, record["name"]):
            from frappe.email.doctype.notification.notification import evaluate_alert

            with commits_ignored():
                evaluate_alert(doc, record["name"], record["event"])


def _is_due(record: dict[str, Any], event: str) -> bool:
    if record["event"] == "Method":
        return bool(record["method"] == event)
    return EVENT_OF_NOTIFICATION.get(record["event"]) == event


def _is_first_time(doc: Any, name: str) -> bool:
    """A Notification is sent once per save, even when its event comes twice."""
    done = doc.flags.notifications_executed
    if done is None:
        return True
    if name in done:
        return False
    done.append(name)
    return True


def notifications_of(doctype: str) -> list[dict[str, Any]]:
    """Return name, event and method of the enabled Notifications of a DocType; cached under `notifications`."""
    everything = frappe.cache.get_value("notifications")
    if everything is None:
        everything = {}
        for record in _read_notifications():
            everything.setdefault(record["document_type"], []).append(record)
        frappe.cache.set_value("notifications", everything)
    return list(everything.get(doctype, ()))


def _read_notifications() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frappe.db.sql(
        "select `name`, `document_type`, `event`, `method` from `tabNotification` where `enabled` = 1", as_dict=True
    )
    return rows
