"""Controller of the DocType DocType Action."""

from frappe.model.document import Document


class DocTypeAction(Document):
    """One row of a table: doctype action."""
