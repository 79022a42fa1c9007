"""What people do with received messages in a list: move them between documents, mark them, put them away."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.messages import throw
from frappe.utils import cstr


def get_email_accounts(user: str | None = None) -> dict[str, Any]:
    """Return the accounts a user works with, for a menu: `{"email_accounts": […], "all_accounts": "a,b"}`."""
    rows = frappe.get_all(
        "User Email",
        filters={"parent": user or frappe.session.user, "parenttype": "User"},
        fields=["email_account", "email_id", "enable_outgoing"],
        order_by="idx asc",
        distinct=True,
    )
    return {"email_accounts": rows, "all_accounts": ",".join(cstr(row.email_account) for row in rows)}


@frappe.whitelist(methods=["POST"])
def mark_as_closed_open(communication: str, status: str) -> None:
    """Set a message to Open or Closed."""
    if status not in ("Open", "Closed"):
        throw(_("A message is Open or Closed."))
    _change(communication, "status", status)


@frappe.whitelist(methods=["POST"])
def move_email(communication: str, email_account: str) -> None:
    """Put a message into another account."""
    frappe.get_doc("Email Account", email_account).check_permission("read")
    _change(communication, "email_account", email_account)


@frappe.whitelist(methods=["POST"])
def mark_as_trash(communication: str) -> None:
    """Put a message away."""
    _change(communication, "email_status", "Trash")


@frappe.whitelist(methods=["POST"])
def mark_as_spam(communication: str, sender: str) -> None:
    """Put a message away as spam, and every later one of the sender."""
    _change(communication, "email_status", "Spam")
    rule = frappe.db.get_value("Email Rule", {"email_id": sender})
    if rule:
        frappe.db.set_value("Email Rule", rule, "is_spam", 1)
    else:
        frappe.get_doc({"doctype": "Email Rule", "email_id": sender, "is_spam": 1}).insert(ignore_permissions=True)


@frappe.whitelist(methods=["POST"])
def link_communication_to_document(
    communication: str, reference_doctype: str, reference_name: str | int, ignore_communication_links: bool = False
) -> None:
    """Move a message to another document; the caller needs write permission on both."""
    frappe.get_doc(reference_doctype, reference_name).check_permission("write")
    message = _writable(communication)
    message.update({"reference_doctype": reference_doctype, "reference_name": cstr(reference_name), "status": "Linked"})
    message.save(ignore_permissions=True)  # checked just above


def _change(communication: str, fieldname: str, value: str) -> None:
    _writable(communication).db_set(fieldname, value, notify=True)


def _writable(communication: str) -> Any:
    message = frappe.get_doc("Communication", communication)
    if not (message.has_permission("write") or _may_change_document(message)):
        throw(_("You may not change this message."), frappe.PermissionError)
    return message


def _may_change_document(message: Any) -> bool:
    if not (message.reference_doctype and message.reference_name):
        return False
    return bool(frappe.has_permission(message.reference_doctype, "write", doc=message.reference_name))
