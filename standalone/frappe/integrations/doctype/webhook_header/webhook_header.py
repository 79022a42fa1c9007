"""Controller of the DocType Webhook Header."""

from frappe.model.document import Document


class WebhookHeader(Document):
    """A header that a webhook sends."""
