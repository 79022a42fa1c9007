"""Controller of the DocType Address Template: how addresses of a country are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils.jinja import validate_template


class AddressTemplate(Document):
    """A Jinja template over the fields of an Address; the default one serves countries without their own."""

    if TYPE_CHECKING:
        country: str
        is_default: int
        template: str

    def validate(self) -> None:
        validate_template(self.template)

    def on_update(self) -> None:
        if self.is_default:
            others = {"is_default": 1, "name": ("!=", self.name)}
            for name in frappe.get_all("Address Template", filters=others, pluck="name"):
                frappe.db.set_value("Address Template", name, "is_default", 0)

    def on_trash(self) -> None:
        if self.is_default:
            frappe.throw(_("The default template stays: make another one the default first."))


def get_template_of(country: str | None) -> str | None:
    """Return the template for a country, or the default one; None when there is neither."""
    for filters in ({"name": country or ""}, {"is_default": 1}):
        found: str | None = frappe.db.get_value("Address Template", filters, "template")
        if found:
            return found
    return None
