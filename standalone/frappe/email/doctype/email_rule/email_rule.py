"""Controller of the DocType Email Rule."""

from frappe.model.document import Document


class EmailRule(Document):
    """The `Email Rule` record."""
