"""What a user's roles add up to: profiles expanded, disabled roles dropped, and the kind of user that results."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.types import _dict

STANDARD_TYPES = ("System User", "Website User")
IMPLIED_ROLES = frozenset({"All", "Desk User"})
"""Roles that nobody is given: every account, or every account at the desk, has them."""


def settle(user: Any) -> None:
    """Bring `roles` and `user_type` of a User in order."""
    _expand_profiles(user)
    roles = _known_roles([row.role for row in user.get("roles")])
    _keep_valid(user, roles)
    user.user_type = _user_type(user, roles)


def _expand_profiles(user: Any) -> None:
    """Replace the roles by the union of what the profiles hold, if there are profiles."""
    if user.role_profile_name and not user.get("role_profiles"):
        user.append("role_profiles", {"role_profile": user.role_profile_name})
    profiles = [row.role_profile for row in user.get("role_profiles") or []]
    if not profiles:
        return
    roles = frappe.get_all(
        "Has Role", filters={"parenttype": "Role Profile", "parent": ("in", profiles)}, pluck="role", order_by="idx asc"
    )
    wanted = list(dict.fromkeys(roles))
    user.set("roles", [row for row in user.get("roles") if row.role in wanted])
    user.append_roles(*wanted)


def _known_roles(names: list[str]) -> dict[str, _dict]:
    if not names:
        return {}
    rows = frappe.get_all("Role", filters={"name": ("in", names)}, fields=["name", "disabled", "desk_access"])
    return {row.name: row for row in rows}


def _keep_valid(user: Any, roles: dict[str, _dict]) -> None:
    """Drop what is disabled, implied or there twice. Guest keeps the role Guest and no other."""
    seen: set[str] = set()
    kept = []
    for row in user.get("roles"):
        role = roles.get(row.role)
        dropped = row.role in seen or row.role in IMPLIED_ROLES or (role is not None and role.disabled)
        if not dropped and (user.name != "Guest" or row.role == "Guest"):
            kept.append(row)
            seen.add(row.role)
    if len(kept) != len(user.get("roles")):
        user.set("roles", kept)


def _user_type(user: Any, roles: dict[str, _dict]) -> str:
    if user.name == "Administrator":
        return "System User"
    if user.name == "Guest":
        return "Website User"
    if user.user_type and user.user_type not in STANDARD_TYPES:
        return str(user.user_type)
    held = {row.role for row in user.get("roles")}
    has_desk = any(role.desk_access for name, role in roles.items() if name in held)
    return "System User" if has_desk else "Website User"


def users_with(role: str) -> list[str]:
    """Return the users who hold a role, standard users left out."""
    users: list[str] = frappe.get_all(
        "Has Role",
        filters={"role": role, "parenttype": "User", "parent": ("not in", frappe.STANDARD_USERS)},
        pluck="parent",
        distinct=True,
    )
    return users
