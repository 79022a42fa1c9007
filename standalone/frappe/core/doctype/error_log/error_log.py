"""Controller of the DocType Error Log."""

from frappe.model.document import Document


class ErrorLog(Document):
    """The `Error Log` record."""
