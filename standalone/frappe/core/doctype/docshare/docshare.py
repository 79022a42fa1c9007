"""Controller of the DocType DocShare."""

from frappe.model.document import Document


class DocShare(Document):
    """The `DocShare` record."""
