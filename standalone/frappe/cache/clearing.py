"""Which cached values belong to what, so that a change drops exactly those."""

from __future__ import annotations

from typing import Any

from frappe.cache import cache
from frappe.context import current_state

USER_KEYS = (
    "roles",
    "user_permissions",
    "user_doc",
    "user_info",
    "home_page",
    "defaults",
    "bootinfo",
    "lang",
    "time_zone",
    "role_permissions",
    "shared_doctypes",
)
"""Hashes `name → {user: value}` that hold what was worked out for a user."""

DOCTYPE_KEYS = ("meta", "form_meta", "table_columns", "permission_rules", "doctype_events", "link_fields")
"""Hashes `name → {doctype: value}`."""


def clear_user(user: str) -> None:
    """Drop everything worked out for one user."""
    for name in USER_KEYS:
        cache.hdel(name, user)
    cache.delete_keys(f"user:{user}:")
    _reset_request()


def clear_doctype(doctype: str) -> None:
    """Drop meta, columns, permission rules and cached documents of one DocType and of the parents that embed it."""
    for name in DOCTYPE_KEYS:
        cache.hdel(name, doctype)
    cache.delete_keys(f"document_cache::{doctype}::")
    cache.delete_value(("doctype_parents", "doctype_extras", "is_table", "link_graph"))
    _reset_request()


def clear_site() -> None:
    """Drop everything of the site, except what the hook `persistent_cache_keys` names, and run `clear_cache` hooks."""
    from frappe.apps import get_attr, get_hooks

    kept = {key: cache.get_value(key) for key in get_hooks("persistent_cache_keys")}
    hooks = list(get_hooks("clear_cache"))
    cache.clear()
    for key, value in kept.items():
        if value is not None:
            cache.set_value(key, value)
    _reset_request()
    for dotted in hooks:
        get_attr(dotted)()


def clear_document_cache(doctype: str, name: Any = None) -> None:
    """Drop one cached document, or all of a DocType."""
    if name is None:
        cache.delete_keys(f"document_cache::{doctype}::")
    else:
        cache.delete_value(f"document_cache::{doctype}::{name}")


def _reset_request() -> None:
    state = current_state()
    state.cache = {}
    state.request_cache = {}
    state.role_permissions = {}
    state.valid_columns = {}
    state.new_doc_templates = {}
    state.document_cache = {}
    state.user_perms = None
    state.user = None
