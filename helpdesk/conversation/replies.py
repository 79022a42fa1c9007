"""What an agent answers: stored on the ticket, and mailed through the right account."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.compat import capture
from helpdesk.conversation import attachments, messages
from helpdesk.exceptions import NoOutgoingAccount
from helpdesk.inbox.accounts import Account, find_outgoing_account, get_account
from helpdesk.notifications import mail
from helpdesk.settings import get_settings

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


@dataclass(frozen=True)
class Reply:
    """An answer as the agent wrote it; addresses are comma-separated, `files` are names of uploads."""

    text: str
    to: str | None = None
    cc: str | None = None
    bcc: str | None = None
    files: list[str] = field(default_factory=list)
    from_address: str | None = None
    from_account: str | None = None


def send(ticket: "HDTicket", reply: Reply) -> Document:
    """Store the reply, and mail it unless the settings keep ticket mail in the house. Returns the message."""
    settings = get_settings()
    silent = bool(settings.skip_email_workflow)
    mailed = not silent and bool(settings.enable_reply_email_via_agent)
    previous = messages.latest(ticket.name)
    account = None if silent else _account(ticket, reply, previous)
    if mailed and account is None:
        frappe.throw(_("Please set up an e-mail account for outgoing mail before you reply."), NoOutgoingAccount)
    message = _store(ticket, reply, account, previous, silent=silent)
    urls = attachments.attach_to_reply(ticket, message.name, reply.files)
    if mailed and account is not None:
        mail.send_reply(ticket, message, account, urls, previous)
    capture("agent_replied")
    return message


def _store(
    ticket: "HDTicket", reply: Reply, account: Account | None, previous: Document | None, *, silent: bool
) -> Document:
    return messages.add(
        ticket,
        direction=messages.SENT,
        content=reply.text,
        sender=reply.from_address or frappe.session.user,
        communication_medium="" if silent else "Email",
        recipients=_addresses(_recipients(ticket, reply)),
        cc=_addresses(reply.cc),
        bcc=_addresses(reply.bcc),
        email_account=account.name if account else None,
        in_reply_to=previous.name if previous is not None and previous.message_id else None,
    )


def _recipients(ticket: "HDTicket", reply: Reply) -> str | None:
    return reply.to if reply.to or reply.cc or reply.bcc else ticket.raised_by


def _addresses(text: str | None) -> str | None:
    """Replace the user id Administrator, which is no address, by that user's address."""
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    return ", ".join(frappe.get_cached_value("User", p, "email") if p == "Administrator" else p for p in parts) or None


def _account(ticket: "HDTicket", reply: Reply, previous: Document | None) -> Account | None:
    last_used = previous.email_account if previous is not None else None
    account = get_account(reply.from_account) if reply.from_account else find_outgoing_account(last_used)
    if reply.from_address and account is not None:
        _require_own_address(reply.from_address, account)
    return account


def _require_own_address(address: str, account: Account) -> None:
    own = {account.email_id, frappe.session.user, frappe.get_cached_value("User", frappe.session.user, "email")}
    if address not in own:
        frappe.throw(_("You may not send mail as {0}.").format(frappe.bold(address)), frappe.PermissionError)
