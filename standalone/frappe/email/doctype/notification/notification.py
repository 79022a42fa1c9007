"""Controller of the DocType Notification: who is told, and how, when something happens to a document or a day comes."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
from frappe.email.doctype.notification import send_safely, standard
from frappe.email.doctype.notification.recipients import Recipients, recipients_of
from frappe.model.document import Document
from frappe.utils import add_days, add_to_date, cast, cint, escape_html, getdate, md_to_html, now_datetime, nowdate
from frappe.utils.jinja import validate_template
from frappe.utils.safe_exec import get_safe_globals

SENT_CHANNELS = ("Email", "System Notification")
NOT_WATCHED = ("Email Queue", "Email Queue Recipient", "Notification Log")
"""DocTypes that sending itself makes records of."""
NEEDED = {
    "Days Before": "date_changed",
    "Days After": "date_changed",
    "Minutes Before": "datetime_changed",
    "Minutes After": "datetime_changed",
    "Value Change": "value_changed",
    "Method": "method",
}
"""The field that says what an event is about."""
FIRST_LOOK_MINUTES = 5


class Notification(Document):
    """A rule that tells people about documents, by mail or by the bell."""

    if TYPE_CHECKING:
        enabled: int
        channel: str
        subject: str | None
        document_type: str
        is_standard: int
        module: str | None
        event: str
        date_changed: str | None
        days_in_advance: int
        datetime_changed: str | None
        minutes_offset: int
        datetime_last_run: datetime | str | None
        value_changed: str | None
        method: str | None
        sender: str | None
        sender_email: str | None
        condition: str | None
        recipients: list[Any]
        send_to_all_assignees: int
        message: str | None
        message_type: str
        attach_print: int
        print_format: str | None
        send_system_notification: int
        set_property_after_alert: str | None
        property_value: str | None

    def autoname(self) -> None:
        if not self.name:
            self.name = self.subject

    def validate(self) -> None:
        if self.document_type in NOT_WATCHED:
            frappe.throw(_("There are no notifications about {0}.").format(_(self.document_type)))
        self.check_event()
        self.check_condition()
        self.check_templates()
        self.check_property()
        if cint(self.enabled) and self.channel not in SENT_CHANNELS:
            told = _("{0} is kept, but nothing is sent through {1} here: use Email or System Notification.")
            frappe.msgprint(told.format(frappe.bold(self.name), self.channel), indicator="orange")

    def check_event(self) -> None:
        wanted = NEEDED.get(self.event)
        if wanted and not self.get(wanted):
            label = _(self.meta.get_label(wanted))
            frappe.throw(_("{0} is needed for the event {1}.").format(frappe.bold(label), _(self.event)))
        if wanted and wanted != "method":
            self._check_field(self.get(wanted))

    def check_property(self) -> None:
        if self.set_property_after_alert:
            self._check_field(self.set_property_after_alert)

    def _check_field(self, fieldname: str) -> None:
        if fieldname not in (*frappe.get_meta(self.document_type).get_valid_columns(), "creation", "modified"):
            frappe.throw(_("{0} has no field {1}.").format(_(self.document_type), escape_html(fieldname)))

    def check_condition(self) -> None:
        """Try the conditions on an empty document, where a value may be missing but every name must be known."""
        for condition in (self.condition, *(row.condition for row in self.recipients)):
            if condition:
                self._try(condition)

    def _try(self, condition: str) -> None:
        try:
            frappe.safe_eval(condition, eval_locals=get_context(frappe.new_doc(self.document_type)))
        except (SyntaxError, NameError) as error:
            frappe.throw(_("The condition cannot be evaluated: {0}").format(escape_html(str(error))))
        except Exception:  # what an empty document does not bear, a full one may
            return

    def check_templates(self) -> None:
        for template in (self.subject, self.message):
            validate_template(template or "")

    # -- sending ------------------------------------------------------------------------------------------------------

    def send_if_met(self, doc: Any) -> None:
        """Send about a document if the condition holds for it."""
        if not self.condition or frappe.safe_eval(self.condition, eval_locals=get_context(doc)):
            self.send(doc)

    def send(self, doc: Any) -> None:
        """Tell everybody about a document, by the channel and the bell; then set what is to be set afterwards."""
        words = self._words(doc)
        recipients = recipients_of(self, doc, get_context(doc), words)
        if recipients.everybody():
            if self.channel == "Email":
                self._send_mail(doc, words, recipients)
            if self.channel == "System Notification" or self.send_system_notification:
                self._ring(doc, words, recipients)
        if self.set_property_after_alert and not doc.flags.in_notification_update:
            self._set_property(doc)

    def get_list_of_recipients(self, doc: Any, context: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
        """Return whom a mail about a document goes to: recipients, cc and bcc."""
        found = recipients_of(self, doc, get_context(doc), context)
        return found.to, found.cc, found.bcc

    def _words(self, doc: Any) -> dict[str, Any]:
        """Return what the templates may use, with what the module of a standard Notification adds."""
        words: dict[str, Any] = {"doc": doc, "alert": self, "nowdate": nowdate}
        words["comments"] = frappe.parse_json(doc.get("_comments") or "[]")
        return {**words, **standard.words_of(self, words)}

    def _subject(self, words: dict[str, Any]) -> str:
        text = self.subject or _("News about {0}").format(words["doc"].name)
        return str(frappe.render_template(text, words)).strip()

    def _content(self, words: dict[str, Any]) -> str:
        text = frappe.render_template(standard.message_of(self), words)
        if self.message_type == "Plain Text":
            return escape_html(text).replace("\n", "<br>\n")
        return str(text if self.message_type == "HTML" else md_to_html(text))

    def _send_mail(self, doc: Any, words: dict[str, Any], recipients: Recipients) -> None:
        subject, content = self._subject(words), self._content(words)
        about = {"reference_doctype": doc.doctype, "reference_name": doc.name}
        frappe.sendmail(
            recipients=recipients.to,
            cc=recipients.cc,
            bcc=recipients.bcc,
            subject=subject,
            message=content,
            sender=formataddr((str(self.sender), self.sender_email)) if self.sender and self.sender_email else "",
            attachments=self._attachments(doc),
            communication=self._note(doc, subject, content, recipients),
            add_unsubscribe_link=0,
            expose_recipients="header",
            is_notification=True,
            **about,
        )

    def _note(self, doc: Any, subject: str, content: str, recipients: Recipients) -> str | None:
        """Keep the mail with what it is about; a mail about a mail is not one more."""
        if doc.doctype == "Communication":
            return None
        noted = {
            "doctype": "Communication",
            "communication_type": "Automated Message",
            "communication_medium": "Email",
            "sent_or_received": "Sent",
            "subject": subject,
            "content": content,
            "sender": self.sender_email,
            "recipients": ", ".join(recipients.to),
            "cc": ", ".join(recipients.cc),
            "bcc": ", ".join(recipients.bcc),
            "reference_doctype": doc.doctype,
            "reference_name": doc.name,
        }
        # Who changed the document need not be one who may write mails about it.
        return str(frappe.get_doc(noted).insert(ignore_permissions=True).name)

    def _attachments(self, doc: Any) -> list[dict[str, Any]]:
        if not cint(self.attach_print):
            return []
        printed = {"doctype": doc.doctype, "name": doc.name, "print_format": self.print_format}
        return [{"print_format_attachment": 1, "print_letterhead": 1, **printed}]

    def _ring(self, doc: Any, words: dict[str, Any], recipients: Recipients) -> None:
        users = frappe.get_all("User", filters={"email": ["in", recipients.everybody()]}, pluck="name")
        told = {"type": "Alert", "document_type": doc.doctype, "document_name": doc.name}
        who = doc.get("modified_by") or doc.get("owner")
        content = self._content(words)
        enqueue_create_notification(
            users, {**told, "subject": self._subject(words), "from_user": who, "email_content": content}
        )

    def _set_property(self, doc: Any) -> None:
        """Save the value on a copy of the document, and show it in the one that is being saved.

        A cancelled document, and a field of a submitted one that does not allow it, may no longer be changed and stay.
        """
        field = str(self.set_property_after_alert)
        df = doc.meta.get_field(field)
        if doc.docstatus == 2 or (doc.docstatus == 1 and not (df and df.allow_on_submit)):
            return
        fresh = frappe.get_doc(doc.doctype, doc.name)
        value = cast(df.fieldtype, self.property_value) if df else self.property_value
        if fresh.get(field) == value:
            return
        fresh.set(field, value)
        fresh.flags.in_notification_update = True
        fresh.flags.notifications_executed = doc.flags.setdefault("notifications_executed", [])
        reference = {"doctype": self.doctype, "docname": self.name, "label": _("by a notification")}
        fresh.flags.updater_reference = reference
        fresh.save(ignore_permissions=True)  # it is the Notification that changes it, whoever saved the document
        doc.__dict__.update({field: fresh.get(field), "modified": fresh.modified, "modified_by": fresh.modified_by})

    # -- days and minutes ---------------------------------------------------------------------------------------------

    @frappe.whitelist()
    def get_documents_for_today(self) -> list[str]:
        """Return the names of the documents whose day is today."""
        self.check_permission("read")
        return [str(doc.name) for doc in self.documents_of_today()]

    def documents_of_today(self) -> list[Any]:
        """Return the documents whose date is so many days ahead (or past) and that meet the condition."""
        days = cint(self.days_in_advance)
        day = getdate(add_days(nowdate(), -days if self.event == "Days After" else days))
        return self._documents_between(str(self.date_changed), f"{day} 00:00:00", f"{day} 23:59:59.999999")

    def documents_of_these_minutes(self) -> list[Any]:
        """Return the documents whose moment came since the last look, and note that it was looked."""
        now = now_datetime()
        last = self.datetime_last_run or add_to_date(now, minutes=-FIRST_LOOK_MINUTES)
        offset = cint(self.minutes_offset) * (1 if self.event == "Minutes Before" else -1)
        begin, end = (add_to_date(moment, minutes=offset, as_datetime=True) for moment in (last, now))
        self.db_set("datetime_last_run", now, update_modified=False)
        return self._documents_between(str(self.datetime_changed), begin, end, after=">")

    def _documents_between(self, field: str, begin: Any, end: Any, after: str = ">=") -> list[Any]:
        filters = [[field, after, begin], [field, "<=", end]]
        names = frappe.get_all(self.document_type, filters=filters, pluck="name", order_by="creation asc")
        documents = (frappe.get_doc(self.document_type, name) for name in names)
        return [doc for doc in documents if self._is_met_by(doc)]

    def _is_met_by(self, doc: Any) -> bool:
        return not self.condition or bool(frappe.safe_eval(self.condition, eval_locals=get_context(doc)))


def get_context(doc: Any) -> dict[str, Any]:
    """Return what conditions may use: `doc`, `nowdate` and `frappe.utils`."""
    return {"doc": doc, "nowdate": nowdate, "frappe": frappe._dict(utils=get_safe_globals()["frappe"]["utils"])}


def evaluate_alert(doc: Any, alert: str | Notification, event: str | None = None) -> None:
    """Send a Notification, given by itself or by name, about a document if its condition holds; log what fails."""
    send_safely(alert if isinstance(alert, str) else str(alert.name), doc)


def trigger_daily_alerts() -> None:
    """Send what is due today: so many days before or after a date of a document."""
    _send_due(("Days Before", "Days After"), "documents_of_today")


def trigger_offset_alerts() -> None:
    """Send what has become due since the last look: so many minutes before or after a moment of a document."""
    _send_due(("Minutes Before", "Minutes After"), "documents_of_these_minutes")


def _send_due(events: tuple[str, ...], documents: str) -> None:
    """Send the Notifications of some events.

    All in the transaction of the job that does it, whose end is committed with it: killed midway, it sent nothing, and
    done again, it sends everything once.
    """
    filters = {"enabled": 1, "event": ["in", events], "channel": ["in", SENT_CHANNELS]}
    for name in frappe.get_all("Notification", filters=filters, pluck="name"):
        notification: Any = frappe.get_doc("Notification", name)
        try:
            due = getattr(notification, documents)()
        except frappe.exceptions.DATABASE_TROUBLE:
            raise
        except Exception:  # the condition of one must not keep the others from being sent
            frappe.log_error(title=f"Notification {name}")
            continue
        for doc in due:
            send_safely(name, doc)
