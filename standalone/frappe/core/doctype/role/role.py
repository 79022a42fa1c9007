"""Controller of the DocType Role."""

from frappe.model.document import Document


class Role(Document):
    """The `Role` record."""
