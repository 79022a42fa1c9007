"""Controller of the DocType Notification Log."""

from frappe.model.document import Document


class NotificationLog(Document):
    """The `Notification Log` record."""
