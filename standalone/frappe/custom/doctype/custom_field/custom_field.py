"""Controller of the DocType Custom Field."""

from frappe.model.document import Document


class CustomField(Document):
    """The `Custom Field` record."""
