"""What every page of the website knows: the site, its look, who is looking."""

from __future__ import annotations

import os
from typing import Any

import frappe
from frappe.apps import get_app_path
from frappe.context import local
from frappe.types import _dict
from frappe.utils.jinja_globals import is_rtl
from frappe.utils.user import user_info

DEFAULT_BASE = "templates/web.html"
DEFAULT_FAVICON = "/assets/frappe/images/favicon.svg"
UNNAMED = "Frappe"
"""What the settings say until somebody gives the site a name."""

SETTINGS = (
    "app_name",
    "app_logo",
    "brand_html",
    "banner_image",
    "banner_html",
    "copyright",
    "address",
    "favicon",
    "head_html",
    "title_prefix",
    "footer_powered",
    "footer_logo",
    "hide_login",
    "disable_signup",
    "call_to_action",
    "call_to_action_url",
    "show_language_picker",
)


def build_context(path: str, given: _dict | None = None) -> _dict:
    """Return the context of a page; apps add to it by `website_context` and `update_website_context`."""
    context = _dict(_settings())
    context.update(_about_request(path))
    context.update(_about_user())
    context.update({"boot": _boot(), "body_include": "", "head_include": context.head_html or "", "metatags": _dict()})
    context.update(_assets())
    for key, values in frappe.get_hooks("website_context", {}).items():
        context[key] = values[-1] if isinstance(values, list) else values
    context.update(given or {})
    for dotted in frappe.get_hooks("update_website_context"):
        context.update(frappe.get_attr(dotted)(context) or {})
    return context


def _settings() -> dict[str, Any]:
    try:
        settings = frappe.get_cached_doc("Website Settings", "Website Settings")
    except frappe.DoesNotExistError:
        settings = _dict()
    values = {name: settings.get(name) for name in SETTINGS}
    values["app_name"] = app_title()
    values["app_logo"] = values["app_logo"] or app_logo()
    values["favicon"] = values["favicon"] or values["app_logo"] or DEFAULT_FAVICON
    return values


def app_title() -> str:
    """Return how the site calls itself: as its settings say, else the title of the app installed last."""
    for given in (frappe.get_website_settings("app_name"), frappe.get_system_settings("app_name")):
        if given and given != UNNAMED:
            return str(given)
    titles = frappe.get_hooks("app_title")
    return str(titles[-1]) if titles else ""


def app_logo() -> str | None:
    """Return the logo of the app installed last that has one: its `app_logo_url`, or that of its tile for the apps."""
    logos = [*frappe.get_hooks("add_to_apps_screen"), *frappe.get_hooks("app_logo_url")]
    for entry in reversed(logos):
        address = entry.get("logo") if isinstance(entry, dict) else entry
        if address and _is_there(str(address)):
            return str(address)
    return None


def _is_there(address: str) -> bool:
    """Tell whether a picture can be shown: one that an app has not built yet would be a broken one."""
    parts = address.strip("/").split("/")
    if parts[0] != "assets" or len(parts) < 3 or parts[1] not in frappe.get_all_apps():
        return True
    return os.path.isfile(get_app_path(parts[1], "public", *parts[2:]))


def _about_request(path: str) -> dict[str, Any]:
    clean = path.strip("/ ")
    return {
        "path": clean,
        "route": clean,
        "pathname": clean,
        "url": local.request.url if local.request else "",
        "lang": local.lang or "en",
        "layout_direction": "rtl" if is_rtl() else "ltr",
        "developer_mode": local.conf.developer_mode,
        "dev_server": int(bool(local.dev_server)),
        "sitemap": None,
        "canonical": frappe.utils.get_url(clean),
        "site_name": local.site,
    }


def _about_user() -> dict[str, Any]:
    user = local.session.user or "Guest"
    info = user_info(user) if user != "Guest" else None
    return {
        "user": user,
        "is_guest": user == "Guest",
        "full_name": (info.full_name if info else None) or user,
        "user_image": info.user_image if info else None,
    }


def _boot() -> Any:
    from frappe.website.utils import get_boot_data

    return get_boot_data()


def _assets() -> dict[str, Any]:
    return {
        "web_include_js": frappe.get_hooks("web_include_js"),
        "web_include_css": frappe.get_hooks("web_include_css"),
    }


def csrf_token_script() -> str:
    """Return the script tag that gives the session's token to the page."""
    from frappe.sessions import get_csrf_token

    return f'<script>window.frappe = window.frappe || {{}}; frappe.csrf_token = "{get_csrf_token()}";</script>'
