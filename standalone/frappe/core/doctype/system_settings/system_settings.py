"""Controller of the DocType System Settings."""

from frappe.model.document import Document


class SystemSettings(Document):
    """The `System Settings` record."""
