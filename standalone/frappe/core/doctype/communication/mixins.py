"""Sending a Communication as mail: who gets it, through which account, with which files."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.email import accounts
from frappe.utils import cint, cstr, parse_addr, split_emails
from frappe.utils.addresses import format_address


class CommunicationEmailMixin:
    """The mail side of a Communication. An outbound one goes to its recipients, an inbound one to those in charge."""

    def is_email_communication(self: Any) -> bool:
        return bool(self.communication_type == "Communication" and self.communication_medium == "Email")

    def get_owner(self: Any) -> str | None:
        """Return the address of the owner of the document that the message is about."""
        owner = self.reference_owner
        return _address_of_user(owner) if owner else None

    def get_all_email_addresses(self: Any, exclude_displayname: bool = False) -> set[str]:
        """Return everybody on the message."""
        values = [
            cstr(self.sender),
            *(each for name in ("recipients", "cc", "bcc") for each in split_emails(self.get(name))),
        ]
        return {_bare(each) if exclude_displayname else each for each in values if each}

    # -- recipients ---------------------------------------------------------------------------------------------------

    def mail_recipients(self: Any, is_inbound_mail_communcation: bool = False) -> list[str]:
        """To: as written, without Administrator; nobody when it came from outside."""
        if is_inbound_mail_communcation:
            return []
        return [each for each in split_emails(self.recipients) if each and each != "Administrator"]

    def mail_cc(self: Any, is_inbound_mail_communcation: bool = False, include_sender: bool = False) -> list[str]:
        """Cc: as written; for a mail from outside the people in charge of the document."""
        if is_inbound_mail_communcation:
            return self._people_in_charge()  # type: ignore[no-any-return]
        cc = split_emails(self.cc)
        if include_sender and self.sender:
            cc.append(cstr(self.sender))
        taken = {_bare(each) for each in self.mail_recipients()}
        return [each for each in _unmuted(cc) if _bare(each) not in taken]

    def mail_bcc(self: Any, is_inbound_mail_communcation: bool = False) -> list[str]:
        if is_inbound_mail_communcation:
            return []
        taken = {_bare(each) for each in [*self.mail_recipients(), *split_emails(self.cc)]}
        return [each for each in _unmuted(split_emails(self.bcc)) if _bare(each) not in taken]

    def _people_in_charge(self: Any) -> list[str]:
        """The owner of the document and those it is assigned to, unless they have the mail or do not want it."""
        if not (self.reference_doctype and self.reference_name):
            return []
        filters = {"reference_type": self.reference_doctype, "reference_name": self.reference_name, "status": "Open"}
        assigned = frappe.get_all("ToDo", filters=filters, pluck="allocated_to")
        users = {user for user in [self.reference_owner, *_wanting_threads(assigned)] if user not in (None, "Guest")}
        addresses = {address for user in users if user != "Administrator" and (address := _address_of_user(user))}
        already = {each.lower() for each in self.get_all_email_addresses(exclude_displayname=True)}
        return sorted(each for each in _unmuted(addresses) if each.lower() not in already)

    # -- what it is sent with -----------------------------------------------------------------------------------------

    def get_outgoing_email_account(self: Any) -> Any:
        """Return the account the message leaves through, None if there is none."""
        name = self.email_account
        if name and cint(frappe.db.get_value("Email Account", name, "enable_outgoing")):
            return frappe.get_cached_doc("Email Account", name)
        return accounts.find_outgoing(self.sender, self.reference_doctype, required=False)

    def get_incoming_email_account(self: Any) -> Any:
        return accounts.find_incoming(self.sender, self.reference_doctype)

    def mail_sender(self: Any, is_inbound_mail_communcation: bool = False) -> str:
        account = self.get_outgoing_email_account()
        if is_inbound_mail_communcation:
            return cstr(account.default_sender) if account else ""
        return format_address(self.sender_full_name, cstr(self.sender)) if self.sender else ""

    def get_reply_to(self: Any) -> str | None:
        """Return where answers go: to who wrote, if it is an answer itself, else to the account that takes them."""
        if self.in_reply_to and self.sender:
            return cstr(self.sender)
        account = self.get_incoming_email_account()
        return cstr(account.email_id) if account else None

    def get_content(self: Any, print_format: str | None = None) -> str:
        return cstr(self.content)

    def mail_attachments(
        self: Any,
        print_html: str | None = None,
        print_format: str | None = None,
        print_letterhead: Any = None,
        print_language: str | None = None,
    ) -> list[dict[str, Any]]:
        """Return the files of the message and, if it is asked for, the document it is about on paper."""
        attached: list[dict[str, Any]] = [{"fid": file.name} for file in self.get_attachments()]
        if not (print_html or print_format):
            return attached
        printed = {
            "print_format_attachment": 1,
            "doctype": self.reference_doctype,
            "name": self.reference_name,
            "html": print_html,
            "print_format": print_format,
            "print_letterhead": cint(print_letterhead),
            "lang": print_language,
        }
        return [printed, *attached]

    def get_unsubscribe_message(self: Any) -> str:
        account = self.get_outgoing_email_account()
        return _("Leave this conversation") if account and cint(account.get("send_unsubscribe_message")) else ""

    def exclude_emails_list(
        self: Any, is_inbound_mail_communcation: bool = False, include_sender: bool = False
    ) -> list[str]:
        """Return the addresses on the message that will not be written to."""
        everybody = {_bare(each) for each in self.get_all_email_addresses()} - {_bare(cstr(self.sender))}
        written = {
            _bare(each)
            for each in [
                *self.mail_recipients(is_inbound_mail_communcation),
                *self.mail_cc(is_inbound_mail_communcation, include_sender),
                *self.mail_bcc(is_inbound_mail_communcation),
            ]
        }
        return sorted(everybody - written)

    # -- sending ------------------------------------------------------------------------------------------------------

    def sendmail_input_dict(
        self: Any,
        print_html: str | None = None,
        print_format: str | None = None,
        send_me_a_copy: Any = None,
        print_letterhead: Any = None,
        is_inbound_mail_communcation: bool = False,
        print_language: str | None = None,
    ) -> dict[str, Any]:
        """Return the arguments for `frappe.sendmail`, {} when there is nobody to write to."""
        inbound = bool(is_inbound_mail_communcation)
        to, bcc = self.mail_recipients(inbound), self.mail_bcc(inbound)
        cc = self.mail_cc(inbound, include_sender=bool(cint(send_me_a_copy)))
        if not (to or cc or bcc):
            return {}
        tracker = f"/api/method/frappe.core.doctype.communication.email.mark_email_as_seen?name={self.name}"
        values: dict[str, Any] = {
            "recipients": to,
            "cc": cc,
            "bcc": bcc,
            "sender": self.mail_sender(inbound),
            "reply_to": self.get_reply_to(),
            "subject": self.subject,
            "content": self.get_content(),
            "reference_doctype": self.reference_doctype,
            "reference_name": self.reference_name,
            "attachments": self.mail_attachments(print_html, print_format, print_letterhead, print_language),
            "expose_recipients": "header",
            "delayed": True,
            "communication": self.name,
            "unsubscribe_message": self.get_unsubscribe_message(),
            "is_notification": self.sent_or_received == "Received",
            "read_receipt": self.read_receipt,
            "send_after": self.send_after,
            "in_reply_to": self.in_reply_to,
            "email_read_tracker_url": None if inbound else tracker,
        }
        if not inbound:
            values["message_id"] = self.message_id
        return values

    def send_email(
        self: Any,
        print_html: str | None = None,
        print_format: str | None = None,
        send_me_a_copy: Any = None,
        print_letterhead: Any = None,
        is_inbound_mail_communcation: bool = False,
        print_language: str | None = None,
        now: bool = False,
    ) -> Any:
        """Queue the mail; returns the row of the queue, None when there is nobody to write to."""
        values = self.sendmail_input_dict(
            print_html=print_html,
            print_format=print_format,
            send_me_a_copy=send_me_a_copy,
            print_letterhead=print_letterhead,
            is_inbound_mail_communcation=is_inbound_mail_communcation,
            print_language=print_language,
        )
        if not values:
            return None
        if is_inbound_mail_communcation:
            values.pop("communication")  # its state of delivery and id are those of the mail that came in
        return frappe.sendmail(now=now, **values)


def _bare(text: str) -> str:
    return cstr(parse_addr(text)[1]).lower()


def _address_of_user(user: str) -> str | None:
    row = frappe.get_cached_value("User", user, ["email", "enabled"])
    return cstr(row[0]) if row and cint(row[1]) else None


def _unmuted(addresses: Any) -> list[str]:
    """Return the addresses without those of users who want no copies of conversations."""
    given = list(addresses)
    if not given:
        return []
    filters = {"email": ["in", [_bare(each) for each in given]], "thread_notify": 0}
    muted = {cstr(each).lower() for each in frappe.get_all("User", filters=filters, pluck="email")}
    return [each for each in given if _bare(each) not in muted]


def _wanting_threads(users: list[str]) -> list[str]:
    if not users:
        return []
    filters = {"name": ["in", users], "enable_email_threads_on_assigned_document": 0}
    unwilling = set(frappe.get_all("Notification Settings", filters=filters, pluck="name"))
    return [user for user in users if user not in unwilling]
