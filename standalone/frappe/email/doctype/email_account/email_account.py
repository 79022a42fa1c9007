"""Controller of the DocType Email Account."""

from frappe.model.document import Document


class EmailAccount(Document):
    """The `Email Account` record."""
