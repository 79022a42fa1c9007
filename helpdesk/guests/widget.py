"""The widget: a button on other websites that opens the form for guests in a frame."""

import re
import secrets
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import escape_html

from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_settings.hd_settings import HDSettings

KEY_BYTES = 16
DOMAIN = re.compile(r"(https?://)?(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:[0-9]{1,5})?")


def new_key() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def require_widget(key: str) -> None:
    """Refuse unless the widget is on, guests may write, and this is its key."""
    settings = get_settings()
    is_on = settings.widget_enabled and settings.allow_anyone_to_create_tickets and settings.widget_key
    if not is_on or not secrets.compare_digest(key.encode(), str(settings.widget_key).encode()):
        frappe.throw(_("There is no such page."), frappe.DoesNotExistError)


def domains() -> list[str]:
    """Return the websites that may show the widget."""
    return (get_settings().widget_domains or "").split()


def defaults() -> dict[str, str]:
    """Return what tickets from the widget get, where the visitor chose nothing."""
    settings = get_settings()
    return {"ticket_type": settings.widget_ticket_type or "", "team": settings.widget_team or ""}


def texts() -> dict[str, Any]:
    """Return what the button and the frame say."""
    settings = get_settings()
    return {
        "label": settings.widget_label or _("Help"),
        "greeting": settings.widget_greeting or _("How can we help?"),
    }


def check(settings: "HDSettings") -> None:
    """Give the widget a key when it is switched on, and refuse what is no name of a website."""
    if settings.widget_enabled and not settings.widget_key:
        settings.widget_key = new_key()
    named = (settings.widget_domains or "").lower().split()
    for domain in named:
        if not DOMAIN.fullmatch(domain):
            frappe.throw(
                _("{0} is no website. Please write it like shop.example.com.").format(frappe.bold(escape_html(domain)))
            )
    settings.widget_domains = "\n".join(named)
