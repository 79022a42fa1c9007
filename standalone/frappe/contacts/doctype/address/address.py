"""Controller of the DocType Address."""

from frappe.model.document import Document


class Address(Document):
    """The `Address` record."""
