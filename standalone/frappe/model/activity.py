"""What happens around a document without changing it: comments, tags, likes, who has seen it, error logs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe.utils import cstr

if TYPE_CHECKING:
    from frappe.model.base_document import BaseDocument

    _Base = BaseDocument
else:
    _Base = object


class Activity(_Base):
    """Mixin of Document."""

    def add_comment(
        self,
        comment_type: str = "Comment",
        text: str | None = None,
        comment_email: str | None = None,
        comment_by: str | None = None,
    ) -> Any:
        """Insert a Comment on this document and return it."""
        comment = frappe.get_doc(
            {
                "doctype": "Comment",
                "comment_type": comment_type,
                "comment_email": comment_email or frappe.session.user,
                "comment_by": comment_by,
                "reference_doctype": self.doctype,
                "reference_name": cstr(self.name),
                "content": text or comment_type,
            }
        )
        return comment.insert(ignore_permissions=True)

    def log_error(self, title: str | None = None, message: str | None = None) -> Any:
        """Insert an Error Log that points to this document."""
        return frappe.log_error(
            title=title, message=message, reference_doctype=self.doctype, reference_name=cstr(self.name)
        )

    # ------------------------------------------------------------------ seen and viewed

    def reset_seen(self) -> None:
        """With this save the document is seen by the session user alone; written together with the row."""
        if self.meta.track_seen and not self.meta.issingle:
            self.__dict__["_seen"] = frappe.as_json([frappe.session.user], indent=None)
            self.flags.write_seen = not self.is_new()

    def add_seen(self, user: str | None = None) -> None:
        """Note that `user` has seen this document (and let a GET request commit that)."""
        if not self.meta.track_seen:
            return
        user = user or frappe.session.user
        seen = _names(self.get("_seen") or frappe.db.get_value(self.doctype, self.name, "_seen"))
        if user in seen:
            return
        seen.append(user)
        self.__dict__["_seen"] = frappe.as_json(seen, indent=None)
        frappe.db.set_value(self.doctype, self.name, "_seen", self.__dict__["_seen"], update_modified=False)
        frappe.local.flags.commit = True

    def add_viewed(self, user: str | None = None, force: bool = False, unique_views: bool = False) -> Any:
        """Insert a View Log (if the DocType tracks views, or with `force`); once per user with `unique_views`."""
        if not force and not self.meta.track_views:
            return None
        user = user or frappe.session.user
        view = {"viewed_by": user, "reference_doctype": self.doctype, "reference_name": cstr(self.name)}
        if unique_views and frappe.db.exists("View Log", view):
            return None
        log = frappe.get_doc({"doctype": "View Log", **view}).insert(ignore_permissions=True, ignore_links=True)
        frappe.local.flags.commit = True
        return log

    # ------------------------------------------------------------------ tags, likes, assignments

    def add_tag(self, tag: str) -> None:
        from frappe.desk.doctype.tag.tag import DocTags

        DocTags(self.doctype).add(self.name, tag)

    def remove_tag(self, tag: str) -> None:
        from frappe.desk.doctype.tag.tag import DocTags

        DocTags(self.doctype).remove(self.name, tag)

    def get_tags(self) -> list[str]:
        from frappe.desk.doctype.tag.tag import DocTags

        return [tag for tag in DocTags(self.doctype).get_tags(self.name).split(",") if tag]

    def get_liked_by(self) -> list[str]:
        return _names(self.get("_liked_by") or frappe.db.get_value(self.doctype, self.name, "_liked_by"))

    def get_assigned_users(self) -> set[str]:
        """Return the users with an open assignment of this document."""
        rows = frappe.get_all(
            "ToDo",
            filters={"reference_type": self.doctype, "reference_name": cstr(self.name), "status": ("!=", "Cancelled")},
            pluck="allocated_to",
        )
        return set(rows)

    def _follow(self) -> None:
        """Let the author follow the new document, if they chose to."""
        flags = frappe.local.flags
        if flags.in_install or flags.in_migrate or flags.in_import or flags.in_patch or not self.meta.track_changes:
            return
        wishes = frappe.get_cached_value(
            "User", frappe.session.user, ["document_follow_notify", "follow_created_documents"]
        )
        if wishes and all(wishes):
            from frappe.desk.form.document_follow import follow_document

            follow_document(self.doctype, self.name, frappe.session.user)


def _names(stored: Any) -> list[str]:
    """Return the list in a column such as `_seen`, which holds JSON."""
    return [name for name in json.loads(stored) if name] if stored else []
