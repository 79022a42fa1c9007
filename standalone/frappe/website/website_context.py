"""What every page of the website knows: the site, its look, who is looking."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.context import local
from frappe.types import _dict
from frappe.utils.jinja_globals import is_rtl
from frappe.utils.user import user_info

DEFAULT_BASE = "templates/web.html"
DEFAULT_FAVICON = "/assets/frappe/images/favicon.svg"
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
    titles = frappe.get_hooks("app_title")
    values["app_name"] = values["app_name"] or frappe.get_system_settings("app_name") or (titles[-1] if titles else "")
    values["favicon"] = values["favicon"] or DEFAULT_FAVICON
    logos = frappe.get_hooks("app_logo_url")
    values["app_logo"] = values["app_logo"] or (logos[-1] if logos else None)
    return values


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
