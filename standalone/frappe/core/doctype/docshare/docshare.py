"""Controller of the DocType DocShare: one document, opened for one user or for everybody."""

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, get_fullname


class DocShare(Document):
    """Rights on one document that go beyond what the roles give."""

    if TYPE_CHECKING:
        user: str | None
        share_doctype: str
        share_name: str
        read: int
        write: int
        share: int
        everyone: int

    def validate(self) -> None:
        self._complete_rights()
        self._validate_user()
        self._check_share_permission()
        self._target().run_method("validate_share", self)

    def after_insert(self) -> None:
        self._forget_shared()
        if self._is_own_account():
            return
        who = _("everybody") if cint(self.everyone) else get_fullname(self.user)
        self._target().add_comment("Shared", _("{0} shared this document with {1}").format(_actor(), who))

    def on_update(self) -> None:
        self._forget_shared()

    def on_trash(self) -> None:
        if not self.flags.ignore_share_permission:
            self._check_share_permission()
        target = self._find_target()
        if target is not None and not self._is_own_account():
            who = _("everybody") if cint(self.everyone) else get_fullname(self.user)
            target.add_comment("Unshared", _("{0} ended the share with {1}").format(_actor(), who))

    def after_delete(self) -> None:
        self._forget_shared()

    def _complete_rights(self) -> None:
        """Submit and share imply reading, submit implies writing, and writing implies reading."""
        submits = cint(self.get("submit"))  # the attribute is the document's method
        if submits:
            self.write = 1
        if cint(self.write) or cint(self.share) or submits:
            self.read = 1

    def _validate_user(self) -> None:
        if cint(self.everyone):
            self.user = None
        elif not self.user:
            frappe.throw(_("Name the user the document is shared with."), frappe.MandatoryError)

    def _check_share_permission(self) -> None:
        if self.flags.ignore_share_permission or frappe.has_permission(self.share_doctype, "share", doc=self._target()):
            return
        frappe.throw(
            _("You may not share {0} {1}.").format(_(self.share_doctype), frappe.bold(str(self.share_name))),
            frappe.PermissionError,
        )

    def _target(self) -> Any:
        """Return the shared document; it is loaded once."""
        if self.flags.target is None:
            self.flags.target = frappe.get_doc(self.share_doctype, self.share_name)
        return self.flags.target

    def _find_target(self) -> Any:
        if not frappe.db.exists(self.share_doctype, self.share_name):
            return None
        return self._target()

    def _is_own_account(self) -> bool:
        return self.share_doctype == "User" and self.share_name == self.user

    def _forget_shared(self) -> None:
        if self.user:
            frappe.cache.hdel("shared_doctypes", self.user)


def _actor() -> str:
    return str(get_fullname(frappe.session.user))


def on_doctype_update() -> None:
    """Index what every denied permission asks: is it shared with this user?"""
    frappe.db.add_index("DocShare", ["user", "share_doctype"])
    frappe.db.add_index("DocShare", ["share_doctype", "share_name"])
