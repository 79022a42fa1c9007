"""Reminding people of mails that nobody has answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, cstr, get_link_to_form, now_datetime, split_emails

DEFAULT_MINUTES = 30


def remind() -> None:
    """Write to the people each account names about received mails whose document is still open."""
    fields = ["name", "unreplied_for_mins", "send_notification_to"]
    for account in frappe.get_all("Email Account", {"enable_incoming": 1, "notify_if_unreplied": 1}, fields):
        recipients = split_emails(account.send_notification_to)
        if not recipients:
            continue
        for communication in _waiting(account):
            if _is_open(communication):
                _remind_of(communication, recipients)
            frappe.db.set_value(
                "Communication", communication.name, "unread_notification_sent", 1, update_modified=False
            )
            frappe.db.commit()


def _waiting(account: Any) -> list[Any]:
    """Return what has waited long enough, and not so long that somebody must have decided to let it."""
    patience = timedelta(minutes=cint(account.unreplied_for_mins) or DEFAULT_MINUTES)
    return list(
        frappe.get_all(
            "Communication",
            filters={
                "sent_or_received": "Received",
                "email_account": account.name,
                "unread_notification_sent": 0,
                "reference_doctype": ["is", "set"],
                "creation": ["between", [now_datetime() - 3 * patience, now_datetime() - patience]],
            },
            fields=["name", "subject", "sender", "reference_doctype", "reference_name"],
            limit=500,
        )
    )


def _is_open(communication: Any) -> bool:
    meta = frappe.get_meta(communication.reference_doctype)
    if not meta.has_field("status"):
        return False
    return bool(frappe.db.get_value(communication.reference_doctype, communication.reference_name, "status") == "Open")


def _remind_of(communication: Any, recipients: list[str]) -> None:
    link = get_link_to_form(communication.reference_doctype, communication.reference_name)
    sender = frappe.utils.escape_html(cstr(communication.sender))
    frappe.sendmail(
        recipients=recipients,
        subject=_("Not answered yet: {0}").format(communication.subject),
        content=_("The mail from {0} about {1} has not been answered.").format(sender, link),
        reference_doctype=communication.reference_doctype,
        reference_name=communication.reference_name,
        is_notification=True,
    )
