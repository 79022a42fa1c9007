"""Controller of the DocType Tag."""

from frappe.model.document import Document


class Tag(Document):
    """The `Tag` record."""
