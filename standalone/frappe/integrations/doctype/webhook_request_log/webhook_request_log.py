"""Controller of the DocType Webhook Request Log: what was sent, and what came back."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_days, now_datetime


class WebhookRequestLog(Document):
    """One call of a webhook."""

    @staticmethod
    def clear_old_logs(days: int = 30) -> None:
        frappe.db.delete("Webhook Request Log", {"creation": ["<", add_days(now_datetime(), -days)]})
