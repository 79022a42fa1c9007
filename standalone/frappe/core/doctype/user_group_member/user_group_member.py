"""Controller of the DocType User Group Member."""

from frappe.model.document import Document


class UserGroupMember(Document):
    """One row of a table: user group member."""
