"""Controller of the DocType Communication: a message about a document, sent or received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.comment.comment import get_comments_of, notify_timeline, update_comments_of
from frappe.core.doctype.communication import people
from frappe.core.doctype.communication.answers import parent_was_updated
from frappe.core.doctype.communication.mixins import CommunicationEmailMixin
from frappe.core.utils import get_parent_doc
from frappe.model.document import Document
from frappe.utils import cint, cstr, split_emails, strip_html, validate_email_address

exclude_from_linked_with = True

MAX_SUBJECT = 140
EDITOR_WRAPPER = '<div class="ql-editor'
MAX_PARENTS = 100


class Communication(Document, CommunicationEmailMixin):
    """A mail, a call, a chat: who said what to whom, and about which document."""

    if TYPE_CHECKING:
        subject: str
        content: str | None
        sender: str | None
        recipients: str | None
        cc: str | None
        bcc: str | None
        sent_or_received: str
        communication_type: str
        communication_medium: str | None
        reference_doctype: str | None
        reference_name: str | None
        message_id: str | None
        in_reply_to: str | None
        email_account: str | None
        user: str | None
        sender_full_name: str | None
        delivery_status: str | None
        timeline_links: list[Any]

    no_feed_on_delete = True
    DOCTYPE = "Communication"

    # -- saving -------------------------------------------------------------------------------------------------------

    def onload(self) -> None:
        """Give forms the addresses of people this user writes to."""
        self.set_onload("is_email", self.communication_medium == "Email")

    def validate(self) -> None:
        self._note_owner_of_reference()
        self.validate_reference()
        self._set_user_and_subject()
        if not self.sent_or_received:
            self.sent_or_received = "Sent"
        if self.sent_or_received == "Sent":
            self.seen = 1
        if not self.flags.in_receive:
            self.validate_email(self.sender)
            self._validate_addresses()
        self.set_sender_full_name()
        if self.is_new():
            self._set_first_state()
        if self.communication_medium == "Email":
            people.link_contacts(self)

    def _note_owner_of_reference(self) -> None:
        if not (self.reference_doctype and self.reference_name):
            self.reference_owner = None
        elif self.is_new() or self.has_value_changed("reference_name") or not self.reference_owner:
            meta = frappe.get_meta(self.reference_doctype)
            owner = None if meta.issingle else frappe.db.get_value(self.reference_doctype, self.reference_name, "owner")
            self.reference_owner = owner

    def validate_reference(self) -> None:
        """Refuse references to rows of tables and to oneself."""
        if not (self.reference_doctype and self.reference_name):
            return
        if frappe.get_meta(self.reference_doctype).istable:
            frappe.throw(_("A message cannot be about a row of a table: {0}.").format(self.reference_doctype))
        if self.reference_doctype == self.DOCTYPE:
            self._refuse_circle()

    def _refuse_circle(self) -> None:
        seen, name = {self.name}, self.reference_name
        for _step in range(MAX_PARENTS):
            if not name:
                return
            if name in seen:
                frappe.throw(_("A message cannot be about itself."))
            seen.add(name)
            filters = {"name": name, "reference_doctype": self.DOCTYPE}
            name = frappe.db.get_value(self.DOCTYPE, filters, "reference_name")

    def _set_user_and_subject(self) -> None:
        if not self.user:
            self.user = frappe.session.user
        if not self.subject:
            self.subject = strip_html(cstr(self.content)).strip()[: MAX_SUBJECT + 1]

    @staticmethod
    def validate_email(address: Any) -> None:
        """Raise InvalidEmailAddressError for a sender that is no address."""
        if address and address not in ("Administrator", "Guest"):
            validate_email_address(address, throw=True)

    def _validate_addresses(self) -> None:
        for fieldname in ("recipients", "cc", "bcc"):
            for address in split_emails(self.get(fieldname)):
                self.validate_email(address)

    def set_sender_full_name(self) -> None:
        """Fill in address and name of the sender from the User or Contact behind it."""
        if not self.sender and not self.sender_full_name:
            self.sender = frappe.session.user
        if self.sender and (not self.sender_full_name or self.is_new()):
            self.sender, self.sender_full_name = people.sender(cstr(self.sender), cstr(self.sender_full_name))

    def _set_first_state(self) -> None:
        if self.reference_doctype and self.reference_name:
            self.status = "Linked"
        elif self.communication_type == "Communication" or not self.communication_type:
            self.status = "Open"
        else:
            self.status = "Closed"
        if self.send_after:
            self.delivery_status = "Scheduled"
        if self.sent_or_received == "Received" and self.sender and self.communication_medium == "Email":
            self.mark_email_as_spam_if_it_is()

    def mark_email_as_spam_if_it_is(self) -> None:
        """Mark mail of senders that a rule calls spam."""
        if frappe.db.get_value("Email Rule", {"email_id": self.sender, "is_spam": 1}):
            self.email_status = "Spam"

    def before_save(self) -> None:
        if self.is_new() and not self.flags.skip_add_signature:
            self.set_signature_in_email_content()

    def set_signature_in_email_content(self) -> None:
        """Add the signature of the sender, else of the account, to what was written in the rich editor."""
        content = cstr(self.content)
        if not content.lstrip().startswith(EDITOR_WRAPPER) or self.sent_or_received != "Sent":
            return
        signature = cstr(frappe.db.get_value("User", {"email": self.sender}, "email_signature"))
        if not signature:
            account = self.get_outgoing_email_account()
            signature = cstr(account.signature) if account and cint(account.get("add_signature")) else ""
        if signature and signature.strip() not in content:
            self.content = f"{content}<br>{signature}"

    # -- telling others -----------------------------------------------------------------------------------------------

    def after_insert(self) -> None:
        if self.reference_doctype == self.DOCTYPE and self.reference_name:
            frappe.db.set_value(self.DOCTYPE, self.reference_name, "status", "Replied")
        self.notify_change("add")

    def on_update(self) -> None:
        update_comments_of(self)
        if self.get_doc_before_save() is not None and not self.flags.in_receive:
            self.notify_change("update")
        parent_was_updated(self)

    def on_trash(self) -> None:
        self.notify_change("delete")
        if self.reference_doctype and self.reference_name and self.content:
            self._leave_list_of_reference()

    def _leave_list_of_reference(self) -> None:
        from frappe.core.doctype.comment.comment import remove_comment_of

        if any(row.get("name") == self.name for row in get_comments_of(self)):
            remove_comment_of(self)

    def notify_change(self, action: str) -> None:
        """Tell those who look at the reference document, after the commit."""
        if self.reference_doctype and self.reference_name:
            notify_timeline(self, "communications", action)

    # -- state of delivery --------------------------------------------------------------------------------------------

    def set_delivery_status(self, commit: bool = False) -> None:
        """Work out the state of delivery from the queued mails of this message."""
        states = frappe.get_all("Email Queue", {"communication": self.name}, pluck="status")
        if not states:
            return
        done = "Sent" if set(states) == {"Sent"} else "Sending"
        status = "Error" if "Error" in states else done
        if self.delivery_status in ("Read", "Opened", "Clicked", "Bounced"):
            return
        self.db_set("delivery_status", status, update_modified=False, notify=True, commit=commit)

    # -- links --------------------------------------------------------------------------------------------------------

    def add_link(self, link_doctype: str, link_name: str, autosave: bool = False) -> None:
        """Show the message in the timeline of another document too."""
        self.append("timeline_links", {"link_doctype": link_doctype, "link_name": link_name})
        if autosave:
            self.save(ignore_permissions=True)

    def get_links(self) -> list[Any]:
        return list(self.timeline_links)

    def remove_link(
        self, link_doctype: str, link_name: str, autosave: bool = False, ignore_permissions: bool = True
    ) -> None:
        """Take the message out of the timeline of another document."""
        for row in list(self.timeline_links):
            if (row.link_doctype, row.link_name) == (link_doctype, link_name):
                self.remove(row)
        if autosave:
            self.save(ignore_permissions=ignore_permissions)

    def deduplicate_timeline_links(self) -> None:
        """Keep one row for each document."""
        people.keep_one_row_each(self)

    def get_attachments(self) -> list[Any]:
        """Return name and address of the files of the message."""
        filters = {"attached_to_doctype": self.DOCTYPE, "attached_to_name": self.name}
        fields = ["name", "file_name", "file_url", "is_private"]
        return list(frappe.get_all("File", filters=filters, fields=fields, order_by="creation asc"))

    # -- finding ------------------------------------------------------------------------------------------------------

    @classmethod
    def find(cls, name: str, ignore_error: bool = False) -> Any:
        """Return a Communication; with `ignore_error` None if there is none."""
        try:
            return frappe.get_doc(cls.DOCTYPE, name)
        except frappe.DoesNotExistError:
            if not ignore_error:
                raise
            frappe.clear_last_message()
            return None

    @classmethod
    def find_one_by_filters(cls, *, order_by: str | None = None, **filters: Any) -> Any:
        """Return the first Communication that meets the filters, None if there is none."""
        name = frappe.db.get_value(cls.DOCTYPE, filters, order_by=order_by or "creation desc")
        return cls.find(name) if name else None


def on_doctype_update() -> None:
    frappe.db.add_index("Communication", ["reference_doctype", "reference_name"])
    frappe.db.add_index("Communication", ["status", "communication_type"])
    frappe.db.add_index("Communication", ["message_id(140)"])
    frappe.db.add_index("Communication", ["sender"])


def has_permission(doc: Any, ptype: str | None = None, user: str | None = None, debug: bool = False) -> bool:
    """A message can be read by those who may read what it is about."""
    if ptype not in (None, "read", "select") or not (doc.reference_doctype and doc.reference_name):
        return True
    if doc.reference_doctype == "Communication" and doc.reference_name == doc.name:
        return True
    parent = get_parent_doc(doc)
    return bool(parent is not None and parent.has_permission("read", user=user))


def get_permission_query_conditions(user: str | None = None) -> str:
    """Limit lists of mails to the accounts a user works with; what is no mail is left to the roles."""
    user = user or frappe.session.user
    if user == "Administrator" or {"System Manager", "Super Email User"} & set(frappe.get_roles(user)):
        return ""
    accounts = frappe.get_all(
        "User Email", {"parent": user, "parenttype": "User"}, pluck="email_account", distinct=True
    )
    if not accounts:
        return "coalesce(`tabCommunication`.`communication_medium`, '') != 'Email'"
    names = ", ".join(frappe.db.escape(each) for each in accounts if each)
    return f"`tabCommunication`.`email_account` in ({names})"
