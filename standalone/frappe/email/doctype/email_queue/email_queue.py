"""Controller of the DocType Email Queue."""

from frappe.model.document import Document


class EmailQueue(Document):
    """The `Email Queue` record."""
