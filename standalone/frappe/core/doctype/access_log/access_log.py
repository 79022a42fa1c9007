"""Controller of the DocType Access Log."""

from frappe.model.document import Document


class AccessLog(Document):
    """The `Access Log` record."""
