"""Controller of the DocType Contact Email: a row of a Contact."""

import frappe
from frappe.model.document import Document


class ContactEmail(Document):
    """An e-mail address of a person."""


def on_doctype_update() -> None:
    """Index what every incoming mail asks: whose address is this?"""
    frappe.db.add_index("Contact Email", ["email_id"])
