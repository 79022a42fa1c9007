"""Controller of the DocType Notification Settings."""

from frappe.model.document import Document


class NotificationSettings(Document):
    """The `Notification Settings` record."""
