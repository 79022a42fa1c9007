"""Controller of the DocType DocType Link."""

from frappe.model.document import Document


class DocTypeLink(Document):
    """One row of a table: doctype link."""
