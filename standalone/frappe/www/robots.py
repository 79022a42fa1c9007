"""What search engines may read."""

from __future__ import annotations

import frappe
from frappe.types import _dict
from frappe.utils import get_url

DEFAULT = "User-agent: *\nDisallow: /api/\nDisallow: /login\nDisallow: /me\nDisallow: /private/\n"


def get_context(context: _dict) -> None:
    context.robots_txt = frappe.get_website_settings("robots_txt") or f"{DEFAULT}\nSitemap: {get_url('/sitemap.xml')}\n"
