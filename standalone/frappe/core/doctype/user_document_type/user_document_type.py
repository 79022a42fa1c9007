"""Controller of the DocType User Document Type."""

from frappe.model.document import Document


class UserDocumentType(Document):
    """One row of a table: user document type."""
