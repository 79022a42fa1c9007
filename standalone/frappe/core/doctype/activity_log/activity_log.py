"""Controller of the DocType Activity Log: who logged in and out, and other things worth a line."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, get_fullname, now_datetime


class ActivityLog(Document):
    """One line of the log."""

    if TYPE_CHECKING:
        communication_date: str | datetime | None
        reference_doctype: str | None
        reference_name: str | None
        reference_owner: str | None
        user: str | None
        full_name: str | None
        ip_address: str | None

    def before_insert(self) -> None:
        self.full_name = self.full_name or get_fullname(self.user)
        self.communication_date = self.communication_date or now_datetime()
        self.ip_address = self.ip_address or frappe.local.request_ip

    def validate(self) -> None:
        if self.reference_doctype and self.reference_name and not self.reference_owner:
            self.reference_owner = frappe.db.get_value(self.reference_doctype, self.reference_name, "owner")

    @staticmethod
    def clear_old_logs(days: int = 90) -> None:
        """Delete lines older than `days`."""
        frappe.db.delete("Activity Log", {"creation": ("<", add_to_date(now_datetime(), days=-days))})


def add_authentication_log(subject: str, user: str, operation: str = "Login", status: str = "Success") -> Any:
    """Note a login, a logout or a refused attempt."""
    log = frappe.get_doc(
        {
            "doctype": "Activity Log",
            "user": user,
            "status": status,
            "subject": subject,
            "operation": operation,
        }
    )
    return log.insert(ignore_permissions=True, ignore_links=True)


def on_doctype_update() -> None:
    """Index what timelines ask for."""
    frappe.db.add_index("Activity Log", ["reference_doctype", "reference_name"])
