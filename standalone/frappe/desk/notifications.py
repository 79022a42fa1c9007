"""How many documents of each kind wait for the user: the counts beside the entries of a desk.

Apps say in hook `notification_config` what is open: a function that returns `{"for_doctype": {DocType: filters or
function}}`. Counts are kept per user until a document of the DocType changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.utils import cint

COUNTS = "notification_count"
COUNTED_UP_TO = 100


def get_notification_config(user: str | None = None) -> _dict:
    """Return what all apps count, by kind (`for_doctype`, `for_other`, `targets`, …)."""
    merged = _dict(for_doctype={})
    for path in frappe.get_hooks("notification_config"):
        for kind, entries in (frappe.get_attr(path)() or {}).items():
            merged.setdefault(kind, {}).update(entries)
    return merged


@frappe.whitelist()
def get_notifications() -> dict[str, Any]:
    """Return `{open_count_doctype: {DocType: count}, open_count_other: {name: count}}` for the session user."""
    if frappe.session.user == "Guest":
        frappe.throw(frappe._("Sign in to see what waits for you."), frappe.PermissionError)
    config = get_notification_config()
    counts = {doctype: _count(doctype, wanted) for doctype, wanted in config.for_doctype.items() if _is_seen(doctype)}
    others = {name: cint(_called(wanted)) for name, wanted in (config.for_other or {}).items()}
    return {"open_count_doctype": counts, "open_count_other": others}


def get_filters_for(doctype: str) -> Any:
    """Return the filters by which documents of a DocType count as open; None when nothing is said of it."""
    wanted = get_notification_config().for_doctype.get(doctype)
    return None if wanted is None or _is_function(wanted) else wanted


def _is_seen(doctype: str) -> bool:
    return bool(frappe.db.exists("DocType", doctype)) and bool(frappe.has_permission(doctype, "read"))


def _count(doctype: str, wanted: Any) -> int:
    key, user = f"{COUNTS}:{doctype}", frappe.session.user
    known = frappe.cache.hget(key, user)
    if known is None:
        known = cint(_called(wanted)) if _is_function(wanted) else _open(doctype, wanted)
        frappe.cache.hset(key, user, known)
    return int(known)


def _open(doctype: str, filters: Any) -> int:
    return len(frappe.get_list(doctype, filters=filters, pluck="name", limit=COUNTED_UP_TO, order_by=None))


def _is_function(wanted: Any) -> bool:
    return callable(wanted) or isinstance(wanted, str)


def _called(wanted: Callable[[], Any] | str) -> Any:
    return frappe.get_attr(wanted)() if isinstance(wanted, str) else wanted()


@frappe.whitelist()
def get_open_count(doctype: str, name: str | int, items: str | list[str] | None = None) -> dict[str, Any]:
    """Return how many documents of each connected DocType point at one, and how many of them are open.

    Connected is what the DocType's dashboard lists (`<name>_dashboard.py`), narrowed by `items`.
    """
    doc = frappe.get_doc(require_doctype(doctype), name)
    doc.check_permission("read")
    dashboard = doc.meta.get_dashboard_data()
    listed = [item for group in dashboard.get("transactions") or [] for item in group.get("items", [])]
    chosen = set(frappe.parse_json(items) or listed) if items else set(listed)
    counts = [
        _connected(item, _link_of(dashboard, item), doc) for item in dict.fromkeys(listed) if item in chosen
    ]
    return {"count": {"external_links_found": [found for found in counts if found], "internal_links_found": []}}


def _link_of(dashboard: Any, doctype: str) -> str | None:
    named = (dashboard.get("non_standard_fieldnames") or {}).get(doctype) or dashboard.get("fieldname")
    return str(named) if named and frappe.get_meta(doctype).has_field(named) else None


def _connected(doctype: str, fieldname: str | None, doc: Any) -> dict[str, Any] | None:
    if fieldname is None or not frappe.has_permission(doctype, "read"):
        return None
    link = [[doctype, fieldname, "=", doc.name]]
    filters = get_filters_for(doctype)
    open_filters = [[doctype, field, *_operand(value)] for field, value in (filters or {}).items()]
    found = {"doctype": doctype, "count": _open(doctype, link)}
    return {**found, "open_count": _open(doctype, [*link, *open_filters]) if filters else 0}


def _operand(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else ["=", value]


# -- forgetting --------------------------------------------------------------------------------------------------------


def clear_notifications(user: str | None = None) -> None:
    """Forget the counts, of one user or of everybody."""
    for doctype in get_notification_config().for_doctype:
        if user:
            frappe.cache.hdel(f"{COUNTS}:{doctype}", user)
        else:
            delete_notification_count_for(doctype)


def delete_notification_count_for(doctype: str) -> None:
    """Forget the counts of a DocType."""
    frappe.cache.delete_value(f"{COUNTS}:{doctype}")


def clear_doctype_notifications(doc: Any, method: str | None = None, *_args: Any) -> None:
    """Forget the counts of a document's DocType, now and once more after the commit that makes the change seen."""
    if not frappe.get_hooks("notification_config") or doc.doctype not in get_notification_config().for_doctype:
        return
    doctype = doc.doctype
    delete_notification_count_for(doctype)
    frappe.db.after_commit.add(lambda: delete_notification_count_for(doctype))


__all__ = [
    "clear_doctype_notifications",
    "clear_notifications",
    "delete_notification_count_for",
    "get_filters_for",
    "get_notification_config",
    "get_notifications",
    "get_open_count",
]
