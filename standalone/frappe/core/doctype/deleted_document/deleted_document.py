"""Controller of the DocType Deleted Document."""

from frappe.model.document import Document


class DeletedDocument(Document):
    """The `Deleted Document` record."""
