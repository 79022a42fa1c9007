"""The short name of an account: suggested from the person's name, unique, and never an obstacle to saving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import frappe
from frappe import _
from frappe.utils import cstr, random_string


def settle_username(user: Any) -> None:
    """Fill in a missing user name of a new account, and empty one that is taken."""
    if user.is_new() and not user.username and user.first_name:
        user.username = suggestion(user)
        return
    user.username = cstr(user.username).strip(" @") or None
    if user.username and _is_taken(user.username, user.name):
        frappe.msgprint(_("The user name {0} is taken.").format(user.username))
        user.username = None


def suggestion(user: Any) -> str | None:
    """Return the first free user name that the person's name yields."""
    return next((name for name in _candidates(user) if not _is_taken(name, user.name)), None)


def _candidates(user: Any) -> Iterator[str]:
    first, last = frappe.scrub(user.first_name), frappe.scrub(cstr(user.last_name))
    yield first
    if last:
        yield f"{first}_{last}"
        yield f"{first}{last[0]}"
    yield f"{first}_{random_string(5).lower()}"


def _is_taken(username: str, user: str | None) -> bool:
    return bool(frappe.db.exists("User", {"username": username, "name": ("!=", user or "")}))
