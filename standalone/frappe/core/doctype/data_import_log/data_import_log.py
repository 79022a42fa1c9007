"""Controller of the DocType Data Import Log."""

from frappe.model.document import Document


class DataImportLog(Document):
    """The `Data Import Log` record."""
