"""Controller of the DocType Notification. Records can be kept and moved; this runtime does not act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document
from frappe.utils import cint


class Notification(Document):
    """A rule that tells people about documents. It is kept; who saves it is told that nothing is sent."""

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
            frappe.msgprint(
                frappe._(
                    "{0} is kept, but this runtime does not act on Notification records: let an app send it."
                ).format(frappe.bold(self.name)),
                indicator="orange",
            )
