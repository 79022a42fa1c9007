"""Taking in the mails of one account: each in a transaction of its own, none lost, none in the way of the others."""

from __future__ import annotations

import traceback
from typing import Any

import frappe
from frappe import _
from frappe.email.mailbox import MailboxError
from frappe.email.receive import AlreadyReceivedError, SentEmailInInboxError
from frappe.email.unhandled import keep_unhandled
from frappe.exceptions import DATABASE_TROUBLE

MAX_ATTEMPTS = 3


class InboundMailError(Exception):
    """Some mails of a run could not be taken in; the message has their tracebacks."""


class Reception:
    """One run for one account."""

    def __init__(self, account: Any):
        self.account = account
        self.failures: list[str] = []

    def run(self) -> None:
        """Fetch and take in what is new. Raises InboundMailError at the end when mails failed."""
        try:
            mails = self.account.get_inbound_mails()
        except MailboxError as error:
            frappe.db.rollback()
            self.account.note_incoming_failure(error)
            return
        for mail in mails:
            self._take_in(mail)
        self._note_state()
        if self.failures:
            raise InboundMailError("\n\n".join(self.failures))

    def _note_state(self) -> None:
        inbox = self._inbox()
        problem = inbox.problem if inbox is not None else None
        if problem:
            self.account.note_incoming_failure(problem)
        elif inbox is not None and not self.failures:
            self.account.note_incoming_success()
            frappe.db.commit()

    def _inbox(self) -> Any:
        return self.account.__dict__.get("_inbox")

    def _take_in(self, mail: Any) -> None:
        frappe.flags.inbound_mail = mail
        inbox = self._inbox()
        frappe.flags.initial_sync = bool(inbox and inbox.is_initial(mail.raw))
        mail.may_have_been_here = bool(inbox and inbox.is_found(mail.raw))
        try:
            if self._process(mail) and not getattr(mail.raw, "refused", ""):
                self._settle(mail)
        finally:
            frappe.flags.inbound_mail = None
            frappe.flags.initial_sync = False

    def _process(self, mail: Any) -> bool:
        """Take one mail in; returns whether it is dealt with, in one way or another."""
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                communication = mail.process()
                self._pass_by(mail)
                frappe.db.commit()
            except (SentEmailInInboxError, AlreadyReceivedError):
                frappe.db.rollback()
                self._pass_by(mail)
                frappe.db.commit()
                return True
            except DATABASE_TROUBLE:
                frappe.db.rollback()
                if attempt == MAX_ATTEMPTS:
                    self._leave(mail)
                    self.failures.append(traceback.format_exc())
                    return False  # no fault of the mail, which waits on the server for the next run
            except Exception:  # whatever is wrong with one mail, it is kept with its reason and stops no other
                self._put_aside(mail)
                return True
            else:
                self._follow_up(mail, communication)
                return True
        return False

    def _put_aside(self, mail: Any) -> None:
        """Keep a mail that cannot be taken in as Unhandled Email, with the reason."""
        reason = traceback.format_exc()
        frappe.db.rollback()
        self.failures.append(reason)
        frappe.log_error(_("A mail to {0} could not be taken in").format(self.account.name), reason)
        keep_unhandled(self.account.name, mail.raw, reason, uid=mail.uid, message_id=mail.message_id)
        self._pass_by(mail)
        frappe.db.commit()

    def _follow_up(self, mail: Any, communication: Any) -> None:
        """Send what a new message causes. The message itself is safe already."""
        if communication is None or not mail.is_new:
            return
        try:
            self.account.send_auto_reply(communication, mail)
            communication.send_email(is_inbound_mail_communcation=True)
            frappe.db.commit()
        except Exception:  # an answer that cannot be sent must not have the message received again
            frappe.db.rollback()
            frappe.log_error(
                _("The mails about a received mail could not be sent"), None, "Communication", communication.name
            )
            frappe.db.commit()

    def _pass_by(self, mail: Any) -> None:
        if self._inbox() is not None:
            self._inbox().pass_by(mail.raw)

    def _leave(self, mail: Any) -> None:
        if self._inbox() is not None:
            self._inbox().leave(mail.raw)

    def _settle(self, mail: Any) -> None:
        try:
            self.account.settle(mail)
        except MailboxError as error:
            # It is safe here. Next time it will be recognised and settled.
            self.account.note_incoming_failure(error)
