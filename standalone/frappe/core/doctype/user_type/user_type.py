"""Controller of the DocType User Type."""

from frappe.model.document import Document


class UserType(Document):
    """The `User Type` record."""
