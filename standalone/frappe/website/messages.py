"""Answers in the form of a page: a message, a redirect, an error."""

from __future__ import annotations

from typing import Any, NoReturn

from werkzeug.wrappers import Response

import frappe
from frappe.context import local
from frappe.types import _dict

MESSAGE_SECONDS = 60


def respond_as_web_page(
    title: str,
    html: str,
    success: bool | None = None,
    http_status_code: int | None = None,
    context: dict[str, Any] | None = None,
    indicator_color: str | None = None,
    primary_action: str = "/",
    primary_label: str | None = None,
    fullpage: bool = False,
    width: int = 0,
    template: str = "message",
) -> None:
    """Answer the request with a page that shows a message; `html` is shown as it is."""
    local.message_title = title
    local.message = html
    local.response["type"] = "page"
    local.response["route"] = template
    local.no_cache = 1
    if http_status_code:
        local.response["http_status_code"] = http_status_code
    local.message_context = _dict(
        indicator_color=indicator_color or _color(success, http_status_code),
        primary_action=primary_action,
        primary_label=primary_label,
        fullpage=fullpage,
        card_width=width or None,
        http_status_code=http_status_code,
        **(context or {}),
    )


def _color(success: bool | None, status: int | None) -> str:
    if success or (status or 0) in range(200, 300):
        return "green"
    return "red" if success is False or (status or 0) >= 300 else "blue"


def redirect_to_message(
    title: str,
    html: str,
    http_status_code: int | None = None,
    context: dict[str, Any] | None = None,
    indicator_color: str | None = None,
) -> str:
    """Keep a message for a minute and return the path that shows it; a page request is sent there at once."""
    message_id = frappe.generate_hash(length=16)
    values = {
        "title": title,
        "message": html,
        "context": {"indicator_color": indicator_color or _color(None, http_status_code), **(context or {})},
        "http_status_code": http_status_code,
    }
    frappe.cache.set_value(f"message_id:{message_id}", values, expires_in_sec=MESSAGE_SECONDS)
    location = f"/message?id={message_id}"
    if not local.is_ajax:
        local.response["type"] = "redirect"
        local.response["location"] = location
    return location


def redirect(url: str) -> NoReturn:
    """Send the browser to another address."""
    local.flags.redirect_location = url
    raise frappe.Redirect(302)


def error_response(title: str, html: str, status: int) -> Response:
    """Return a page that tells of an error."""
    from frappe.website.page_renderers.error_page import MessagePage

    path = local.request.path if local.request else ""
    page = MessagePage(path, status, title=title, message=html)
    if status in (401, 403) and (local.session.user or "Guest") == "Guest":
        from frappe.website.utils import login_link

        page.context.update({"primary_action": login_link(path), "primary_label": frappe._("Log In")})
    return page.render()
