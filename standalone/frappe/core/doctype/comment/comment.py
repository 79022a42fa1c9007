"""Controller of the DocType Comment: notes on a document, and the entries of its timeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe.core.doctype.comment import mentions
from frappe.model.document import Document
from frappe.utils import cstr
from frappe.utils.html_utils import clean_email_html, sanitize_html

exclude_from_linked_with = True

MAX_LISTED = 100
MAX_TEXT = 100
TIMELINE_KEYS = {
    "Comment": "comments",
    "Like": "like_logs",
    "Assigned": "assignment_logs",
    "Assignment Completed": "assignment_logs",
    "Attachment": "attachment_logs",
    "Attachment Removed": "attachment_logs",
}
"""Type of comment → the part of a form's information that it belongs to."""


class Comment(Document):
    """A note or an entry in the timeline of another document."""

    if TYPE_CHECKING:
        comment_type: str
        comment_email: str | None
        comment_by: str | None
        reference_doctype: str | None
        reference_name: str | None
        content: str | None

    no_feed_on_delete = True

    def validate(self) -> None:
        if not self.comment_email:
            self.comment_email = frappe.session.user
        if not self.comment_by:
            self.comment_by = frappe.utils.get_fullname(self.comment_email)
        if self.content:
            self.content = sanitize_html(cstr(self.content), always_sanitize=True)

    def after_insert(self) -> None:
        if self.comment_type == "Comment":
            mentions.notify(self.reference_doctype, self.reference_name, self.content, self.comment_email)
        self.notify_change("add")

    def on_update(self) -> None:
        update_comments_of(self)
        if self.get_doc_before_save() is not None:
            self.notify_change("update")

    def on_trash(self) -> None:
        self.remove_comment_from_cache()
        self.notify_change("delete")

    def remove_comment_from_cache(self) -> None:
        """Take it out of the list that the reference document carries."""
        if _is_listed(self):
            remove_comment_of(self)

    def notify_change(self, action: str) -> None:
        """Tell those who look at the reference document, after the commit."""
        key = TIMELINE_KEYS.get(self.comment_type)
        if key and self.reference_doctype and self.reference_name:
            notify_timeline(self, key, action)


def notify_timeline(doc: Any, key: str, action: str) -> None:
    """Publish that an entry (a Comment or a Communication) was added to, changed in or removed from a timeline."""
    frappe.publish_realtime(
        "docinfo_update",
        {"doc": doc.as_dict(convert_dates_to_str=True), "key": key, "action": action},
        doctype=doc.reference_doctype,
        docname=doc.reference_name,
        after_commit=True,
    )


def add_timeline_entry(doctype: str, name: str, comment_type: str, text: str | None = None) -> Any:
    """Write an entry into the timeline of a document, in the name of the session user."""
    entry = frappe.get_doc(
        {
            "doctype": "Comment",
            "comment_type": comment_type,
            "comment_email": frappe.session.user,
            "comment_by": frappe.utils.get_fullname(frappe.session.user),
            "reference_doctype": doctype,
            "reference_name": cstr(name),
            "content": text or comment_type,
        }
    )
    entry.flags.ignore_links = True  # the caller has the document in its hands
    return entry.insert(ignore_permissions=True)


# -- the list that a document carries in `_comments` ------------------------------------------------------------------


def update_comments_of(doc: Any) -> None:
    """Put a Comment, or a Communication with content, into the list that its reference document carries."""
    if not _is_listed(doc):
        return
    rows = get_comments_of(doc)
    entry = {
        "comment": _short_text(doc),
        "by": doc.get("comment_email") or doc.get("sender") or doc.owner,
        "name": doc.name,
    }
    known = next((row for row in rows if row.get("name") == doc.name), None)
    if known == entry:
        return
    if known is not None:
        known.update(entry)
    else:
        rows.append(entry)
    _write_comments(doc, rows)


def remove_comment_of(doc: Any) -> None:
    """Take a Comment or Communication out of the list that its reference document carries."""
    _write_comments(doc, [row for row in get_comments_of(doc) if row.get("name") != doc.name])


def _is_listed(doc: Any) -> bool:
    if not (doc.reference_doctype and doc.reference_name and doc.content):
        return False
    if doc.doctype == "Comment" and doc.comment_type != "Comment":
        return False
    meta = frappe.get_meta(doc.reference_doctype)
    return not (meta.issingle or meta.get("is_virtual") or meta.istable)


def _short_text(doc: Any) -> str:
    text = frappe.utils.strip_html(clean_email_html(cstr(doc.content))).strip()
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 3]}..."


def get_comments_of(doc: Any) -> list[dict[str, Any]]:
    """Return the list that the reference document of `doc` carries now."""
    stored = frappe.db.get_value(doc.reference_doctype, doc.reference_name, "_comments")
    try:
        rows = json.loads(stored or "[]")
    except ValueError:
        return []
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _write_comments(doc: Any, rows: list[dict[str, Any]]) -> None:
    """Write the list without touching the document's time of change."""
    table = frappe.utils.get_table_name(doc.reference_doctype, wrap_in_backticks=True)
    text = json.dumps(rows[-MAX_LISTED:])
    frappe.db.sql(f"update {table} set `_comments` = %s where `name` = %s", (text, doc.reference_name))
    frappe.clear_document_cache(doc.reference_doctype, doc.reference_name)


def on_doctype_update() -> None:
    frappe.db.add_index("Comment", ["reference_doctype", "reference_name"])
