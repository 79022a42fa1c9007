"""Controller of the DocType Email Queue: a mail that waits to be sent, or how sending it went."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.email import delivery
from frappe.model.document import Document
from frappe.utils import add_days, cint, cstr, now_datetime

CLEARED_STATES = ("Sent", "Error", "Partially Sent")


class EmailQueue(Document):
    """One message with its recipients, the state of each, and the files to go with it."""

    if TYPE_CHECKING:
        sender: str
        message: str
        message_id: str | None
        status: str
        error: str | None
        retry: int
        communication: str | None
        email_account: str | None
        recipients: list[Any]

    no_feed_on_delete = True

    @classmethod
    def find(cls, name: str) -> Any:
        """Return a queued mail. Raises DoesNotExistError."""
        return frappe.get_doc("Email Queue", name)

    @classmethod
    def find_one_by_filters(cls, **filters: Any) -> Any:
        """Return the newest queued mail that meets the filters, None if there is none."""
        name = frappe.db.get_value("Email Queue", filters, "name", order_by="creation desc")
        return cls.find(name) if name else None

    @classmethod
    def clear_old_logs(cls, days: int = 30) -> None:
        """Delete what was sent or given up more than `days` ago; waiting mails stay."""
        filters = {"creation": ["<", add_days(now_datetime(), -days)], "status": ["in", CLEARED_STATES]}
        while names := frappe.get_all("Email Queue", filters=filters, pluck="name", limit=500, order_by="creation asc"):
            for name in frappe.get_all(
                "File", {"attached_to_doctype": "Email Queue", "attached_to_name": ["in", names]}, pluck="name"
            ):
                frappe.delete_doc("File", name, ignore_permissions=True, force=True, delete_permanently=True)
            frappe.db.delete("Email Queue Recipient", {"parent": ["in", names], "parenttype": "Email Queue"})
            frappe.db.delete("Email Queue", {"name": ["in", names]})
            frappe.db.commit()

    @property
    def to(self) -> list[str]:
        """Everybody who is not shown in Cc."""
        return [each.recipient for each in self.recipients if each.recipient not in self.cc]

    @property
    def cc(self) -> list[str]:
        return [each for each in cstr(self.show_as_cc).split(",") if each]

    @property
    def attachments_list(self) -> list[dict[str, Any]]:
        return list(json.loads(self.attachments or "[]"))

    def is_to_be_sent(self) -> bool:
        return self.status in ("Not Sent", "Partially Sent")

    def can_send_now(self) -> bool:
        return self.is_to_be_sent() and not delivery.is_stopped()

    def send(self, *args: Any, force_send: bool = False, **kwargs: Any) -> str | None:
        """Send it now and return its new status; commits."""
        if frappe.flags.in_test and not frappe.flags.testing_email:
            delivery.pretend(self)
            return "Sent"
        status = delivery.deliver(self.name, force=force_send)
        self.reload()
        return status


@frappe.whitelist(methods=["POST"])
def send_now(name: str, force_send: bool = False) -> str | None:
    """Send a queued mail at once, also one that was given up."""
    record = frappe.get_doc("Email Queue", name)
    record.check_permission("read")
    frappe.only_for("System Manager")
    if delivery.is_stopped():
        frappe.throw(_("Sending mails is switched off on this site."))
    return record.send(force_send=True)  # type: ignore[no-any-return]


@frappe.whitelist(methods=["POST"])
def retry_sending(queues: str | list[str]) -> None:
    """Have mails that were given up tried again."""
    frappe.only_for("System Manager")
    names = frappe.parse_json(queues) if isinstance(queues, str) and queues.startswith("[") else queues
    for name in [names] if isinstance(names, str) else names:
        row = frappe.get_doc("Email Queue", name)
        for recipient in row.recipients:
            if recipient.status == "Error":
                recipient.db_set({"status": "Not Sent", "error": None}, update_modified=False)
        if row.status == "Error":
            row.db_set({"status": "Not Sent", "retry": 0, "retry_after": None, "error": None})
        frappe.enqueue("frappe.email.delivery.deliver", queue="short", name=name)


@frappe.whitelist(methods=["POST"])
def toggle_sending(enable: bool | int | str) -> None:
    """Let queued mails leave, or keep them."""
    frappe.only_for("System Manager")
    frappe.db.set_default("suspend_email_queue", 0 if cint(frappe.utils.sbool(enable)) else 1)


def on_doctype_update() -> None:
    frappe.db.add_index("Email Queue", ["status", "send_after", "priority", "creation"], "index_bulk_flush")
    frappe.db.add_index("Email Queue", ["message_id(140)"])
