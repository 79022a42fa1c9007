"""Controller of the DocType Document Follow."""

import frappe
from frappe.model.document import Document


class DocumentFollow(Document):
    """A user wants to hear about the changes of a document."""


def on_doctype_update() -> None:
    """Index what asks who follows a document, and what a user follows."""
    frappe.db.add_index("Document Follow", ["ref_doctype", "ref_docname"])
    frappe.db.add_index("Document Follow", ["user"])
