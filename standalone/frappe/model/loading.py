"""How apps get documents: by name, by filters, from a dict, new with defaults, or as a copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import frappe
from frappe.model.base_document import BaseDocument
from frappe.model.controllers import get_controller
from frappe.model.doc_cache import can_cache_doc, get_cached_doc, refresh


def get_doc(*args: Any, **kwargs: Any) -> Any:
    """Return a document.

    `get_doc(doctype, name)` loads it, `name` may be filters (the first match counts); `get_doc(single)` loads a Single;
    `get_doc({"doctype": …, …})` and `get_doc(doctype=…, …)` make a new one in memory, without defaults; a document is
    handed back as it is. `for_update=True` locks the row.
    Raises DoesNotExistError when there is nothing to load, ValueError when no DocType is given.
    """
    if args and isinstance(args[0], BaseDocument):
        return args[0]
    if args and isinstance(args[0], str):
        doc = get_controller(args[0])(*args, **kwargs)
        if not kwargs.get("for_update") and (len(args) == 1 or isinstance(args[1], str)):
            refresh(doc)
        return doc
    values = args[0] if args else kwargs
    if not isinstance(values, Mapping):
        raise ValueError(f"A document is got by DocType and name or made from a dict, not from {values!r}")
    if not values.get("doctype"):
        raise ValueError('"doctype" is missing: it is needed to make a document')
    return get_controller(values["doctype"])(values)


def new_doc(
    doctype: str,
    *,
    parent_doc: Any = None,
    parentfield: str | None = None,
    as_dict: bool = False,
    **values: Any,
) -> Any:
    """Return a new document in memory, with the defaults of its fields."""
    from frappe.model.defaults import get_new_doc

    doc = get_new_doc(doctype, parent_doc, parentfield, as_dict=as_dict)
    return doc.update(values)


def get_single(doctype: str) -> Any:
    return get_doc(doctype, doctype)


def get_single_value(doctype: str, fieldname: str) -> Any:
    return get_cached_doc(doctype).get(fieldname)


def get_last_doc(
    doctype: str, filters: Any = None, order_by: str = "creation desc", *, for_update: bool = False
) -> Any:
    """Return the newest document that meets `filters`. Raises DoesNotExistError when there is none."""
    names = frappe.get_all(doctype, filters=filters, limit_page_length=1, order_by=order_by, pluck="name")
    if not names:
        raise frappe.DoesNotExistError(frappe._("No {0} found").format(frappe._(doctype)))
    return get_doc(doctype, names[0], for_update=for_update)


def find_cached_doc(doctype: str, name: Any) -> Any:
    """Return a document that may come from the cache, None when there is no such document."""
    log = frappe.local.message_log
    said_before = len(log)
    try:
        return get_cached_doc(doctype, name)
    except frappe.DoesNotExistError:
        del log[said_before:]
        return None


NOT_COPIED = ("name", "owner", "creation", "modified", "modified_by")
NOT_COPIED_BY_FIELDNAME = ("amended_from", "amendment_date", "cancel_reason")


def copy_doc(doc: Any, ignore_no_copy: bool = True) -> Any:
    """Return a new, unsaved copy with its rows.

    With `ignore_no_copy` (the default) fields marked "no copy" are copied all the same.
    """
    source = doc if isinstance(doc, Mapping) else doc.as_dict()
    copy = get_doc(_without(source, NOT_COPIED))
    copy.set("__islocal", 1)
    cleared = [*NOT_COPIED, *NOT_COPIED_BY_FIELDNAME]
    if not frappe.local.flags.in_test:
        copy.docstatus = 0
    _clear_fields(copy, cleared, ignore_no_copy)
    for row in copy.get_all_children():
        row.set("__islocal", 1)
        _clear_fields(row, [*cleared, "parent"], ignore_no_copy)
    return copy


def _without(values: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {
        key: [dict(row) for row in value]
        if isinstance(value, list) and value and isinstance(value[0], Mapping)
        else value
        for key, value in values.items()
        if key not in keys
    }


def _clear_fields(doc: Any, fieldnames: list[str], ignore_no_copy: bool) -> None:
    for fieldname in fieldnames:
        doc.__dict__[fieldname] = None
    if doc.meta.istable and not frappe.local.flags.in_test:
        doc.docstatus = 0
    if not ignore_no_copy:
        for field in doc.meta.fields:
            if field.no_copy:
                doc.set(field.fieldname, None)


__all__ = [
    "can_cache_doc",
    "copy_doc",
    "find_cached_doc",
    "get_cached_doc",
    "get_doc",
    "get_last_doc",
    "get_single",
    "get_single_value",
    "new_doc",
]
