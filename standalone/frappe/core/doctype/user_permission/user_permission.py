"""Controller of the DocType User Permission."""

from frappe.model.document import Document


class UserPermission(Document):
    """The `User Permission` record."""
