"""Controller of the DocType Contact Phone: a row of a Contact."""

import frappe
from frappe.model.document import Document


class ContactPhone(Document):
    """A telephone number of a person."""


def on_doctype_update() -> None:
    """Index the numbers."""
    frappe.db.add_index("Contact Phone", ["phone"])
