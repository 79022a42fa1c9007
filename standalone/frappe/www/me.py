"""The page of the account: where one may go, password, logging out."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.context import local
from frappe.translate import _
from frappe.types import _dict

no_cache = 1


def get_context(context: _dict) -> None:
    if local.session.user == "Guest":
        local.flags.redirect_location = "/login?redirect-to=%2Fme"
        raise frappe.Redirect(302)
    context.title = _("My Account")
    context.menu = _menu()


def _menu() -> list[dict[str, str]]:
    """Return the apps the user may open and the portal's menu, each route once."""
    from frappe.apps import get_apps

    items = [_item(app.get("title"), app.get("route")) for app in get_apps()]
    roles = set(frappe.get_roles())
    for hook in ("standard_portal_menu_items", "portal_menu_items"):
        items += [
            _item(entry.get("title"), entry.get("route")) for entry in frappe.get_hooks(hook) if _shown(entry, roles)
        ]
    return list({item["route"]: item for item in items if item["route"]}.values())


def _shown(entry: Any, roles: set[str]) -> bool:
    return isinstance(entry, dict) and (not entry.get("role") or entry["role"] in roles)


def _item(title: Any, route: Any) -> dict[str, str]:
    return {"title": _(str(title or route)), "route": str(route or "")}
