"""Controller of the DocType User Type Module."""

from frappe.model.document import Document


class UserTypeModule(Document):
    """One row of a table: user type module."""
