"""Likes: the `_liked_by` column of a document lists who likes it, and a Comment of type Like tells when."""

import json
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, sbool


@frappe.whitelist()
def toggle_like(doctype: str, name: str | int, add: str | bool = False) -> None:
    """Let the session user like a document (`add` Yes or true), or stop liking it."""
    doc = frappe.get_doc(doctype, name)
    doc.check_permission("read")
    likes = _is_yes(add)
    users = liked_by(doctype, name)
    user = frappe.session.user
    if likes == (user in users):
        return
    users = [*users, user] if likes else [other for other in users if other != user]
    frappe.db.set_value(doctype, name, "_liked_by", json.dumps(users), update_modified=False)
    if likes:
        _record(doc)
    else:
        _forget(doc)


def liked_by(doctype: str, name: str | int) -> list[str]:
    """Return the users who like a document, first one first."""
    users: list[str] = json.loads(frappe.db.get_value(doctype, name, "_liked_by") or "[]")
    return users


def _is_yes(value: str | bool) -> bool:
    return bool(value is True or str(value).lower() == "yes" or sbool(str(value)) is True)


def _record(doc: Any) -> None:
    doc.add_comment("Like", _("Liked"))
    if doc.owner and doc.owner != frappe.session.user:
        _tell_owner(doc)
    if frappe.get_cached_value("User", frappe.session.user, "follow_liked_documents"):
        from frappe.desk.form.document_follow import follow_document

        follow_document(doc.doctype, doc.name, frappe.session.user)


def _tell_owner(doc: Any) -> None:
    from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification

    who = frappe.bold(escape_html(frappe.utils.get_fullname(frappe.session.user)))
    title = frappe.bold(escape_html(doc.get_title() or str(doc.name)))
    enqueue_create_notification(
        doc.owner,
        {
            "type": "Alert",
            "document_type": doc.doctype,
            "document_name": doc.name,
            "subject": _("{0} likes {1} {2}").format(who, _(doc.doctype), title),
            "from_user": frappe.session.user,
        },
    )


def _forget(doc: Any) -> None:
    for name in frappe.get_all(
        "Comment",
        filters={
            "comment_type": "Like",
            "reference_doctype": doc.doctype,
            "reference_name": doc.name,
            "owner": frappe.session.user,
        },
        pluck="name",
    ):
        frappe.delete_doc("Comment", name, ignore_permissions=True)
