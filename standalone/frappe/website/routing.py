"""From the path in the browser to the page that answers: redirects, route rules, the home page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

import frappe
from frappe.context import local
from frappe.utils.user import is_website_user

MOVED_PERMANENTLY = 301
REDIRECTS_CACHE = "website_redirects"
MAX_PATH = 2000


def clean_path(path: str) -> str:
    """Return a path without the slashes around it. Raises PageDoesNotExistError for one that no page can have."""
    if len(path) > MAX_PATH or "\0" in path or "\\" in path:
        raise frappe.PageDoesNotExistError(frappe._("There is no such page."))
    clean = path.strip("/ ")
    if any(part in ("..", ".") for part in clean.split("/")):
        raise frappe.PageDoesNotExistError(frappe._("There is no such page."))
    return clean


# -- redirects --------------------------------------------------------------------------------------------------------


def resolve_redirect(path: str, query_string: str = "") -> None:
    """Raise Redirect if a rule of the apps or of Website Settings moves this path elsewhere."""
    for rule in _redirect_rules():
        with_query = bool(rule.get("match_with_query_string"))
        subject = f"{path}?{query_string}" if with_query and query_string else path
        pattern = _pattern(str(rule["source"]))
        if pattern.fullmatch(subject):
            target = safe_target(pattern.sub(str(rule["target"]), subject, count=1))
            if rule.get("forward_query_parameters") and query_string:
                target += ("&" if "?" in target else "?") + query_string
            local.flags.redirect_location = target
            raise frappe.Redirect(frappe.utils.cint(rule.get("redirect_http_status")) or MOVED_PERMANENTLY)


def safe_target(target: str) -> str:
    """Return where a rule leads: an absolute address as it is, a path of this site with exactly one slash before it."""
    if target.startswith(("http://", "https://")):
        return target
    return "/" + target.lstrip("/\\")


@lru_cache(maxsize=512)
def _pattern(source: str) -> re.Pattern[str]:
    try:
        return re.compile(source.strip("/ "))
    except re.error as error:
        raise frappe.ValidationError(
            frappe._("The website redirect {0} is not a regular expression: {1}").format(source, error)
        ) from error


def _redirect_rules() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = frappe.cache.get_value(REDIRECTS_CACHE, _read_redirect_rules)
    return found


def _read_redirect_rules() -> list[dict[str, Any]]:
    rules = [dict(rule) for rule in frappe.get_hooks("website_redirects")]
    rows = frappe.get_all(
        "Website Route Redirect",
        filters={"parent": "Website Settings"},
        fields=["source", "target", "redirect_http_status"],
        order_by="idx asc",
    )
    return [rule for rule in [*rules, *map(dict, rows)] if rule.get("source") and rule.get("target")]


# -- rules ------------------------------------------------------------------------------------------------------------


def resolve_from_rules(path: str) -> str:
    """Return the endpoint that `website_route_rules` gives a path, or the path; values in it go to `form_dict`."""
    rules = _route_rules()
    if not rules:
        return path
    try:
        endpoint, values = _rule_map(rules).bind("site").match(f"/{path}")
    except HTTPException:  # no rule for this path
        return path
    local.form_dict.update(values)
    return str(endpoint).strip("/")


def _route_rules() -> tuple[tuple[str, str], ...]:
    rules = [*frappe.get_hooks("website_route_rules"), *_generator_rules()]
    return tuple((rule["from_route"], rule["to_route"]) for rule in rules)


def _generator_rules() -> list[dict[str, str]]:
    paths = frappe.get_hooks("get_web_pages_with_dynamic_routes")
    return [
        {"from_route": "/" + route.strip("/"), "to_route": route.strip("/")}
        for dotted in paths
        for route in frappe.get_attr(dotted)()
    ]


@lru_cache(maxsize=64)
def _rule_map(rules: tuple[tuple[str, str], ...]) -> Map:
    return Map(
        [Rule(source if source.startswith("/") else f"/{source}", endpoint=target) for source, target in rules],
        strict_slashes=False,
        merge_slashes=False,
    )


# -- the home page ----------------------------------------------------------------------------------------------------


def get_home_page() -> str:
    """Return the path of the page that somebody sees at `/`: Guest's is for everybody who is not logged in."""
    if local.flags.home_page:
        return str(local.flags.home_page)
    user = local.session.user or "Guest"
    found: str | None = frappe.cache.hget("home_page", user)
    if found is None:
        found = _find_home_page(user)
        if not local.conf.developer_mode:
            frappe.cache.hset("home_page", user, found)
    return found


def _find_home_page(user: str) -> str:
    page = _home_page_of_roles(user) or _home_page_of_hooks(user) or frappe.get_website_settings("home_page")
    if not page:
        page = "login" if user == "Guest" else "me"
    return str(page).strip("/")


def _home_page_of_roles(user: str) -> str | None:
    if user == "Guest":
        return None
    roles = frappe.get_roles(user)
    rows = frappe.get_all(
        "Role", filters={"name": ["in", roles], "home_page": ["is", "set"]}, fields=["name", "home_page"]
    )
    pages = {row.name: row.home_page for row in rows}
    for role in roles:
        if role in pages:
            return str(pages[role])
    return frappe.db.get_single_value("Portal Settings", "default_portal_home") or None


def _home_page_of_hooks(user: str) -> str | None:
    for dotted in frappe.get_hooks("get_website_user_home_page"):
        page = frappe.get_attr(dotted)(user)
        if page:
            return str(page)
    if user != "Guest" and is_website_user(user):
        pages = frappe.get_hooks("website_user_home_page")
        if pages:
            return str(pages[-1])
    by_role = frappe.get_hooks("role_home_page", {})
    for role in frappe.get_roles(user) if by_role else ():
        if by_role.get(role):
            return str(by_role[role][-1])
    pages = frappe.get_hooks("home_page")
    return str(pages[-1]) if pages else None


def is_local_path(target: Any) -> bool:
    """Tell whether a text is a path of this site: the only thing a `redirect-to` parameter may name."""
    if not isinstance(target, str) or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    if any(ord(char) < 32 or char == "\\" for char in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc
