"""Controller of the DocType Portal Settings."""

from frappe.model.document import Document


class PortalSettings(Document):
    """The `Portal Settings` record."""
