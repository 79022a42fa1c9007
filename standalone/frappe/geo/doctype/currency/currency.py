"""Controller of the DocType Currency."""

from frappe.model.document import Document


class Currency(Document):
    """The `Currency` record."""
