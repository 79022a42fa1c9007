"""Controller of the DocType Data Import."""

from frappe.model.document import Document


class DataImport(Document):
    """The `Data Import` record."""
