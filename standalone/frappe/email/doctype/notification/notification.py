"""Controller of the DocType Notification."""

from frappe.model.document import Document


class Notification(Document):
    """The `Notification` record."""
