"""Controller of the DocType Document Follow."""

from frappe.model.document import Document


class DocumentFollow(Document):
    """The `Document Follow` record."""
