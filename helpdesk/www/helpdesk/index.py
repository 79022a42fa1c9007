"""The page that carries the desk and the portal: the built single-page app with the values it starts from."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import get_system_timezone

from helpdesk.compat import socket_port
from helpdesk.knowledge_base import public
from helpdesk.settings import get_settings

no_cache = 1

BUILD = Path(__file__).parents[2] / "public" / "desk" / "index.html"
NOT_BUILT = Path(__file__).with_name("not_built.html")


def get_context(context: Any) -> Any:
    """Fill the page."""
    context.page = page(boot_values())
    return context


@frappe.whitelist(allow_guest=True, methods=["POST"])
def get_context_for_dev() -> dict[str, Any]:
    """Return the boot values to a desk served by its own development server. In developer mode only."""
    if not frappe.conf.developer_mode:
        frappe.throw(frappe._("This is only for developer mode."), frappe.PermissionError)
    return boot_values()


def boot_values() -> dict[str, Any]:
    """Return what the desk must know before its first request."""
    user = frappe.session.user
    system = get_system_timezone()
    return {
        "default_route": "/helpdesk",
        "site_name": frappe.local.site,
        "socketio_port": socket_port(),
        "read_only_mode": bool(frappe.flags.read_only),
        "csrf_token": csrf_token(),
        "setup_complete": bool(get_settings().setup_complete),
        "is_fc_site": False,
        "session_user": user,
        "agent": frappe.db.exists("HD Agent", user) or None,
        "date_format": frappe.db.get_single_value("System Settings", "date_format"),
        "time_format": frappe.db.get_single_value("System Settings", "time_format"),
        "default_country": frappe.db.get_single_value("System Settings", "country"),
        "timezone": {"system": system, "user": frappe.get_cached_value("User", user, "time_zone") or system},
        "lang": frappe.local.lang or "en",
        "dir": public.direction(),
        "is_kb_public": bool(get_settings().public_knowledge_base),
        "apps": frappe.get_installed_apps(),
    }


def csrf_token() -> str:
    """Return the session's token against forged requests. A new one is stored although the page is read by GET."""
    from frappe.sessions import get_csrf_token

    token = get_csrf_token()
    frappe.db.commit()
    return token


def page(boot: dict[str, Any]) -> str:
    """Return the built page with the boot values in its head, or the page that says how to build it."""
    if not BUILD.exists():
        return NOT_BUILT.read_text(encoding="utf-8")
    html = built_page(BUILD.stat().st_mtime_ns)
    return html.replace("</head>", f"{script(boot)}</head>", 1)


@cache
def built_page(version: int) -> str:
    """Return the built page; `version` changes with the file."""
    return BUILD.read_text(encoding="utf-8")


def script(boot: dict[str, Any]) -> str:
    """Return a script element that puts the boot values on `window`. Nothing in them can end the element."""
    values = json.dumps(boot, default=str)
    for character in "<>&\u2028\u2029":
        values = values.replace(character, f"\\u{ord(character):04x}")
    return f"<script>Object.assign(window, {values});</script>"
