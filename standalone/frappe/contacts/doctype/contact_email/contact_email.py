"""Controller of the DocType Contact Email."""

from frappe.model.document import Document


class ContactEmail(Document):
    """One row of a table: contact email."""
