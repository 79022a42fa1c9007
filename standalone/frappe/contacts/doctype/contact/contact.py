"""Controller of the DocType Contact."""

from frappe.model.document import Document


class Contact(Document):
    """The `Contact` record."""
