"""Controller of the DocType Contact Phone."""

from frappe.model.document import Document


class ContactPhone(Document):
    """One row of a table: contact phone."""
