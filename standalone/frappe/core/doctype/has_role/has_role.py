"""Controller of the DocType Has Role."""

from frappe.model.document import Document


class HasRole(Document):
    """One row of a table: has role."""
