"""Documents that are read often and kept: `frappe.get_cached_doc`.

What is stored is the document's state, not the object: every request makes its own copy of it, so nobody's changes leak
into another request. A document that the running transaction has changed is not stored before the transaction ends, and
is dropped once more after it.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.cache import shared_cache
from frappe.context import current_state
from frappe.model.controllers import get_controller

State = tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]


def get_document_cache_key(doctype: str, name: Any) -> str:
    return f"document_cache::{doctype}::{name}"


def can_cache_doc(args: Any) -> str | None:
    """Return the cache key of `(doctype, name)` when both are texts, None for anything that is not cached."""
    if len(args) == 1 and isinstance(args[0], str):
        args = (args[0], args[0])
    if len(args) == 2 and isinstance(args[0], str) and isinstance(args[1], str):
        return get_document_cache_key(*args)
    return None


def get_cached_doc(*args: Any, **kwargs: Any) -> Any:
    """Return a document that may come from the cache; the caller must not change it.

    Without a cached copy this is `frappe.get_doc`, and the result is kept for the next caller.
    """
    key = can_cache_doc(args) if not kwargs else None
    if key is None:
        return frappe.get_doc(*args, **kwargs)
    mirror = current_state().document_cache
    doc = mirror.get(key)
    if doc is None:
        state = shared_cache.get_value(key)
        doc = _restore(args[0], state) if state is not None else _load(key, args)
        mirror[key] = doc
    return doc


def _load(key: str, args: Any) -> Any:
    doc = frappe.get_doc(*args)
    if doc.name is not None and key != get_document_cache_key(doc.doctype, doc.name):
        return doc  # asked for in another spelling; only the true name is kept
    store(doc)
    return doc


def store(doc: Any) -> None:
    """Keep a document as the database has it, unless the running transaction has changed it."""
    key = get_document_cache_key(doc.doctype, doc.name)
    if key not in _changed():
        shared_cache.set_value(key, _capture(doc))


def refresh(doc: Any) -> None:
    """Replace what is cached of a document that was just read from the database."""
    if isinstance(doc.name, str):
        key = get_document_cache_key(doc.doctype, doc.name)
        if shared_cache.get_value(key) is not None:
            store(doc)


def _capture(doc: Any) -> State:
    tables = doc.meta.table_doctypes
    values = {key: value for key, value in doc.__getstate__().items() if key not in tables}
    return values, {table: [row.__getstate__() for row in doc.get(table) or ()] for table in tables}


def _restore(doctype: str, state: State) -> Any:
    values, tables = state
    doc = _instance(doctype, values)
    for table, rows in tables.items():
        child = doc.meta.table_doctypes.get(table)
        if child and not doc._is_computed(table):
            doc.__dict__[table] = [_instance(child, row) for row in rows]
            for row in doc.__dict__[table]:
                row.parent_doc = doc
    doc.__setup__()
    return doc


def _instance(doctype: str, values: dict[str, Any]) -> Any:
    cls: Any = get_controller(doctype)
    doc = cls.__new__(cls)
    doc.__dict__.update(values)
    doc.__dict__["flags"] = frappe._dict()
    return doc


def get_cached_value(doctype: str, name: Any, fieldname: Any = "name", as_dict: bool = False) -> Any:
    """Return one value, or several as a list or dict, of a document that may come from the cache.

    None when there is no such document.
    """
    from frappe.model.loading import find_cached_doc

    doc = find_cached_doc(doctype, name)
    if doc is None:
        return None
    if isinstance(fieldname, str):
        if as_dict:
            raise ValueError("as_dict needs a list of fieldnames")
        return doc.get(fieldname)
    values = [doc.get(name) for name in fieldname]
    return frappe._dict(zip(fieldname, values, strict=True)) if as_dict else values


# ---------------------------------------------------------------------- forgetting


def _changed() -> set[str]:
    """Return the keys that the running transaction has touched."""
    return current_state().__dict__.setdefault("changed_documents", set())  # type: ignore[no-any-return]


def clear_document_cache(doctype: str, name: Any = None) -> None:
    """Forget one document, or all of a DocType: now, and again when the transaction has ended."""
    state = current_state()
    prefix = f"document_cache::{doctype}::"
    key = prefix if name is None else f"{prefix}{name}"
    _drop(key, whole=name is None)
    changed = _changed()
    if not changed and state.db:
        state.db.after_commit.add(_transaction_ended)
        state.db.after_rollback.add(_transaction_ended)
    changed.add(key)
    if doctype in DERIVED_KEYS:
        frappe.cache.delete_value(DERIVED_KEYS[doctype])


def _drop(key: str, whole: bool) -> None:
    mirror = current_state().document_cache
    if whole:
        frappe.cache.delete_keys(key)
        for known in [k for k in mirror if k.startswith(key)]:
            del mirror[known]
        return
    mirror.pop(key, None)
    frappe.cache.delete_value(key)


def _transaction_ended() -> None:
    changed = _changed()
    if not changed:
        return
    exact = [key for key in changed if not key.endswith("::")]
    if exact:
        frappe.cache.delete_value(exact)
    for key in changed:
        if key.endswith("::"):
            frappe.cache.delete_keys(key)
    derived = {name for key in changed for name in DERIVED_KEYS.get(key.split("::")[1], ())}
    if derived:
        frappe.cache.delete_value(derived)
    current_state().document_cache.clear()
    changed.clear()


DERIVED_KEYS: dict[str, tuple[str, ...]] = {
    "Assignment Rule": ("assignment_rules",),
    "Custom DocPerm": ("doctype_extras",),
    "DocShare": ("docshare_doctypes",),
    "DocType": ("is_table",),
    "Document Naming Rule": ("naming_rules",),
    "Notification": ("notifications",),
    "Role": ("roles",),
    "User Permission": ("user_permissions",),
    "Webhook": ("webhooks",),
}
"""What is worked out from all documents of a DocType, and dropped whenever one of them changes."""


def forget_doctype(doctype: str) -> None:
    """Forget meta, rules and documents of a DocType, now and again when the transaction ends."""

    def forget() -> None:
        frappe.clear_cache(doctype=doctype)

    forget()
    frappe.db.after_commit.add(forget)
    frappe.db.after_rollback.add(forget)
