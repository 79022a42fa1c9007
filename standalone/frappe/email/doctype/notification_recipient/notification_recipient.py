"""Controller of the DocType Notification Recipient."""

from frappe.model.document import Document


class NotificationRecipient(Document):
    """One row of a table: notification recipient."""
