"""Trying a mail account: a mail through it, this moment."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from smtplib import SMTPException
from typing import Any

import frappe
from frappe import _

from helpdesk.inbox.accounts import ACCOUNT, get_account


def send(account: str, to: str) -> str:
    """Send a short mail through `account` and return `to`.

    The mail does not go through the queue, so whoever waits for it learns what the server said. Raises ValidationError
    with its words, and for an account that is not there or sends nothing.
    """
    known = get_account(account)
    sender = frappe.get_doc(ACCOUNT, known.name)
    if not sender.enable_outgoing:
        frappe.throw(_("{0} does not send mail.").format(frappe.bold(known.name)))
    recipient = frappe.db.get_value("User", to, "email") or to
    letter = _letter(known.name, known.email_id, recipient)
    _hand_over(sender, known.email_id, recipient, letter)
    return recipient


def _letter(name: str, address: str, to: str) -> EmailMessage:
    letter = EmailMessage()
    letter["Subject"] = _("Test of the e-mail account {0}").format(name)
    letter["From"], letter["To"] = address, to
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=address.rpartition("@")[2])
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(_("This mail shows that the account {0} can send.").format(name))
    return letter


def _hand_over(account: Any, address: str, to: str, letter: EmailMessage) -> None:
    try:
        account.check_smtp()  # the framework's own words for a server that cannot be reached or refuses the login
        account.get_smtp_server().session.sendmail(address, [to], letter.as_bytes())
    except (SMTPException, OSError, frappe.ValidationError, frappe.OutgoingEmailError) as error:
        frappe.clear_messages()
        frappe.throw(_("The mail could not be sent: {0}").format(frappe.utils.escape_html(str(error))))
