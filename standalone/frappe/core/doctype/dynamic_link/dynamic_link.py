"""Controller of the DocType Dynamic Link: a row of a Contact or an Address."""

import frappe
from frappe.model.document import Document


class DynamicLink(Document):
    """A link to any record."""


def on_doctype_update() -> None:
    """Index what asks for the contacts of a record."""
    frappe.db.add_index("Dynamic Link", ["link_doctype", "link_name"])
