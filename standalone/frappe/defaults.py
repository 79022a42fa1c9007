"""Default values of users and of the site: rows of DefaultValue whose parent is a user, `__default` or `__global`.

How defaults get into new documents is the business of `frappe.model.defaults`.
"""

from __future__ import annotations

from typing import Any

import frappe
from frappe.types import _dict
from frappe.utils import cstr

SITE = "__default"
GLOBAL = "__global"
_CACHE = "defaults"


# ---------------------------------------------------------------------- users


def set_user_default(key: str, value: Any, user: str | None = None, parenttype: str | None = None) -> None:
    set_default(key, value, user or frappe.session.user, parenttype or SITE)


def add_user_default(key: str, value: Any, user: str | None = None, parenttype: str | None = None) -> None:
    add_default(key, value, user or frappe.session.user, parenttype)


def get_user_default(key: str, user: str | None = None) -> Any:
    """Return the default of a user, of the site when they have none; the first one when there are several."""
    values = get_defaults(user or frappe.session.user).get(key)
    if values is None:
        values = get_defaults(user or frappe.session.user).get(frappe.scrub(key))
    return values[0] if isinstance(values, list | tuple) and values else values


def get_user_default_as_list(key: str, user: str | None = None) -> list[Any]:
    values = get_defaults(user or frappe.session.user).get(key)
    if values is None:
        values = get_defaults(user or frappe.session.user).get(frappe.scrub(key))
    if values is None:
        return []
    return list(values) if isinstance(values, list | tuple) else [values]


def clear_user_default(key: str, user: str | None = None) -> None:
    clear_default(key=key, parent=user or frappe.session.user)


def is_a_user_permission_key(key: str) -> bool:
    return ":" not in key and key != frappe.scrub(key)


def get_user_permissions(user: str | None = None) -> Any:
    return frappe.permissions.get_user_permissions(user)


# ---------------------------------------------------------------------- site


def set_global_default(key: str, value: Any) -> None:
    set_default(key, value, SITE)


def add_global_default(key: str, value: Any) -> None:
    add_default(key, value, SITE)


def get_global_default(key: str) -> Any:
    values = get_defaults_for(SITE).get(key)
    return values[0] if isinstance(values, list | tuple) and values else values


# ---------------------------------------------------------------------- both


def get_defaults(user: str | None = None) -> _dict:
    """Return the defaults of a user on top of those of the site; a key with several values has a list."""
    user = user or (frappe.session.user if frappe.session else None)
    values = _dict(get_defaults_for(SITE))
    if user and user != "Guest":
        values.update(get_defaults_for(user))
    if user:
        values["user"] = values["owner"] = user
    return values


def get_not_null_defaults(parent: str) -> list[Any]:
    return [row for row in _read(parent) if row[1] is not None]


def get_defaults_for(parent: str = SITE) -> _dict:
    """Return the defaults stored under one parent. Cached until one of them changes."""
    found = frappe.cache.hget(_CACHE, parent)
    if found is None:
        found = _dict()
        for key, value in _read(parent):
            if key in found:
                earlier = found[key]
                found[key] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
            elif value is not None:
                found[key] = value
        frappe.cache.hset(_CACHE, parent, found)
    return _dict(found)


def _read(parent: str) -> Any:
    return frappe.db.sql(
        "select `defkey`, `defvalue` from `tabDefaultValue` where `parent` = %s order by `creation`", (parent,)
    )


def set_default(key: str, value: Any, parent: str, parenttype: str | None = None) -> None:
    """Store `value` as the only default of `key`; None removes it."""
    stored = frappe.db.sql(
        "select `defvalue` from `tabDefaultValue` where `defkey` = %s and `parent` = %s", (key, parent)
    )
    if len(stored) == 1 and value is not None and stored[0][0] == cstr(value):
        return
    if stored:
        frappe.db.sql("delete from `tabDefaultValue` where `defkey` = %s and `parent` = %s", (key, parent))
    if value is not None:
        add_default(key, value, parent, parenttype)
    else:
        clear_defaults_cache(parent)


def add_default(key: str, value: Any, parent: str, parenttype: str | None = None) -> None:
    """Store one more default of `key`."""
    from frappe.model.naming import random_name
    from frappe.utils import now

    stamp, user = now(), frappe.session.user or "Administrator"
    row = {
        "name": random_name(),
        "creation": stamp,
        "modified": stamp,
        "owner": user,
        "modified_by": user,
        "docstatus": 0,
        "idx": 0,
        "parent": parent,
        "parenttype": parenttype or "__default",
        "parentfield": "system_defaults",
        "defkey": key,
        "defvalue": cstr(value),
    }
    columns = ", ".join(f"`{column}`" for column in row)
    marks = ", ".join(["%s"] * len(row))
    frappe.db.sql(f"insert into `tabDefaultValue` ({columns}) values ({marks})", list(row.values()))
    clear_defaults_cache(parent)


def clear_default(
    key: str | None = None,
    value: Any = None,
    parent: str | None = None,
    name: str | None = None,
    parenttype: str | None = None,
) -> None:
    """Remove the defaults that match everything given."""
    given = {"name": name, "defkey": key, "defvalue": value, "parent": parent, "parenttype": parenttype}
    filters = {column: wanted for column, wanted in given.items() if wanted is not None}
    if not filters:
        raise frappe.ValidationError("clear_default needs a key, a value, a parent or a name")
    condition = " and ".join(f"`{column}` = %({column})s" for column in filters)
    frappe.db.sql(f"delete from `tabDefaultValue` where {condition}", filters)
    clear_defaults_cache(parent)


def clear_defaults_cache(parent: str | None = None) -> None:
    """Forget cached defaults, now and when the transaction ends."""

    def forget() -> None:
        if parent:
            frappe.cache.hdel(_CACHE, parent)
        else:
            frappe.cache.delete_value(_CACHE)
        if parent in (None, GLOBAL):
            frappe.cache.delete_value("installed_apps")

    forget()
    frappe.db.after_commit.add(forget)
    frappe.db.after_rollback.add(forget)


__all__ = [
    "add_default",
    "clear_default",
    "get_defaults",
    "get_global_default",
    "get_user_default",
    "get_user_permissions",
    "set_default",
    "set_global_default",
    "set_user_default",
]
