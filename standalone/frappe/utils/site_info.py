"""Facts about the site for those who run it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils.change_log import get_installed_apps_info
from frappe.utils.dates import get_system_timezone
from frappe.utils.user import get_system_managers


def get_site_info() -> dict[str, Any]:
    """Return apps, people, country, language, time zone and last login of the site; the hook `get_site_info` adds."""
    people = {"name": ["not in", list(frappe.STANDARD_USERS)], "user_type": "System User", "enabled": 1}
    info: dict[str, Any] = {
        "installed_apps": get_installed_apps_info(),
        "users": frappe.get_all("User", filters=people, fields=["name", "last_active", "enabled"], order_by="name asc"),
        "system_managers": get_system_managers(only_name=True),
        "country": frappe.db.get_default("country"),
        "language": frappe.db.get_default("lang") or "en",
        "time_zone": get_system_timezone(),
        "setup_complete": frappe.utils.cint(frappe.get_system_settings("setup_complete")),
        "scheduler_enabled": frappe.utils.cint(frappe.get_system_settings("enable_scheduler")),
    }
    for dotted in frappe.get_hooks("get_site_info"):
        info.update(frappe.get_attr(dotted)(info) or {})
    return info
