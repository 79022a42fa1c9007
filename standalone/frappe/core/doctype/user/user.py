"""Controller of the DocType User."""

from frappe.model.document import Document


class User(Document):
    """The `User` record."""
