"""Controller of the DocType Email Unsubscribe: an address that wants no mails about a document, or none at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.core.doctype.comment.comment import add_timeline_entry
from frappe.model.document import Document
from frappe.utils import cstr, escape_html


class EmailUnsubscribe(Document):
    """A wish not to be written to."""

    if TYPE_CHECKING:
        email: str
        reference_doctype: str | None
        reference_name: str | None

    def validate(self) -> None:
        self.email = cstr(self.email).strip().lower()
        if self.global_unsubscribe:
            self.reference_doctype = self.reference_name = None
        elif not (self.reference_doctype and self.reference_name):
            frappe.throw(_("Name a document, or choose Global Unsubscribe."), frappe.MandatoryError)
        self._refuse_duplicate()

    def _refuse_duplicate(self) -> None:
        filters: dict[str, Any] = {"email": self.email, "name": ["!=", self.name]}
        if self.global_unsubscribe:
            filters["global_unsubscribe"] = 1
        else:
            filters.update(reference_doctype=self.reference_doctype, reference_name=self.reference_name)
        if frappe.db.exists("Email Unsubscribe", filters):
            frappe.throw(_("{0} is unsubscribed already.").format(escape_html(self.email)), frappe.DuplicateEntryError)

    def on_update(self) -> None:
        if self.reference_doctype and self.reference_name:
            text = _("{0} left this conversation").format(escape_html(self.email))
            add_timeline_entry(self.reference_doctype, cstr(self.reference_name), "Label", text)
