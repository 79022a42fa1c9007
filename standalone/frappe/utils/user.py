"""Who a user is: names, pictures, addresses, roles in bulk, and the summary of what the session user may do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe.context import is_active, local
from frappe.types import _dict
from frappe.utils.addresses import format_address
from frappe.utils.strings import cstr

RIGHTS = (
    "select",
    "read",
    "write",
    "create",
    "delete",
    "submit",
    "cancel",
    "report",
    "export",
    "import",
    "share",
    "print",
    "email",
)
INFO_FIELDS = ("name", "full_name", "user_image", "email", "time_zone", "user_type", "enabled")


# -- one user ---------------------------------------------------------------------------------------------------------


def user_info(user: str | None) -> _dict | None:
    """Return name, full_name, user_image, email, time_zone, user_type and enabled of a user; None if there is none."""
    if not user:
        return None
    info: _dict | None = frappe.get_cached_value("User", user, list(INFO_FIELDS), as_dict=True)
    return info


def get_fullname(user: str | None = None) -> str:
    """Return the name of a user, the session user by default; the id of somebody unknown."""
    user = user or (local.session.user if is_active() else None) or "Guest"
    info = user_info(user) if is_active() and local.db else None
    return (info.full_name if info else None) or user


def get_user_fullname(user: str) -> str:
    """Return the name of a user, "" for somebody unknown."""
    info = user_info(user)
    return (info.full_name or "") if info else ""


def get_fullname_and_avatar(user: str) -> _dict:
    """Return name, fullname and avatar of a user."""
    info = user_info(user) or _dict(name=user)
    return _dict(fullname=info.full_name or user, avatar=info.user_image, name=info.name)


def get_user_info_for_avatar(user: str) -> _dict:
    """Return email, image and name for a small portrait; somebody unknown has the id as both and no image."""
    info = user_info(user)
    if not info:
        return _dict(email=user, image="", name=user)
    return _dict(email=info.email or user, image=info.user_image, name=info.full_name or user)


def get_email_address(user: str | None = None) -> str | None:
    """Return the address of a user, the session user by default."""
    info = user_info(user or local.session.user)
    return info.email if info else None


def get_formatted_email(user: str, mail: str | None = None) -> str:
    """Return `Name <address>` of a user for a header; the address alone if it has no name."""
    name, address = get_fullname(user), mail or get_email_address(user) or user
    return format_address(name if name != user else None, address)


def add_user_info(user: str | Iterable[str], user_info: dict[str, Any]) -> None:
    """Add `{fullname, image, name, email, time_zone}` of one or several users to `user_info`, in one query."""
    users = {user} if isinstance(user, str) else set(user)
    missing = sorted(cstr(each) for each in users if each and each not in user_info)
    if not missing:
        return
    rows = frappe.get_all("User", filters={"name": ["in", missing]}, fields=list(INFO_FIELDS))
    found = {row.name: row for row in rows}
    for each in missing:
        row = found.get(each) or _dict(name=each, email=each)
        user_info[each] = _dict(
            fullname=row.full_name or each,
            image=row.user_image,
            name=each,
            email=row.email,
            time_zone=row.time_zone,
        )


def get_gravatar_url(email: str, default: str = "mm") -> str:
    """Return the address of a portrait at gravatar.com."""
    digest = hashlib.md5(cstr(email).strip().lower().encode(), usedforsecurity=False).hexdigest()
    return f"https://secure.gravatar.com/avatar/{digest}?{urlencode({'d': default, 's': '200'})}"


def get_gravatar(email: str, param: str = "mm") -> str:
    """Return the address of a portrait at gravatar.com; nobody is asked before a browser shows it."""
    return get_gravatar_url(email, param)


def is_website_user(username: str | None = None) -> bool:
    """Tell whether a user, the session user by default, has no access to the desk."""
    info = user_info(username or local.session.user)
    return bool(info and info.user_type == "Website User")


def is_system_user(username: str | None = None) -> bool:
    """Tell whether a user, the session user by default, is enabled and has access to the desk."""
    info = user_info(username or local.session.user)
    return bool(info and info.enabled and info.user_type == "System User")


# -- roles ------------------------------------------------------------------------------------------------------------


def get_users_with_role(role: str) -> list[str]:
    """Return the enabled users who have a role, without Administrator."""
    return [user for user in _users_with_role(role) if user != "Administrator"]


def _users_with_role(role: str) -> list[str]:
    holders = frappe.get_all("Has Role", filters={"role": role, "parenttype": "User"}, pluck="parent", distinct=True)
    if not holders:
        return []
    return list(
        frappe.get_all("User", filters={"name": ["in", holders], "enabled": 1}, pluck="name", order_by="name asc")
    )


def get_system_managers(only_name: bool = False) -> list[str]:
    """Return the enabled System Managers as `Name <address>`, or as names of users."""
    names = get_users_with_role("System Manager")
    return names if only_name else [get_formatted_email(name) for name in names]


def get_enabled_system_users() -> list[_dict]:
    """Return email, language and name of the people with access to the desk."""
    return list(
        frappe.get_all(
            "User",
            fields=["email", "language", "name"],
            filters={"user_type": "System User", "enabled": 1, "name": ["not in", list(frappe.STANDARD_USERS)]},
        )
    )


def add_role(user: str, role: str) -> None:
    """Give a user one more role."""
    frappe.get_doc("User", user).add_roles(role)


def add_system_manager(
    email: str,
    first_name: str | None = None,
    last_name: str | None = None,
    send_welcome_email: bool = False,
    password: str | None = None,
) -> None:
    """Create a user with every role that people can have."""
    from frappe.utils.password import update_password

    user = frappe.new_doc(
        "User",
        name=email,
        email=email,
        enabled=1,
        first_name=first_name or email,
        last_name=last_name,
        user_type="System User",
        send_welcome_email=int(send_welcome_email),
    )
    user.insert()
    automatic = ["Administrator", "Guest", "All", "Desk User"]
    roles = frappe.get_all("Role", filters={"name": ["not in", automatic], "disabled": 0}, pluck="name")
    user.add_roles(*roles)
    if password:
        update_password(user=user.name, pwd=password)


# -- the summary for the session user ---------------------------------------------------------------------------------


class UserPermissions:
    """What one user may do with which DocTypes, worked out once for a page."""

    def __init__(self, name: str = ""):
        self.name = name or local.session.user
        self.roles: list[str] = []
        self.all_read: list[str] = []
        self.in_create: list[str] = []
        self._rights: dict[str, set[str]] | None = None

    def get_roles(self) -> list[str]:
        """Return the roles of the user, the automatic ones included."""
        if not self.roles:
            self.roles = list(frappe.get_roles(self.name))
        return self.roles

    def __getattr__(self, name: str) -> Any:
        if name.startswith("can_") and name.removeprefix("can_") in RIGHTS:
            return sorted(self.rights[name.removeprefix("can_")])
        raise AttributeError(name)

    @property
    def rights(self) -> dict[str, set[str]]:
        """Right → DocTypes on which one of the user's roles has it."""
        if self._rights is None:
            self._rights = self._work_out()
        return self._rights

    def _work_out(self) -> dict[str, set[str]]:
        rights: dict[str, set[str]] = {right: set() for right in RIGHTS}
        customised = set(frappe.get_all("Custom DocPerm", pluck="parent", distinct=True))
        for table in ("DocPerm", "Custom DocPerm"):
            for row in self._rules(table):
                if table == "DocPerm" and row.parent in customised:
                    continue
                for right in RIGHTS:
                    if row.get(right):
                        rights[right].add(row.parent)
        return rights

    def _rules(self, table: str) -> list[_dict]:
        filters: dict[str, Any] = {"permlevel": 0}
        if self.name != "Administrator":
            filters["role"] = ["in", self.get_roles()]
        return list(frappe.get_all(table, filters=filters, fields=["parent", *RIGHTS]))

    def get_can_read(self) -> list[str]:
        """Return the DocTypes of which the user may read something."""
        return self.can_read  # type: ignore[no-any-return]

    def load_user(self) -> _dict:
        """Return what a page needs to know about the user."""
        summary = _dict(user_info(self.name) or _dict(name=self.name))
        summary.roles = self.get_roles()
        for right in RIGHTS:
            summary[f"can_{right}"] = sorted(self.rights[right])
        return summary
