"""Controller of the DocType Webhook Data."""

from frappe.model.document import Document


class WebhookData(Document):
    """A field that a webhook sends, and under which key."""
