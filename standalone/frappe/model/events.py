"""Who is told what when: the controller's method, then the handlers that apps registered in `doc_events`.

The handlers of one (DocType, event) are worked out once and kept as long as the hooks stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import frappe
from frappe.context import current_state

NOTIFYING_EVENTS = frozenset(
    {"after_insert", "validate", "on_update", "on_change", "on_submit", "on_update_after_submit", "on_cancel"}
)
"""After these events Notification records and server scripts are looked at too."""


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
    if event in NOTIFYING_EVENTS or event in SCRIPTED_EVENTS:
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


# ---------------------------------------------------------------------- notifications and scripts kept as records

SCRIPTED_EVENTS = frozenset(
    {
        "before_insert",
        "after_insert",
        "before_validate",
        "validate",
        "before_save",
        "on_update",
        "before_submit",
        "on_submit",
        "before_cancel",
        "on_cancel",
        "on_trash",
        "after_delete",
        "before_rename",
        "after_rename",
        "before_update_after_submit",
        "on_update_after_submit",
        "on_change",
    }
)


def _run_records(doc: Any, event: str) -> None:
    flags = frappe.local.flags
    if flags.in_install or flags.in_migrate or flags.in_patch or flags.in_import or flags.in_uninstall:
        return
    if event in NOTIFYING_EVENTS and not flags.mute_notifications:
        _run_notifications(doc, event)
    if frappe.local.conf.server_script_enabled:
        _run_server_scripts(doc, event)


EVENT_OF_NOTIFICATION = {
    "New": "after_insert",
    "Save": "on_update",
    "Value Change": "on_change",
    "Submit": "on_submit",
    "Cancel": "on_cancel",
}


def _run_notifications(doc: Any, event: str) -> None:
    if doc.doctype == "Notification Log":
        return
    for record in notifications_of(doc.doctype):
        due = (
            record["method"] == event
            if record["event"] == "Method"
            else EVENT_OF_NOTIFICATION.get(record["event"]) == event
        )
        if not due:
            continue
        done = doc.flags.notifications_executed
        if done is not None and record["name"] in done:
            continue
        from frappe.email.doctype.notification.notification import evaluate_alert

        with commits_ignored():
            evaluate_alert(doc, record["name"], record["event"])
        if done is not None:
            done.append(record["name"])


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


def _run_server_scripts(doc: Any, event: str) -> None:
    from frappe.core.doctype.server_script.server_script_utils import run_server_script_for_doc_event

    with commits_ignored():
        run_server_script_for_doc_event(doc, event)


Handler = Callable[..., Any]
