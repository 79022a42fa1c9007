"""The names under which apps know the writing of mails; the work is done in `layout`, `sending` and `mime.building`."""

from __future__ import annotations

from frappe.email.layout import get_footer, get_formatted_html, get_header, inline_style_in_html
from frappe.email.sending import get_message_id

__all__ = ["get_footer", "get_formatted_html", "get_header", "get_message_id", "inline_style_in_html"]
