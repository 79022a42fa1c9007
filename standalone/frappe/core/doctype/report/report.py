"""Controller of the DocType Report."""

from frappe.model.document import Document


class Report(Document):
    """The `Report` record."""
