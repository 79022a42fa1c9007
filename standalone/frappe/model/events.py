"""Who is told what when: the controller's method, the handlers of apps (`doc_events`), then the listeners.

The handlers of one (DocType, event) are worked out once and kept as long as the hooks stay the same. Listeners hear of
every event of every document: Notifications and webhooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import frappe
from frappe.apps import mapping_of_hook
from frappe.context import current_state

LISTENERS = (
    "frappe.email.doctype.notification.run_notifications",
    "frappe.integrations.doctype.webhook.run_webhooks",
)
"""Called for every event, in this order. By name: they stand on documents, not documents on them."""


def run(doc: Any, event: str, *args: Any, **kwargs: Any) -> Any:
    """Run `event` on a document: controller method, its own handlers, those for "*", listeners.

    Dicts that come back are merged, otherwise the last answer that is not None wins.
    """
    method = getattr(doc, event, None)
    answer = method(*args, **kwargs) if callable(method) else None
    handlers = handlers_of(doc.doctype, event)
    if handlers:
        with commits_ignored():
            for path in handlers:
                answer = _merged(answer, frappe.get_attr(path)(doc, event, *args, **kwargs))
    for listener in _listeners():
        listener(doc, event)
    return answer


@cache
def _listeners() -> tuple[Callable[[Any, str], None], ...]:
    return tuple(frappe.get_attr(path) for path in LISTENERS)


def _merged(answer: Any, added: Any) -> Any:
    if isinstance(answer, dict) and isinstance(added, dict):
        return type(answer)({**answer, **added})
    return answer if added is None else added


def handlers_of(doctype: str, event: str) -> tuple[str, ...]:
    """Return the dotted paths registered for an event of a DocType, those for "*" last."""
    hooks = mapping_of_hook("doc_events")
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
