"""Finding the ticket that a mail belongs to, also where In-Reply-To is missing, and who is let into it."""

from typing import Any

import frappe
from frappe.email.receive import InboundMail

from helpdesk.conversation.messages import MESSAGE, SENT
from helpdesk.inbox import admission
from helpdesk.inbox.references import message_ids

TICKET = "HD Ticket"
FIELDS = ["name", "message_id", "reference_doctype", "reference_name"]


class HelpdeskInboundMail(InboundMail):
    """A mail that is also matched by its References, and that joins a ticket only if its sender belongs there."""

    def reference_document(self) -> Any:
        """Return the document whose conversation the mail joins, or None: then it begins a new one."""
        found = super().reference_document()
        if found and found.doctype == TICKET and not self._is_admitted(found):
            frappe.logger("helpdesk").warning("A mail was not let into ticket %s", found.name)
            return None
        return found

    def may_join_reference(self, doc: Any, evidence: Any) -> bool:
        """Decide about tickets in place of the framework, where the framework asks."""
        if doc.doctype == TICKET:
            return self._is_admitted(doc)
        return bool(super().may_join_reference(doc, evidence))

    def _is_admitted(self, ticket: Any) -> bool:
        known = self.__dict__.setdefault("_admissions", {})
        if ticket.name not in known:
            known[ticket.name] = admission.may_join(self.mail, ticket, answered=self._went_to())
        return bool(known[ticket.name])

    def _went_to(self) -> set[str]:
        """Return the addresses that the mail being answered went to."""
        queued, message = self.parent_email_queue(), self.parent_communication()
        found: list[str] = []
        if queued:
            found += frappe.get_all("Email Queue Recipient", filters={"parent": queued.name}, pluck="recipient")
        if message:
            fields = ["sent_or_received", "recipients", "cc", "bcc"]
            row = frappe.db.get_value(MESSAGE, message.name, fields, as_dict=True)
            if row and row.sent_or_received == SENT:
                found += [row.recipients or "", row.cc or "", row.bcc or ""]
        return admission.addresses_in(*found)

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
