"""One incoming mail: what it says (`Email`) and what becomes of it (`InboundMail`).

Apps subclass `InboundMail` to find the conversation their own way: `parent_email_queue`, `parent_communication` and
`reference_document` are asked in that order, and `may_join_reference` decides whether the sender is let in.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, timedelta
from email.message import Message
from functools import cached_property
from typing import Any

import frappe
from frappe import _
from frappe.email import threads
from frappe.email.accounts import own_addresses
from frappe.email.mime import authentication
from frappe.email.mime.automatic import Automatic, returned_message_id
from frappe.email.mime.bodies import replace_cids
from frappe.email.mime.errors import MailTooLarge, UnreadableMail
from frappe.email.mime.headers import is_address
from frappe.email.mime.parsing import Limits, ParsedMail, parse
from frappe.utils import add_days, cint, convert_utc_to_system_timezone, cstr, now_datetime
from frappe.utils.html_utils import clean_email_html

MAX_SUBJECT = 140
MAX_RECIPIENTS_TEXT = 60_000
DAYS_FOR_SAME_SUBJECT = 60
MAX_ATTACHMENTS = 200
DEFAULT_ANSWERS_PER_HOUR = 10

_REPLY_PREFIX = re.compile(r"^\s*((re|fw|fwd|aw|wg)\s*(\[\d+\])?\s*:\s*)+", re.IGNORECASE)


class EmailSizeExceededError(frappe.ValidationError):
    """A mail is larger than this site takes in."""


class LoginLimitExceeded(frappe.ValidationError):
    """The server lets us in no more for now."""


class SentEmailInInboxError(Exception):
    """The mail is one of our own."""


class AlreadyReceivedError(Exception):
    """Somebody else has taken the same mail in at this very moment."""


class Email:
    """A mail as it was read. Reading happens when it is first needed and raises UnreadableMail."""

    def __init__(self, content: bytes | str):
        self.raw: Any = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content

    @cached_property
    def parsed(self) -> ParsedMail:
        too_large = cint(getattr(self.raw, "too_large", 0))
        if too_large:
            raise MailTooLarge(f"It has {too_large} bytes, more than is fetched.")
        refused = cstr(getattr(self.raw, "refused", ""))
        if refused:
            raise UnreadableMail(f"It is on the server, which does not give it out: {refused}")
        return parse(bytes(self.raw), Limits(), now=now_datetime_utc())

    @property
    def mail(self) -> Message:
        return self.parsed.message

    @property
    def message_id(self) -> str:
        """The Message-ID without brackets; a mail without one is named by what it says."""
        return self.parsed.message_id or f"{self._fingerprint()}@without-message-id.invalid"

    def _fingerprint(self) -> str:
        message = self.mail
        fields = "\n".join(f"{name}: {message.get(name, '')}" for name in ("Date", "From", "To", "Subject"))
        _, _, body = bytes(self.raw).replace(b"\r\n", b"\n").partition(b"\n\n")
        return hashlib.sha256(fields.encode("utf-8", "surrogateescape") + body).hexdigest()

    @property
    def in_reply_to(self) -> str:
        return self.parsed.in_reply_to

    @property
    def references(self) -> list[str]:
        """The ids of the thread, oldest first."""
        return self.parsed.references

    @property
    def subject(self) -> str:
        return self.parsed.subject[:MAX_SUBJECT] or "No Subject"

    @cached_property
    def _sender(self) -> tuple[str, str]:
        """Name and address of who wrote it: a Reply-To that is none of ours stands for the From field."""
        name, address = self.parsed.sender
        answers = next((box for box in self.parsed.reply_to if box.address not in self.own_addresses()), None)
        return (name or (answers.name if answers else ""), answers.address if answers else address)

    def own_addresses(self) -> set[str]:
        """Return the addresses of our accounts."""
        return own_addresses()

    @property
    def from_email(self) -> str:
        return self._sender[1]

    @property
    def from_address(self) -> str:
        """The address in the From field itself: the one that authentication speaks of."""
        return self.parsed.from_.address

    @property
    def from_real_name(self) -> str:
        return self._sender[0]

    @property
    def date(self) -> str:
        """When it was written, in the time zone of the site."""
        moment = self.parsed.date.astimezone(UTC).replace(tzinfo=None)
        return cstr(convert_utc_to_system_timezone(moment).replace(tzinfo=None, microsecond=0))

    @property
    def text_content(self) -> str:
        return self.parsed.text

    @cached_property
    def content(self) -> str:
        """The body as clean HTML."""
        return cstr(clean_email_html(self.parsed.html))

    @property
    def attachments(self) -> list[dict[str, Any]]:
        return [
            {
                "content_type": each.content_type,
                "fname": each.file_name,
                "fcontent": each.content,
                "cid": each.content_id,
            }
            for each in self.parsed.attachments
        ]

    @property
    def automatic(self) -> Automatic | None:
        """Why it counts as written by a machine, None if a person seems to have written it."""
        return self.parsed.automatic

    @cached_property
    def authentication(self) -> authentication.Verdict:
        """What our own mail server says about the From address (`trusted_authserv_ids` in the configuration)."""
        configured = frappe.conf.trusted_authserv_ids or []
        ids = [configured] if isinstance(configured, str) else list(configured)
        fields = [cstr(each) for each in self.mail.get_all("Authentication-Results", [])]
        return authentication.judge(fields, ids, self.from_address)

    def is_auto_generated(self) -> bool:
        return self.automatic is not None

    def get_thread_id(self) -> str | None:
        """Return what stands in brackets in the subject: `[#123]`."""
        found = re.search(r"\[#?([^\[\]]{1,140})\]", self.subject)
        return found[1] if found else None

    def save_attachments_in_doc(self, doc: Any) -> list[Any]:
        """Store the attachments as private files of a document and return their records."""
        saved = []
        self.left_out: list[str] = []
        self.cid_map: dict[str, str] = {}
        limit = cint(getattr(self, "attachment_limit", 0)) * 1024 * 1024
        for number, each in enumerate(self.parsed.attachments):
            if number >= MAX_ATTACHMENTS or (limit and len(each.content) > limit):
                self.left_out.append(f"{each.file_name} ({max(len(each.content) // 1024, 1)} KB)")
                continue
            try:
                file = _store_attachment(doc, each.file_name, each.content)
            except frappe.MaxFileSizeReachedError:
                frappe.clear_last_message()
                self.left_out.append(f"{each.file_name} ({len(each.content) // 1024} KB)")
                continue
            saved.append(file)
            if each.content_id:
                self.cid_map[each.content_id] = cstr(file.unique_url)
        return saved


def now_datetime_utc() -> Any:
    from datetime import datetime

    return datetime.now(UTC)


def _store_attachment(doc: Any, file_name: str, content: bytes) -> Any:
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": file_name,
            "attached_to_doctype": doc.doctype,
            "attached_to_name": doc.name,
            "is_private": 1,
            "content": content,
            "folder": "Home/Attachments",
        }
    )
    file.flags.ignore_links = True  # the document was inserted a moment ago
    return file.insert(ignore_permissions=True)


class InboundMail(Email):
    """A mail that came in by an account, on its way to become a Communication."""

    def __init__(
        self,
        content: bytes | str,
        email_account: Any,
        uid: Any = None,
        seen_status: Any = None,
        append_to: str | None = None,
    ):
        super().__init__(content)
        self.email_account = email_account
        self.uid = uid if uid not in (None, "") else -1
        self.seen_status = seen_status or 0
        self.append_to = append_to or email_account.get("append_to") or None
        self.attachment_limit = cint(email_account.get("attachment_limit"))
        self.is_new = False
        self.may_have_been_here = False
        self._evidence: threads.Evidence | None = None

    @property
    def message_id(self) -> str:
        """As for any mail; for one that cannot be read, "" so that it can still be put aside."""
        try:
            return super().message_id
        except UnreadableMail:
            return ""

    # -- the way in ---------------------------------------------------------------------------------------------------

    def process(self) -> Any:
        """Make the mail a Communication and return it; one that is here already is only found again.

        Raises SentEmailInInboxError, AlreadyReceivedError, UnreadableMail. The caller commits or rolls back.
        """
        self.parsed  # noqa: B018 - what cannot be read is refused before anything is written
        existing = self.is_exist_in_system()
        if existing:
            return self._seen_again(existing)
        self._refuse_own_mail()
        self._refuse_deleted()
        if not is_address(self.from_email):
            raise UnreadableMail("It has no sender.")
        communication = self._build_communication_doc()
        self.is_new = True
        return communication

    def is_exist_in_system(self) -> Any:
        """Return the Communication that this mail has become before, None if it is new."""
        return threads.find_communication(self.message_id)

    def _seen_again(self, existing: Any) -> Any:
        frappe.db.set_value("Communication", existing.name, "uid", cint(self.uid), update_modified=False)
        return frappe.get_doc("Communication", existing.name)

    def _refuse_own_mail(self) -> None:
        own = cstr(self.email_account.email_id).lower()
        if self.from_address == own and not self.in_reply_to:
            raise SentEmailInInboxError(f"{self.message_id} was sent by this account.")
        if threads.find_queued(self.message_id):
            raise SentEmailInInboxError(f"{self.message_id} was sent by this site.")

    def _refuse_deleted(self) -> None:
        """A mailbox that was numbered anew is read again; what people deleted meanwhile does not come back."""
        if not self.may_have_been_here:
            return
        filters = {"deleted_doctype": "Communication", "deleted_name": name_for(self.message_id)}
        if frappe.db.exists("Deleted Document", filters):
            raise AlreadyReceivedError(f"{self.message_id} was taken in and deleted.")

    # -- where it belongs ---------------------------------------------------------------------------------------------

    def is_reply(self) -> bool:
        return bool(self.in_reply_to)

    def is_sender_same_as_receiver(self) -> bool:
        return self.from_address == cstr(self.email_account.email_id).lower()

    @cached_property
    def _parents(self) -> tuple[Any, Any]:
        """(row of the Email Queue, Communication) this mail answers."""
        ids = [each for each in (self.in_reply_to, self._returned()) if each]
        for message_id in ids:
            communication = threads.find_communication(message_id)
            queued = threads.find_queued(message_id)
            if communication or queued:
                self._evidence = "message-id"
                return queued, communication
        return None, self._named_communication()

    def _returned(self) -> str:
        bounce = self.automatic is not None and self.automatic.kind in ("bounce", "report")
        return returned_message_id(self.mail) if bounce else ""

    def _named_communication(self) -> Any:
        name = self.in_reply_to.partition("@")[0]
        if not (self.in_reply_to and name):
            return None
        fields = ["name", "message_id", "reference_doctype", "reference_name", "creation"]
        found = frappe.db.get_value("Communication", name, fields, as_dict=True)
        if found and found.name == name:
            self._evidence = "name"
            return found
        return None

    def parent_email_queue(self) -> Any:
        """Return the queued mail (a row) that this one answers, None if it is not known."""
        return self._parents[0]

    def parent_communication(self) -> Any:
        """Return the Communication that this mail answers, None if it is not known."""
        queued, communication = self._parents
        if communication is None and queued and queued.communication:
            from frappe.core.doctype.communication.communication import Communication

            return Communication.find(queued.communication, ignore_error=True)
        return communication

    def recipients_of_parent(self) -> set[str]:
        """Return whom the mail went to that this one answers, in lower case."""
        queued, communication = self.parent_email_queue(), self.parent_communication()
        found: list[str] = []
        if queued:
            found += frappe.get_all("Email Queue Recipient", {"parent": queued.name}, pluck="recipient")
        if communication:
            row = frappe.db.get_value(
                "Communication", communication.name, ["sent_or_received", "recipients", "cc", "bcc"], as_dict=True
            )
            if row and row.sent_or_received == "Sent":
                found += [
                    each for value in (row.recipients, row.cc, row.bcc) for each in frappe.utils.split_emails(value)
                ]
        return {cstr(frappe.utils.parse_addr(each)[1]).lower() for each in found}

    def reference_document(self) -> Any:
        """Return the document whose conversation this mail belongs to, None if it begins a new one."""
        for parent in (self.parent_email_queue(), self.parent_communication()):
            if parent and parent.get("reference_doctype") and parent.get("reference_name"):
                found = self.get_doc(parent.get("reference_doctype"), parent.get("reference_name"), ignore_error=True)
                if found and self.may_join_reference(found, self._evidence or "message-id"):
                    return found
        found = self.match_record_by_subject_and_sender()
        if found and self.may_join_reference(found, "subject"):
            return found
        return None

    def may_join_reference(self, doc: Any, evidence: threads.Evidence) -> bool:
        """Tell whether the sender may add to the conversation of `doc`; an app may override it."""
        if evidence == "message-id" and self._returned():
            return self.authentication != "fail"  # a report about a mail of ours, by whichever server wrote it
        allowed = threads.may_join(self, doc, evidence)
        if not allowed:
            frappe.logger("mail").warning(
                "%s from %s was not let into %s %s (%s)",
                self.message_id,
                self.from_address,
                doc.doctype,
                doc.name,
                evidence,
            )
        return allowed

    def get_reference_name_from_subject(self) -> str:
        """Return what may be a document's name: the end of `Re: Printer (#123)`, or the whole subject."""
        return self.subject.rpartition("#")[2].strip(" ()[]")

    def match_record_by_subject_and_sender(self) -> Any:
        """Return the document that the subject names, or a recent one of the same subject and sender."""
        if not self.append_to or self.append_to == "Communication":
            return None
        name = self.get_reference_name_from_subject()
        record = self.get_doc(self.append_to, name, ignore_error=True) if name else None
        if record:
            return record
        fields = self.get_email_fields(self.append_to)
        subject = self.clean_subject(self.subject)
        if not (fields.subject_field and fields.sender_field and subject):
            return None
        filters = {
            fields.sender_field: self.from_email,
            fields.subject_field: ["like", f"%{_escape_like(subject)}%"],
            "creation": [">", add_days(now_datetime(), -DAYS_FOR_SAME_SUBJECT)],
        }
        found = frappe.db.get_value(self.append_to, filters)
        if (
            not found
            and len(subject) > 10
            and frappe.db.exists("User", {"email": self.from_email, "user_type": "System User"})
        ):
            filters.pop(fields.sender_field)
            found = frappe.db.get_value(self.append_to, filters)
        return self.get_doc(self.append_to, found, ignore_error=True) if found else None

    @staticmethod
    def clean_subject(subject: str) -> str:
        """Return a subject without the marks of answers and forwards."""
        return _REPLY_PREFIX.sub("", subject).strip()

    @staticmethod
    def get_doc(doctype: str, docname: Any, ignore_error: bool = False) -> Any:
        """Return a document of exactly that name; with `ignore_error` None if there is none."""
        name = cstr(docname)
        if ignore_error:
            found = frappe.db.get_value(doctype, name)
            if cstr(found) != name:
                return None
        return frappe.get_doc(doctype, name)

    @staticmethod
    def get_email_fields(doctype: str) -> Any:
        """Return which fields of a DocType take subject, sender and account of a mail."""
        meta = frappe.get_meta(doctype)
        names = ("subject_field", "sender_field", "sender_name_field", "recipient_account_field")
        fields = {name: cstr(meta.get(name)) for name in names} if meta.get("email_append_to") else {}
        return frappe._dict({name: fields[name] for name in names if fields.get(name) and meta.has_field(fields[name])})

    # -- what it becomes ----------------------------------------------------------------------------------------------

    def _create_reference_document(self, doctype: str) -> Any:
        """Insert the document that a conversation begins with."""
        fields = self.get_email_fields(doctype)
        values = {
            fields.subject_field: self.subject,
            fields.sender_field: self.from_email,
            fields.sender_name_field: self.from_real_name,
            fields.recipient_account_field: self.email_account.name,
        }
        document = frappe.new_doc(doctype)
        document.update({name: value for name, value in values.items() if name})
        document.flags.ignore_mandatory = True
        try:
            document.insert(ignore_permissions=True)
        except frappe.DuplicateEntryError:
            name = frappe.db.get_value(doctype, {fields.sender_field: self.from_email})
            if not name:
                raise
            return frappe.get_doc(doctype, name)
        return document

    def _build_communication_doc(self) -> Any:
        reference = self.reference_document()
        if reference is None and self.append_to and self.append_to != "Communication":
            reference = self._create_reference_document(self.append_to)
        communication = frappe.get_doc({"doctype": "Communication", **self.as_dict()})
        if reference is not None:
            communication.reference_doctype, communication.reference_name = reference.doctype, cstr(reference.name)
            communication.in_reply_to = self._parent_within(reference)
        self._insert(communication)
        self._note_bounce()
        return communication

    def _parent_within(self, reference: Any) -> str | None:
        """Return the Communication answered to, if it is part of the conversation the mail was let into."""
        parent = self.parent_communication()
        if parent is None:
            return None
        place = (parent.get("reference_doctype"), cstr(parent.get("reference_name")))
        return cstr(parent.name) if place == (reference.doctype, cstr(reference.name)) else None

    def _insert(self, communication: Any) -> None:
        """Insert under a name that follows from the Message-ID: the database lets in each mail once."""
        flags = communication.flags
        flags.in_receive = flags.ignore_links = flags.skip_add_signature = True
        if self.automatic is not None and self.automatic.kind in ("bounce", "report"):
            communication.communication_type = "Automated Message"
        try:
            communication.insert(ignore_permissions=True, set_name=name_for(self.message_id))
        except frappe.DuplicateEntryError as error:
            raise AlreadyReceivedError(f"{self.message_id} has just been taken in.") from error
        if self.parsed.attachments:
            self._add_files(communication)

    def _add_files(self, communication: Any) -> None:
        self.save_attachments_in_doc(communication)
        content = self.replace_inline_images(cstr(communication.content))
        if self.left_out:
            names = frappe.utils.escape_html(", ".join(self.left_out))
            content += (
                f"<p><em>{_('Attachments that were too large or too many, and not kept: {0}').format(names)}</em></p>"
            )
        communication.content = content
        communication.save(ignore_permissions=True)

    def replace_inline_images(self, content: str) -> str:
        """Return the body with the pictures inside of the mail replaced by the addresses of their files."""
        return replace_cids(content, self.cid_map)

    def _note_bounce(self) -> None:
        """Mark the message that came back."""
        if self.automatic is None or self.automatic.kind != "bounce" or not self._returned():
            return
        queued, communication = self._parents
        name = communication.name if communication else queued and queued.communication
        if name:
            frappe.db.set_value("Communication", name, "delivery_status", "Bounced", update_modified=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the values of the Communication."""
        return {
            "subject": self.subject,
            "content": self.content,
            "text_content": self.text_content,
            "sent_or_received": "Received",
            "sender_full_name": self.from_real_name,
            "sender": self.from_email,
            "recipients": _joined(self.parsed.to),
            "cc": _joined(self.parsed.cc),
            "email_account": self.email_account.name,
            "communication_medium": "Email",
            "uid": cint(self.uid),
            "imap_folder": getattr(self.raw, "folder", "") or None,
            "message_id": self.message_id,
            "communication_date": self.date,
            "has_attachment": 1 if self.parsed.attachments else 0,
            "seen": cint(self.seen_status),
        }

    # -- answering ----------------------------------------------------------------------------------------------------

    def may_be_answered_automatically(self) -> bool:
        """Tell whether a machine may answer: never another machine, nor one address again and again."""
        return self.automatic is None and self.from_address not in self.own_addresses() and not self._writes_too_much()

    @cached_property
    def _recent(self) -> int:
        since = now_datetime() - timedelta(hours=1)
        rows = frappe.db.sql(
            "select count(*) from `tabCommunication` where `creation` > %s and `sender` = %s"
            " and `sent_or_received` = 'Received' and `communication_medium` = 'Email'",
            (since, self.from_email),
        )
        return int(rows[0][0])

    def _writes_too_much(self) -> bool:
        return self._recent > (cint(frappe.conf.max_automatic_answers_per_hour) or DEFAULT_ANSWERS_PER_HOUR)


def name_for(message_id: str) -> str:
    """Return the name of the Communication that a mail with this id becomes."""
    return hashlib.sha256(f"inbound:{message_id}".encode()).hexdigest()[:24]


def _joined(boxes: list[Any]) -> str:
    from frappe.utils.addresses import format_address

    text = ", ".join(format_address(box.name, box.address) for box in boxes)
    if len(text) <= MAX_RECIPIENTS_TEXT:
        return text
    return ", ".join(box.address for box in boxes)[:MAX_RECIPIENTS_TEXT].rpartition(", ")[0]


def _escape_like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
