"""Following a document: who wants to hear about its changes."""

from typing import Any

import frappe
from frappe import _
from frappe.model import log_types
from frappe.utils import cint, sbool

NEVER_FOLLOWED = frozenset({*log_types, "Assignment Rule", "Comment", "Communication", "Email Account", "File", "ToDo"})
"""DocTypes whose documents accompany others, so that following them would only make noise."""


@frappe.whitelist()
def update_follow(doctype: str, doc_name: str | int, following: bool | str) -> bool:
    """Follow or stop following a document as the session user; return whether anything changed."""
    if sbool(str(following)):
        return bool(follow_document(doctype, doc_name, frappe.session.user))
    return unfollow_document(doctype, doc_name, frappe.session.user)


@frappe.whitelist()
def follow_document(doctype: str, doc_name: str | int, user: str | None = None) -> Any:
    """Let a user follow a document and return the record; False when that is not possible or done already.

    Only documents whose changes are tracked can be followed, and only by users who asked to be told about changes.
    """
    user = _own_or_administered(user)
    if not _can_be_followed(doctype, user) or is_document_followed(doctype, doc_name, user):
        return False
    if not frappe.has_permission(doctype, "read", doc=doc_name, user=user):
        frappe.throw(_("{0} may not read this document.").format(user), frappe.PermissionError)
    follow = frappe.get_doc(
        {"doctype": "Document Follow", "ref_doctype": doctype, "ref_docname": doc_name, "user": user}
    )
    follow.flags.ignore_links = True
    return follow.insert(ignore_permissions=True)


@frappe.whitelist()
def unfollow_document(doctype: str, doc_name: str | int, user: str | None = None) -> bool:
    """Let a user stop following a document; False when the user did not."""
    user = _own_or_administered(user)
    found = is_document_followed(doctype, doc_name, user)
    if found:
        frappe.delete_doc("Document Follow", found, ignore_permissions=True, delete_permanently=True)
    return bool(found)


@frappe.whitelist()
def get_follow_users(doctype: str, doc_name: str | int) -> list[dict[str, Any]]:
    """Return `[{user}]` of everybody who follows a document."""
    frappe.has_permission(doctype, "read", doc=doc_name, throw=True)
    rows: list[dict[str, Any]] = frappe.get_all(
        "Document Follow", filters={"ref_doctype": doctype, "ref_docname": doc_name}, fields=["user"]
    )
    return rows


def is_document_followed(doctype: str, doc_name: str | int, user: str) -> str | None:
    """Return the name of the record that says the user follows the document."""
    name: str | None = frappe.db.exists(
        "Document Follow", {"ref_doctype": doctype, "ref_docname": doc_name, "user": user}
    )
    return name


def _can_be_followed(doctype: str, user: str) -> bool:
    if doctype in NEVER_FOLLOWED or user in ("Guest", "Administrator"):
        return False
    wants = cint(frappe.get_cached_value("User", user, "document_follow_notify"))
    return bool(wants and frappe.get_meta(doctype).track_changes)


def _own_or_administered(user: str | None) -> str:
    """Return `user`, or the session user; a web caller speaks for others only as System Manager."""
    caller: str = frappe.session.user
    if not user or user == caller:
        return caller
    if frappe.request and frappe.local.form_dict.get("user") == user:
        frappe.only_for("System Manager")
    return user
