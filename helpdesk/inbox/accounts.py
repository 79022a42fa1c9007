"""The mail accounts of the help desk."""

from typing import NamedTuple

import frappe
from frappe import _

ACCOUNT = "Email Account"


class Account(NamedTuple):
    """An account that can send."""

    name: str
    email_id: str


def get_account(name: str) -> Account:
    """Return the account called `name`. Raises ValidationError when there is none."""
    email_id = frappe.db.get_value(ACCOUNT, name, "email_id")
    if not email_id:
        frappe.throw(_("There is no e-mail account {0}.").format(frappe.bold(name)))
    return Account(name, email_id)


def can_send() -> bool:
    """Tell whether this site can write mails at all; before an account is set up, notices are simply not written."""
    return bool(frappe.conf.mail_server or frappe.db.exists(ACCOUNT, {"enable_outgoing": 1}))


def find_outgoing_account(last_used: str | None) -> Account | None:
    """Return the account that answers a ticket.

    The one the last message came through, if it can send; else a default one that receives tickets; else any default.
    """
    rows = frappe.get_all(
        ACCOUNT,
        filters={"enable_outgoing": 1},
        fields=["name", "email_id", "default_outgoing"],
        order_by="creation asc",
    )
    candidates = [row for row in rows if row.name == last_used]
    candidates = candidates or _prefer_ticket_accounts([row for row in rows if row.default_outgoing])
    return Account(candidates[0].name, candidates[0].email_id) if candidates else None


def _prefer_ticket_accounts(rows: list[frappe._dict]) -> list[frappe._dict]:
    if len(rows) < 2:
        return rows
    receiving = frappe.get_all(
        "IMAP Folder",
        filters={"parent": ["in", [row.name for row in rows]], "append_to": "HD Ticket"},
        pluck="parent",
    )
    return sorted(rows, key=lambda row: row.name not in receiving)
