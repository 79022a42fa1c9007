"""Controller of the DocType User Role."""

from frappe.model.document import Document


class UserRole(Document):
    """One row of a table: user role."""
