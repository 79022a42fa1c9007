"""Controller of the DocType User Role Profile."""

from frappe.model.document import Document


class UserRoleProfile(Document):
    """One row of a table: user role profile."""
