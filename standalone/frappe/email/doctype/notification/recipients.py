"""Whom a Notification tells: its rows name fields, roles and addresses, each perhaps under a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.core.doctype.role.role import get_info_based_on_role
from frappe.utils import cstr, validate_email_address


@dataclass
class Recipients:
    """Addresses, each once, in the order in which they were found."""

    to: list[str] = field(default_factory=list)
    cc: list[str] = field(default_factory=list)
    bcc: list[str] = field(default_factory=list)

    def everybody(self) -> list[str]:
        return list(dict.fromkeys([*self.to, *self.cc, *self.bcc]))


def recipients_of(notification: Any, doc: Any, conditions: dict[str, Any], words: dict[str, Any]) -> Recipients:
    """Return whom to tell about a document. `conditions` and `words` are what conditions and templates may use."""
    found = Recipients()
    for row in notification.recipients:
        if row.condition and not frappe.safe_eval(row.condition, eval_locals=conditions):
            continue
        found.to += _of_field(doc, row.receiver_by_document_field)
        if row.receiver_by_role:
            found.to += get_info_based_on_role(row.receiver_by_role, "email", ignore_permissions=True)
        found.cc += _written(row.cc, words)
        found.bcc += _written(row.bcc, words)
    if notification.send_to_all_assignees:
        todos = {"reference_type": doc.doctype, "reference_name": cstr(doc.name), "status": "Open"}
        found.to += _of_users(frappe.get_all("ToDo", filters=todos, pluck="allocated_to"))
    for kind in ("to", "cc", "bcc"):
        setattr(found, kind, list(dict.fromkeys(getattr(found, kind))))
    return found


def _of_field(doc: Any, source: str | None) -> list[str]:
    """Return the addresses in a field of the document, or in one of the rows of a table (`field,table`)."""
    fieldname, _comma, table = (source or "").partition(",")
    if not fieldname:
        return []
    rows = doc.get(table.strip()) or [] if table else [doc]
    return [address for row in rows for address in _addresses(row.get(fieldname.strip()))]


def _addresses(value: Any) -> Iterator[str]:
    """Yield what is an address, or the address of the user of that name, in a text with commas or lines."""
    for part in re.split(r"[,\n]", cstr(value)):
        text = part.strip()
        if validate_email_address(text):
            yield text
        elif text:
            yield from _of_users([text])


def _of_users(users: Any) -> list[str]:
    names = sorted({user for user in users if user})
    found: list[str] = frappe.get_all("User", filters={"name": ["in", names], "enabled": 1}, pluck="email")
    return [address for address in found if address]


def _written(text: str | None, words: dict[str, Any]) -> list[str]:
    return list(_addresses(frappe.render_template(text, words))) if text else []
