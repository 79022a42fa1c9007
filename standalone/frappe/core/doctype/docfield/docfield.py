"""Controller of the DocType DocField."""

from frappe.model.document import Document


class DocField(Document):
    """One row of a table: docfield."""
