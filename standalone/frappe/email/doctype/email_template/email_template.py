"""Controller of the DocType Email Template."""

from frappe.model.document import Document


class EmailTemplate(Document):
    """The `Email Template` record."""
