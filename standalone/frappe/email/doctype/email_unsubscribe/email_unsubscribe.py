"""Controller of the DocType Email Unsubscribe."""

from frappe.model.document import Document


class EmailUnsubscribe(Document):
    """The `Email Unsubscribe` record."""
