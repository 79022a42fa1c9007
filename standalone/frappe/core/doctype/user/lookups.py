"""Questions about users, and who may see which."""

from functools import lru_cache
from typing import Any

import frappe
from frappe import STANDARD_USERS, _
from frappe.permissions import AUTOMATIC_ROLES
from frappe.whitelist import validate_and_sanitize_search_inputs

THEMES = ("Light", "Dark", "Automatic")


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Hide Administrator and Guest from everybody but Administrator."""
    if (user or frappe.session.user) == "Administrator":
        return None
    hidden = ", ".join(frappe.db.escape(name) for name in STANDARD_USERS)
    return f"(`tabUser`.name not in ({hidden}))"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does, for one user."""
    return (user or frappe.session.user) == "Administrator" or doc.name not in STANDARD_USERS


@frappe.whitelist()
def get_timezones() -> dict[str, list[str]]:
    """Return `{timezones: [names]}`, in alphabetical order."""
    return {"timezones": sorted(timezones())}


@lru_cache(maxsize=1)
def timezones() -> frozenset[str]:
    """Return the names of all time zones people may choose; they are read from hundreds of files, so only once."""
    from zoneinfo import available_timezones

    names = available_timezones()
    return frozenset(name for name in names if not name.startswith(("posix", "right")) and name != "localtime")


def validate_timezone(name: str | None) -> None:
    """Refuse a time zone that does not exist."""
    if name and name not in timezones():
        frappe.throw(_("There is no time zone {0}.").format(frappe.bold(frappe.utils.escape_html(name))))


@frappe.whitelist()
def get_roles(uid: str | None = None) -> list[str]:
    """Return the roles of a user, of the session user by default."""
    if uid and uid != frappe.session.user:
        frappe.only_for("System Manager")
    return list(frappe.get_roles(uid or frappe.session.user))


@frappe.whitelist()
def get_all_roles() -> list[str]:
    """Return the roles that can be given to somebody."""
    frappe.only_for("System Manager")
    roles: list[str] = frappe.get_all(
        "Role",
        filters={"name": ("not in", list(AUTOMATIC_ROLES)), "disabled": 0},
        pluck="name",
        order_by="name asc",
    )
    return roles


@frappe.whitelist()
def get_perm_info(role: str) -> list[dict[str, Any]]:
    """Return the permission rows of a role."""
    from frappe.permissions import get_all_perms

    frappe.only_for("System Manager")
    rows: list[dict[str, Any]] = get_all_perms(role)
    return rows


@frappe.whitelist()
def switch_theme(theme: str) -> None:
    """Choose how the session user's desk looks."""
    if theme not in THEMES:
        frappe.throw(_("The theme is one of {0}.").format(", ".join(THEMES)))
    frappe.db.set_value("User", frappe.session.user, "desk_theme", theme)


@frappe.whitelist()
@validate_and_sanitize_search_inputs
def user_query(
    doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: dict[str, Any] | str | None = None
) -> list[list[Any]]:
    """Return `[[name, full name]]` of the enabled users whose name or address contains `txt`.

    Website users are left out unless `filters` has `ignore_user_type`.
    """
    conditions = dict(frappe.parse_json(filters or {}))
    if not conditions.pop("ignore_user_type", None):
        conditions.setdefault("user_type", "System User")
    conditions.setdefault("enabled", 1)
    like = f"%{txt}%"
    rows: list[list[Any]] = frappe.get_list(
        "User",
        filters=conditions,
        or_filters={"name": ("like", like), "full_name": ("like", like)},
        fields=["name", "full_name"],
        limit_start=start,
        limit=page_len,
        order_by="full_name asc",
        as_list=True,
    )
    return [list(row) for row in rows if row[0] not in STANDARD_USERS]
