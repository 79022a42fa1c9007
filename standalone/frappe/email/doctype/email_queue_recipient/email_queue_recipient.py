"""Controller of the DocType Email Queue Recipient."""

from __future__ import annotations

from frappe.model.document import Document


class EmailQueueRecipient(Document):
    """One who shall get a queued mail, and whether he has it."""

    def is_mail_to_be_sent(self) -> bool:
        return self.status in ("", None, "Not Sent")

    def is_mail_sent(self) -> bool:
        return bool(self.status == "Sent")
