"""Controller of the DocType Gender."""

from frappe.model.document import Document


class Gender(Document):
    """The `Gender` record."""
