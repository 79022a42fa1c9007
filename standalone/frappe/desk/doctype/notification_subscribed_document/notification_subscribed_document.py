"""Controller of the DocType Notification Subscribed Document."""

from frappe.model.document import Document


class NotificationSubscribedDocument(Document):
    """One row of a table: notification subscribed document."""
