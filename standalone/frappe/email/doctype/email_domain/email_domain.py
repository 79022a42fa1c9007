"""Controller of the DocType Email Domain."""

from frappe.model.document import Document


class EmailDomain(Document):
    """The `Email Domain` record."""
