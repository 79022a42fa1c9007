"""What each user last chose in the lists and forms of a DocType: JSON per (user, DocType) in `__UserSettings`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import frappe
from frappe.model.link_graph import LinkField

EMPTY = "{}"


def _key(doctype: str, user: str) -> str:
    return f"{doctype}::{user}"


@frappe.whitelist()
def get(doctype: str) -> str:
    """Return the session user's settings as JSON text."""
    return get_user_settings(doctype)


def get_user_settings(doctype: str, for_update: bool = False) -> str:
    """Return the session user's settings of a DocType as JSON text, `{}` when there are none.

    With `for_update` the stored row is read, not what is cached.
    """
    user = frappe.session.user
    key = _key(doctype, user)
    settings = None if for_update else frappe.cache.hget("_user_settings", key)
    if settings is None:
        rows = frappe.db.sql(
            "select `data` from `__UserSettings` where `user` = %s and `doctype` = %s", (user, doctype)
        )
        settings = (rows[0][0] if rows else None) or EMPTY
        frappe.cache.hset("_user_settings", key, settings)
    return str(settings)


@frappe.whitelist(methods=["POST", "PUT"])
def save(doctype: str, user_settings: str | dict[str, Any] | None) -> dict[str, Any]:
    """Merge settings into the session user's ones and return all of them."""
    parsed = frappe.parse_json(user_settings or EMPTY)
    if not isinstance(parsed, dict):
        raise frappe.ValidationError(frappe._("User settings must be a JSON object"))
    return update_user_settings(doctype, parsed)


def update_user_settings(doctype: str, user_settings: dict[str, Any] | str, for_update: bool = False) -> dict[str, Any]:
    """Merge settings into the stored ones (with `for_update`: replace them) and return all of them."""
    changes: dict[str, Any] = json.loads(user_settings) if isinstance(user_settings, str) else dict(user_settings)
    if frappe.session.user == "Guest":
        return changes
    settings = changes if for_update else {**json.loads(get_user_settings(doctype, for_update=True)), **changes}
    _store(doctype, frappe.session.user, json.dumps(settings, default=str))
    return settings


def _store(doctype: str, user: str, data: str) -> None:
    frappe.db.multisql(
        {
            "sqlite": "insert into `__UserSettings` (`user`, `doctype`, `data`)"
            " values (%(user)s, %(doctype)s, %(data)s)"
            " on conflict (`user`, `doctype`) do update set `data` = excluded.`data`",
            "mariadb": "insert into `__UserSettings` (`user`, `doctype`, `data`)"
            " values (%(user)s, %(doctype)s, %(data)s)"
            " on duplicate key update `data` = values(`data`)",
        },
        {"user": user, "doctype": doctype, "data": data},
    )

    def forget() -> None:
        frappe.cache.hdel("_user_settings", _key(doctype, user))

    forget()
    frappe.db.after_commit.add(forget)
    frappe.db.after_rollback.add(forget)


def rename_in_user_settings(doctype: str, old: str, new: str, fields: Iterable[LinkField]) -> None:
    """Put the new name of a document into the filters in which users had chosen the old one."""
    by_doctype: dict[str, set[str]] = {doctype: {"name"}}
    for field in fields:
        by_doctype.setdefault(field.doctype, set()).add(field.fieldname)
    rows = frappe.db.sql(
        "select `user`, `doctype`, `data` from `__UserSettings` where `doctype` in %s and `data` like %s",
        (tuple(by_doctype), f"%{json.dumps(old)[1:-1]}%"),
    )
    for user, of_doctype, data in rows:
        settings = json.loads(data or EMPTY)
        if _rename_in(settings, by_doctype[of_doctype], old, new):
            _store(of_doctype, user, json.dumps(settings))


def _rename_in(settings: Any, fieldnames: set[str], old: str, new: str) -> bool:
    """Replace `old` in every filter `[doctype, field, operator, old]` on one of the fields; tell whether any was."""
    changed = False
    if isinstance(settings, dict):
        for value in settings.values():
            changed = _rename_in(value, fieldnames, old, new) or changed
    elif isinstance(settings, list):
        if len(settings) >= 4 and isinstance(settings[1], str) and settings[1] in fieldnames and settings[3] == old:
            settings[3] = new
            changed = True
        for value in settings:
            changed = _rename_in(value, fieldnames, old, new) or changed
    return changed
