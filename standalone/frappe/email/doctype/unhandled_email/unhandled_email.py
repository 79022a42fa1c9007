"""Controller of the DocType Unhandled Email: a mail that could not be taken in."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.email.receive import AlreadyReceivedError, SentEmailInInboxError
from frappe.email.unhandled import raw_of
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime

RETENTION_DAYS = 30


class UnhandledEmail(Document):
    """The mail, whole, and what was wrong with it."""

    no_feed_on_delete = True

    @frappe.whitelist(methods=["POST"])
    def process_again(self) -> str | None:
        """Try to take the mail in; returns the name of its Communication and removes this record."""
        frappe.only_for("System Manager")
        if not self.email_account:
            frappe.throw(_("The account that this mail came in by is not known."))
        account = frappe.get_doc("Email Account", self.email_account)
        mail = inbound_mail(account, raw_of(self), self.uid)
        try:
            communication = mail.process()
        except (SentEmailInInboxError, AlreadyReceivedError):
            communication = None
        frappe.delete_doc("Unhandled Email", self.name, ignore_permissions=True, delete_permanently=True)
        return communication.name if communication else None

    @staticmethod
    def clear_old_logs(days: int = RETENTION_DAYS) -> None:
        """Delete records older than `days`, with the mails that are stored beside them."""
        filters = {"creation": ["<", add_days(now_datetime(), -days)]}
        for name in frappe.get_all("Unhandled Email", filters=filters, pluck="name"):
            frappe.delete_doc("Unhandled Email", name, ignore_permissions=True, force=True, delete_permanently=True)
            frappe.db.commit()


def inbound_mail(account: Any, raw: bytes, uid: Any = None) -> Any:
    """Return a mail as the account would have received it."""
    from frappe.email.receive import InboundMail

    targets = [row.append_to for row in account.imap_folder if row.append_to]
    return InboundMail(raw, account, uid, None, account.append_to or (targets[0] if targets else None))
