"""Controller of the DocType Notification. Records can be kept and moved; this runtime does not act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document
from frappe.utils import cint


class Notification(Document):
    """A rule that tells people about documents. It stays disabled here: apps send what they have to say themselves."""

    if TYPE_CHECKING:
        enabled: int

    def autoname(self) -> None:
        if not self.name:
            self.name = self.subject

    def before_import(self) -> None:
        """What an app brings along is kept, without being enabled."""
        self.enabled = 0

    def validate(self) -> None:
        if cint(self.enabled):
            frappe.throw(
                frappe._(
                    "This runtime does not send Notification records. Keep the record disabled, or let an app send it."
                )
            )
