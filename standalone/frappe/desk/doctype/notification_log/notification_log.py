"""Controller of the DocType Notification Log: what the bell shows, and the mail that goes with it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.desk.doctype.notification_settings.notification_settings import (
    is_email_notifications_enabled_for_type,
    is_notifications_enabled,
)
from frappe.model.document import Document
from frappe.utils import add_to_date, cint, get_url, get_url_to_form, now_datetime

MAKE = "frappe.desk.doctype.notification_log.notification_log.make_notification_logs"
SELF_INFLICTED = ("Energy Point", "Alert")
"""Types that are also for the person who caused them."""


class NotificationLog(Document):
    """One thing one user should know."""

    if TYPE_CHECKING:
        for_user: str
        type: str
        document_type: str | None

    def after_insert(self) -> None:
        frappe.publish_realtime("notification", user=self.for_user, after_commit=True)
        set_notifications_as_unseen(self.for_user)
        if is_email_notifications_enabled_for_type(self.for_user, self.type):
            self.send_email()

    def send_email(self) -> None:
        """Mail the notification to its user; a mail that cannot be queued is logged and stops nothing else.

        A site that sends no mail has nothing to log: the bell is all there is.
        """
        from frappe.email.accounts import find_outgoing

        if find_outgoing(match_by_doctype=self.document_type, required=False) is None:
            return
        try:
            send_notification_email(self)
        except frappe.OutgoingEmailError:
            frappe.log_error(title=_("A notification could not be mailed"))

    @staticmethod
    def clear_old_logs(days: int = 180) -> None:
        """Delete notifications older than `days`."""
        frappe.db.delete("Notification Log", {"creation": ("<", add_to_date(now_datetime(), days=-days))})


def enqueue_create_notification(users: str | Iterable[str], doc: dict[str, Any]) -> None:
    """Notify users in the background. `doc` holds type, subject, document_type, document_name, from_user, …

    In tests it happens at once, and during an installation not at all.
    """
    if frappe.flags.in_install:
        return
    names = [users] if isinstance(users, str) else list(users)
    wanted = sorted({name for name in names if name and is_notifications_enabled(name)})
    if wanted:
        frappe.enqueue(MAKE, doc=frappe._dict(doc), users=wanted, now=bool(frappe.flags.in_test))


def make_notification_logs(doc: dict[str, Any], users: Iterable[str]) -> None:
    """Insert one notification for each user who is enabled and not the one who caused it."""
    doc = frappe._dict(doc)
    for user in _recipients(users, doc):
        log = frappe.new_doc("Notification Log", **doc)
        log.for_user = user
        log.read = 0
        log.subject = (log.subject or "").replace("<div>", "").replace("</div>", "")
        # The document is named for a link on the screen; it may be gone before the user looks.
        log.flags.ignore_links = True
        log.insert(ignore_permissions=True)


def _recipients(users: Iterable[str], doc: Any) -> list[str]:
    candidates = [user for user in users if doc.type in SELF_INFLICTED or user != doc.from_user]
    if not candidates:
        return []
    names: list[str] = frappe.get_all("User", filters={"name": ("in", candidates), "enabled": 1}, pluck="name")
    return names


def send_notification_email(doc: Any) -> None:
    """Mail one notification to its user."""
    if doc.type == "Energy Point" and not doc.email_content:
        return
    email, language = frappe.get_cached_value("User", doc.for_user, ["email", "language"]) or (None, None)
    if not email:
        return
    header = get_email_header(doc, language)
    frappe.sendmail(
        recipients=email,
        subject=frappe.utils.strip_html(_(doc.subject)),
        template="new_notification",
        args={
            "body_content": doc.subject,
            "description": doc.email_content,
            "doc_link": document_link(doc),
            "document_type": doc.document_type,
            "document_name": doc.document_name,
        },
        header=[header, "orange"],
        reference_doctype=doc.document_type,
        reference_name=doc.document_name,
        now=bool(frappe.flags.in_test),
    )


def document_link(doc: Any) -> str:
    """Return the absolute address of what a notification is about."""
    if doc.link:
        return get_url(doc.link)
    if doc.document_type and doc.document_name:
        return get_url_to_form(doc.document_type, doc.document_name)
    return get_url()


def get_email_header(doc: Any, language: str | None = None) -> str:
    """Return the headline of the mail for the type of notification."""
    name = doc.document_name or ""
    headlines = {
        "Mention": _("You were mentioned in {0}", language),
        "Assignment": _("Assignment update on {0}", language),
        "Share": _("{0} was shared with you", language),
        "Energy Point": _("Energy points on {0}", language),
    }
    return str(headlines.get(doc.type) or _("News about {0}", language)).format(name)


@frappe.whitelist()
def get_notification_logs(limit: int = 20) -> dict[str, Any]:
    """Return `{notification_logs, user_info}`: the session user's newest notifications and who caused them."""
    logs = frappe.get_list(
        "Notification Log",
        fields=["*"],
        filters={"for_user": frappe.session.user},
        limit=max(1, min(cint(limit), 100)),
        order_by="creation desc",
    )
    user_info: dict[str, Any] = {}
    for user in {log.from_user for log in logs if log.from_user}:
        frappe.utils.add_user_info(user, user_info)
    return {"notification_logs": logs, "user_info": user_info}


@frappe.whitelist()
def mark_all_as_read() -> None:
    """Mark every notification of the session user as read."""
    unread = {"for_user": frappe.session.user, "read": 0}
    frappe.db.set_value("Notification Log", unread, "read", 1, update_modified=False)


@frappe.whitelist()
def mark_as_read(docname: str) -> None:
    """Mark one notification of the session user as read."""
    if frappe.flags.read_only or not docname:
        return
    own = {"name": docname, "for_user": frappe.session.user}
    frappe.db.set_value("Notification Log", own, "read", 1, update_modified=False)


@frappe.whitelist()
def trigger_indicator_hide() -> None:
    """Tell the other windows of the session user that the newest notifications were looked at."""
    frappe.publish_realtime("indicator_hide", user=frappe.session.user)


def set_notifications_as_unseen(user: str) -> None:
    """Let the bell ring again for a user."""
    if frappe.get_cached_value("Notification Settings", user, "seen"):
        frappe.db.set_value("Notification Settings", user, "seen", 0, update_modified=False)


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Show everybody the own notifications, Administrator all of them."""
    user = user or frappe.session.user
    if user == "Administrator":
        return None
    return f"(`tabNotification Log`.for_user = {frappe.db.escape(user)})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does, for one notification."""
    user = user or frappe.session.user
    return user == "Administrator" or doc.for_user == user
