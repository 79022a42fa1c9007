"""Controller of the DocType User Email."""

from frappe.model.document import Document


class UserEmail(Document):
    """One row of a table: user email."""
