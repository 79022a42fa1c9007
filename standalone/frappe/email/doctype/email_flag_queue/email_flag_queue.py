"""Controller of the DocType Email Flag Queue."""

from frappe.model.document import Document


class EmailFlagQueue(Document):
    """The `Email Flag Queue` record."""
