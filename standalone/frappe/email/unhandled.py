"""Mails that could not be taken in: kept whole, with the reason, so that they can be processed again."""

from __future__ import annotations

import base64
from typing import Any

import frappe
from frappe.utils import cstr

MAX_TEXT = 1024 * 1024
_BASE64 = "X-Raw-Encoding: base64\n\n"


def keep_unhandled(account: str, raw: bytes, reason: str, uid: Any = None, message_id: str | None = None) -> Any:
    """Insert an Unhandled Email. A large mail is stored as a private file of the record."""
    record = frappe.get_doc(
        {
            "doctype": "Unhandled Email",
            "email_account": account,
            "raw": as_text(raw) if len(raw) <= MAX_TEXT else "",
            "reason": reason,
            "uid": cstr(uid) or None,
            "message_id": message_id,
        }
    )
    record.flags.ignore_links = True
    record.insert(ignore_permissions=True)
    if len(raw) > MAX_TEXT:
        _store(record, raw)
    return record


def _store(record: Any, raw: bytes) -> None:
    frappe.get_doc(
        {
            "doctype": "File",
            "file_name": "message.eml",
            "content": bytes(raw),
            "is_private": 1,
            "attached_to_doctype": record.doctype,
            "attached_to_name": record.name,
        }
    ).insert(ignore_permissions=True)


def as_text(raw: bytes) -> str:
    """Return the bytes of a mail as text that gives them back exactly."""
    try:
        text = bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return _BASE64 + base64.b64encode(raw).decode("ascii")
    return _BASE64 + base64.b64encode(raw).decode("ascii") if "\x00" in text else text


def as_bytes(text: str) -> bytes:
    """Return the bytes that `as_text` was given."""
    if text.startswith(_BASE64):
        return base64.b64decode(text.removeprefix(_BASE64))
    return text.encode("utf-8")


def raw_of(record: Any) -> bytes:
    """Return the bytes of an Unhandled Email."""
    if record.raw:
        return as_bytes(record.raw)
    filters = {"attached_to_doctype": record.doctype, "attached_to_name": record.name}
    content: bytes = frappe.get_doc("File", filters).get_bytes()
    return content
