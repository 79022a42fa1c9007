"""Controller of the DocType Tag Link."""

import frappe
from frappe.model.document import Document


class TagLink(Document):
    """One tag on one document."""


def on_doctype_update() -> None:
    """Index both directions: the tags of a document, and the documents of a tag."""
    frappe.db.add_index("Tag Link", ["document_type", "document_name"])
    frappe.db.add_index("Tag Link", ["tag"])
