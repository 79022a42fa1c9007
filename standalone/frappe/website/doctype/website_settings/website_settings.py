"""Controller of the DocType Website Settings."""

from frappe.model.document import Document


class WebsiteSettings(Document):
    """The `Website Settings` record."""
