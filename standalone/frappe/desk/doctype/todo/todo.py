"""Controller of the DocType ToDo: one thing to do for one user, usually an assignment of a document."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document

ENDED = ("Cancelled", "Closed")
"""The statuses in which nobody works on it any more."""

ASSIGNED = "Assigned"
COMPLETED = "Assignment Completed"


class ToDo(Document):
    """Something to do; with a reference it is an assignment, and the target's `_assign` column follows it."""

    if TYPE_CHECKING:
        status: str | None
        description: str
        reference_type: str | None
        reference_name: str | None
        assigned_by: str | None
        allocated_to: str | None

    def validate(self) -> None:
        self._note = self._new_note() if self.is_new() else self._change_note()

    def on_update(self) -> None:
        if self._note:
            self._comment_on_reference(*self._note)
        self._update_reference()

    def on_trash(self) -> None:
        frappe.db.delete("Communication Link", {"link_doctype": self.doctype, "link_name": self.name})

    def after_delete(self) -> None:
        self._update_reference()

    @staticmethod
    def get_owners(filters: dict[str, Any] | None = None) -> list[str]:
        """Return the assignees of the ToDos that match `filters`."""
        users: list[str] = frappe.get_all("ToDo", filters=filters or {}, pluck="allocated_to")
        return users

    def update_in_reference(self) -> None:
        """Write the open assignees into the target's `_assign` column."""
        if self.reference_type and self.reference_name:
            write_assignees(self.reference_type, self.reference_name)

    def _update_reference(self) -> None:
        if not self.flags.leave_reference_alone:
            self.update_in_reference()

    def _new_note(self) -> tuple[str, str] | None:
        if not self.allocated_to:
            return None
        giver = frappe.utils.get_fullname(self.assigned_by)
        if self.assigned_by == self.allocated_to:
            return ASSIGNED, _("{0} took this on: {1}").format(giver, self.description)
        taker = frappe.utils.get_fullname(self.allocated_to)
        return ASSIGNED, _("{0} assigned {1}: {2}").format(giver, taker, self.description)

    def _change_note(self) -> tuple[str, str] | None:
        if not (self.allocated_to and self.has_value_changed("status")):
            return None
        actor = frappe.utils.get_fullname(frappe.session.user)
        taker = frappe.utils.get_fullname(self.allocated_to)
        if self.status == "Open":
            return ASSIGNED, _("{0} reopened the assignment of {1}").format(actor, taker)
        if self.allocated_to == frappe.session.user:
            return COMPLETED, _("{0} ended the own assignment").format(actor)
        return COMPLETED, _("{0} ended the assignment of {1}").format(actor, taker)

    def _comment_on_reference(self, comment_type: str, text: str) -> None:
        if not (self.reference_type and self.reference_name):
            return
        comment = frappe.get_doc(
            {
                "doctype": "Comment",
                "comment_type": comment_type,
                "comment_email": frappe.session.user,
                "comment_by": frappe.utils.get_fullname(frappe.session.user),
                "reference_doctype": self.reference_type,
                "reference_name": self.reference_name,
                "content": text,
            }
        )
        comment.flags.ignore_links = True
        comment.insert(ignore_permissions=True)


def rows_of(doctype: str, name: str | int) -> list[Any]:
    """Return every ToDo of a document, oldest first: name, allocated_to, status, assignment_rule."""
    rows: list[Any] = frappe.get_all(
        "ToDo",
        fields=["name", "allocated_to", "status", "assignment_rule"],
        filters={"reference_type": doctype, "reference_name": name},
        order_by="creation asc",
    )
    return rows


def write_assignees(
    doctype: str, name: str | int, users: Sequence[str] | None = None, last: str | None = None
) -> str | None:
    """Write `_assign` of a document and return it: a JSON list of users, empty text when nobody is on it.

    `users` are looked up when not given. `last` goes into the target's own field `assigned_to` if it has one.
    """
    meta = frappe.get_meta(doctype)
    if meta.issingle or meta.istable or meta.get("is_virtual"):
        return None
    if users is None:
        users = [row.allocated_to for row in rows_of(doctype, name) if row.status not in ENDED and row.allocated_to]
    column = json.dumps(list(users)) if users else ""
    values = {"_assign": column}
    if last and meta.get_field("assigned_to"):
        values["assigned_to"] = last
    frappe.db.set_value(doctype, name, values, update_modified=False)
    return column


def on_doctype_update() -> None:
    """Index what every ticket asks for: the ToDos of a document, and those of a user."""
    frappe.db.add_index("ToDo", ["reference_type", "reference_name"])
    frappe.db.add_index("ToDo", ["allocated_to", "status"])
    frappe.db.add_index("ToDo", ["assignment_rule", "creation"])


def get_permission_query_conditions(user: str | None = None) -> str | None:
    """Restrict lists to what the user gave or got, unless one of the user's own roles opens ToDos."""
    user = user or frappe.session.user
    if _sees_all(user):
        return None
    me = frappe.db.escape(user)
    return f"(`tabToDo`.allocated_to = {me} or `tabToDo`.assigned_by = {me})"


def has_permission(doc: Any, ptype: str = "read", user: str | None = None) -> bool:
    """Say the same as the list does, for one ToDo."""
    user = user or frappe.session.user
    return _sees_all(user) or user in (doc.allocated_to, doc.assigned_by)


def _sees_all(user: str) -> bool:
    """True with a role that opens ToDos; the roles that come with every account do not count."""
    from frappe.permissions import AUTOMATIC_ROLES, get_doctype_roles

    opening = set(get_doctype_roles("ToDo")).difference(AUTOMATIC_ROLES)
    return user == "Administrator" or bool(opening & set(frappe.get_roles(user)))


@frappe.whitelist()
def new_todo(description: str) -> None:
    """Note something to do for the session user."""
    frappe.get_doc({"doctype": "ToDo", "description": description, "allocated_to": frappe.session.user}).insert()
