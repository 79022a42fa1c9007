"""Controller of the DocType Role Profile."""

from frappe.model.document import Document


class RoleProfile(Document):
    """The `Role Profile` record."""
