"""Controller of the DocType User Select Document Type."""

from frappe.model.document import Document


class UserSelectDocumentType(Document):
    """One row of a table: user select document type."""
