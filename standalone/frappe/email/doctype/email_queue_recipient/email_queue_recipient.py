"""Controller of the DocType Email Queue Recipient."""

from frappe.model.document import Document


class EmailQueueRecipient(Document):
    """One row of a table: email queue recipient."""
