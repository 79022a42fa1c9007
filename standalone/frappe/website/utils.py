"""Small questions about the website: where home is, what a title becomes in a path, what browsers must know."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import frappe
from frappe.context import local
from frappe.types import _dict
from frappe.utils.user import user_info
from frappe.website.routing import get_home_page as get_home_page
from frappe.website.routing import is_local_path as is_local_path

CACHES = (
    "web_form_routes",
    "website_page",
    "website_redirects",
    "website_generator_doctypes",
    "website_list_routes",
    "home_page",
)
DEFAULT_NUMBER_FORMAT = "#,###.##"

_HEADING = re.compile(r"<h([1-3])[^>]*?(?:id=['\"]([^'\"]+)['\"])?[^>]*>(.*?)</h\1>", re.DOTALL)


def clear_cache(path: str | None = None) -> None:
    """Forget pages, redirects and home pages; only the page at `path` if one is given."""
    if path is not None:
        clean = path.strip("/ ")
        for key in frappe.cache.hkeys("website_page"):
            if key.decode().rpartition(":")[2] == clean:
                frappe.cache.hdel("website_page", key)
        return
    for name in CACHES:
        frappe.cache.delete_value(name)
    for dotted in frappe.get_hooks("website_clear_cache"):
        frappe.get_attr(dotted)(path)


clear_website_cache = clear_cache


def abs_url(path: str | None) -> str | None:
    """Return a path with a slash before it; addresses, data and fragments as they are."""
    if not path or path.startswith(("http://", "https://", "/", "#", "data:", "mailto:", "cid:")):
        return path
    return f"/{path}"


def login_link(path: str = "") -> str:
    """Return the address of the login page that leads back to `path`."""
    clean = "/" + path.lstrip("/\\")
    if clean == "/" or not is_local_path(clean):
        return "/login"
    return f"/login?redirect-to={quote(clean, safe='')}"


def is_signup_disabled() -> bool:
    """Tell whether people may not make an account for themselves; that is so until somebody allows it."""
    value = frappe.db.get_single_value("Website Settings", "disable_signup")
    return True if value is None else bool(frappe.utils.cint(value))


def cleanup_page_name(title: str | None) -> str:
    """Return a title as part of a path: small letters, digits and single dashes."""
    if not title:
        return ""
    name = re.sub(r"[~!@#$%^&*+()<>,.\"'’?\[\]{}|\\/:;=`…–—]", "", title.lower())
    name = re.sub(r"[\s_-]+", "-", name).strip("-")
    return name[:140].rstrip("-")


def extract_title(source: str, path: str) -> str:
    """Return the title of a page: its comment, its first heading, or its path."""
    comment = re.search(r"<!--\s*title:\s*([^>]*?)\s*-->", source)
    if comment:
        return comment[1]
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", source, re.DOTALL)
    if heading:
        return frappe.utils.strip_html(heading[1]).strip()
    return path.rpartition("/")[2].replace("-", " ").replace("_", " ").title()


def extract_comment_tag(source: str, tag: str) -> str | None:
    """Return the value of `<!-- tag: value -->`."""
    match = re.search(rf"<!--\s*{re.escape(tag)}:\s*([^>]*?)\s*-->", source)
    return match[1] if match else None


def get_html_content_based_on_type(doc: Any, fieldname: str, content_type: str | None) -> Any:
    """Return the content of a document as HTML, from the field that its type of content names."""
    if content_type == "Markdown":
        return frappe.utils.md_to_html(doc.get(f"{fieldname}_md") or "")
    if content_type == "HTML":
        return doc.get(f"{fieldname}_html") or ""
    if content_type == "Rich Text":
        return doc.get(fieldname) or ""
    return doc.get(f"{fieldname}_md") or doc.get(f"{fieldname}_html") or doc.get(fieldname) or ""


def get_toc(route: str, url_prefix: str | None = None, app: str | None = None) -> str:
    """Return links to the headings of a page as an HTML list; "" for a page without any."""
    from frappe.website.serve import get_response_content

    items = [
        f'<li><a href="{url_prefix or ""}#{frappe.utils.escape_html(anchor)}">{frappe.utils.strip_html(text)}</a></li>'
        for _level, anchor, text in _HEADING.findall(get_response_content(route))
        if anchor
    ]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def get_boot_data() -> _dict:
    """Return what the pages of the website need to know in the browser."""
    from frappe.apps import get_apps, get_default_path, is_desk_apps
    from frappe.utils.dates import get_system_timezone

    logged_in = local.session.user not in (None, "Guest")
    apps = get_apps() if logged_in else []
    return _dict(
        lang=local.lang or "en",
        apps_data=_dict(
            apps=apps,
            is_desk_apps=is_desk_apps(apps) if apps else 0,
            default_path=get_default_path(apps) if apps else "",
        ),
        sysdefaults=_system_defaults(),
        time_zone=_dict(system=get_system_timezone(), user=_user_time_zone() or get_system_timezone()),
        assets_json=frappe.utils.get_assets_json(),
        sitename=local.site,
    )


def _system_defaults() -> _dict:
    setting = frappe.get_system_settings
    return _dict(
        float_precision=frappe.utils.cint(setting("float_precision")) or 3,
        date_format=frappe.utils.get_user_date_format(),
        time_format=frappe.utils.get_user_time_format(),
        first_day_of_the_week=setting("first_day_of_the_week") or "Sunday",
        number_format=setting("number_format") or DEFAULT_NUMBER_FORMAT,
    )


def _user_time_zone() -> str | None:
    info = user_info(local.session.user) if local.session.user != "Guest" else None
    return info.time_zone if info else None
