"""Finding the ticket that a mail belongs to, also where In-Reply-To is missing."""

from typing import Any

import frappe
from frappe.email.receive import InboundMail

from helpdesk.inbox.references import message_ids

FIELDS = ["name", "message_id", "reference_doctype", "reference_name"]


class HelpdeskInboundMail(InboundMail):
    """A mail that is also matched by its References. Who may join a conversation is the framework's decision."""

    def parent_email_queue(self) -> Any:
        """Return the queued mail that this one answers, or None."""
        return super().parent_email_queue() or self._referenced("Email Queue", "communication")

    def parent_communication(self) -> Any:
        """Return the message that this one answers, or None."""
        return super().parent_communication() or self._referenced("Communication", "creation")

    def _referenced(self, doctype: str, field: str) -> Any:
        ids = message_ids(self.mail.get("References"))
        if not ids:
            return None
        rows = frappe.get_all(
            doctype, filters={"message_id": ["in", ids]}, fields=[*FIELDS, field], order_by="creation desc"
        )
        # The database compares without regard to case; Message-IDs do not.
        known = {(row.message_id or "").strip("<> "): row for row in rows}
        return next((known[each] for each in ids if each in known), None)


def is_automatic(mail: InboundMail) -> bool:
    """Tell whether another help desk sent the mail by itself; answering those would never end."""
    return bool(mail.mail.get("X-Auto-Generated"))
