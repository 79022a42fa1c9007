"""Controller of the DocType User Permission: which documents of a DocType a user is restricted to."""

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint


class UserPermission(Document):
    """The user may use this document of the DocType, and no other one that is not allowed likewise."""

    if TYPE_CHECKING:
        user: str
        allow: str
        for_value: str
        is_default: int
        apply_to_all_doctypes: int
        applicable_for: str | None

    def validate(self) -> None:
        if cint(self.apply_to_all_doctypes):
            self.applicable_for = None
        elif not self.applicable_for:
            frappe.throw(_("Name the DocType the permission applies to, or let it apply to all."))
        self._refuse_duplicate()
        self._refuse_second_default()

    def on_update(self) -> None:
        self._forget()

    def after_delete(self) -> None:
        self._forget()

    def _refuse_duplicate(self) -> None:
        same = {field: self.get(field) for field in ("user", "allow", "for_value")}
        same["apply_to_all_doctypes"] = cint(self.apply_to_all_doctypes)
        filters: dict[str, Any] = {**same, "name": ("!=", self.name or "")}
        filters["applicable_for"] = self.applicable_for or ("is", "not set")
        if frappe.db.exists(self.doctype, filters):
            frappe.throw(
                _("{0} has this permission already: {1} {2}").format(self.user, _(self.allow), self.for_value),
                frappe.DuplicateEntryError,
            )

    def _refuse_second_default(self) -> None:
        if not cint(self.is_default):
            return
        others = frappe.get_all(
            self.doctype,
            filters={"user": self.user, "allow": self.allow, "is_default": 1, "name": ("!=", self.name or "")},
            fields=["for_value", "applicable_for"],
        )
        for other in others:
            if not (self.applicable_for and other.applicable_for) or self.applicable_for == other.applicable_for:
                text = _("{0} is the default {1} of this user already; there can be one.")
                frappe.throw(text.format(frappe.bold(other.for_value), _(self.allow)))

    def _forget(self) -> None:
        for user in {self.user, self.get_value_before_save("user") if self.get_doc_before_save() else self.user}:
            frappe.cache.hdel("user_permissions", user)
            frappe.publish_realtime("update_user_permissions", user=user, after_commit=True)
        frappe.clear_cache(user=self.user)


@frappe.whitelist()
def get_user_permissions(user: str | None = None) -> dict[str, Any]:
    """Return `{doctype: [{doc, applicable_for, is_default}]}` of a user, the session user by default."""
    from frappe.permissions import get_user_permissions as of_user

    if user and user != frappe.session.user:
        frappe.only_for("System Manager")
    return of_user(user or frappe.session.user)


def get_permitted_documents(doctype: str) -> list[str]:
    """Return the documents of a DocType that the session user is restricted to, the default one first."""
    from frappe.permissions import get_user_permissions as of_user

    rules = of_user(frappe.session.user).get(doctype, [])
    return [rule["doc"] for rule in sorted(rules, key=lambda rule: -cint(rule["is_default"]))]


@frappe.whitelist()
def check_applicable_doc_perm(user: str, doctype: str, docname: str) -> list[str]:
    """Return the DocTypes to which a user's permission for a document applies; all are meant by their absence."""
    frappe.only_for("System Manager")
    rows = frappe.get_all(
        "User Permission",
        filters={"user": user, "allow": doctype, "for_value": docname},
        fields=["applicable_for", "apply_to_all_doctypes"],
    )
    return [row.applicable_for for row in rows if row.applicable_for]


@frappe.whitelist()
def clear_user_permissions(user: str, for_doctype: str) -> int:
    """Delete a user's permissions for one DocType and return how many there were."""
    frappe.only_for("System Manager")
    names = frappe.get_all("User Permission", filters={"user": user, "allow": for_doctype}, pluck="name")
    for name in names:
        frappe.delete_doc("User Permission", name)
    return len(names)


@frappe.whitelist()
def add_user_permissions(data: str | dict[str, Any]) -> int:
    """Restrict a user to one document, for all DocTypes or for `applicable_doctypes`; 1 if anything was added.

    `data` has user, doctype, docname, is_default, apply_to_all_doctypes, applicable_doctypes and hide_descendants.
    """
    frappe.only_for("System Manager")
    values = frappe._dict(json.loads(data) if isinstance(data, str) else data)
    wanted: list[str | None] = [None] if cint(values.apply_to_all_doctypes) else list(values.applicable_doctypes or [])
    added = 0
    for applicable_for in wanted:
        added += _add(values, applicable_for)
    return 1 if added else 0


def _add(values: Any, applicable_for: str | None) -> int:
    known = {"user": values.user, "allow": values.doctype, "for_value": values.docname}
    if frappe.db.exists("User Permission", {**known, "applicable_for": applicable_for or ("is", "not set")}):
        return 0
    frappe.get_doc(
        {
            "doctype": "User Permission",
            **known,
            "is_default": cint(values.is_default),
            "hide_descendants": cint(values.hide_descendants),
            "applicable_for": applicable_for,
            "apply_to_all_doctypes": 0 if applicable_for else 1,
        }
    ).insert()
    return 1
