"""The page that shows one message: of this request, or one that was kept under an id."""

from __future__ import annotations

import re

import frappe
from frappe.context import local
from frappe.types import _dict

no_cache = 1

_MESSAGE_ID = re.compile(r"[0-9a-f]{16}")


def get_context(context: _dict) -> None:
    if local.get("message"):
        context.title = local.get("message_title")
        context.message = local.message
        context.update(local.get("message_context") or {})
        return
    message_id = str(local.form_dict.get("id") or "")
    kept = frappe.cache.get_value(f"message_id:{message_id}") if _MESSAGE_ID.fullmatch(message_id) else None
    if not kept:
        raise frappe.PageDoesNotExistError(frappe._("This message is no longer here."))
    context.update(kept["context"])
    context.title, context.message = kept["title"], kept["message"]
    if kept["http_status_code"]:
        context.http_status_code = kept["http_status_code"]
