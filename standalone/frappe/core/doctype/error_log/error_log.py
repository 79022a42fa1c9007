"""Controller of the DocType Error Log."""

from typing import TYPE_CHECKING

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime


class ErrorLog(Document):
    """Something that went wrong: `method` is the headline, `error` the story."""

    if TYPE_CHECKING:
        seen: int
        method: str | None
        error: str | None

    def validate(self) -> None:
        self.method = str(self.method or "")[:140]
        self.error = str(self.error or "")

    def onload(self) -> None:
        if not self.seen and not frappe.flags.read_only:
            self.db_set("seen", 1, update_modified=False)
            frappe.local.flags.commit = True

    @staticmethod
    def clear_old_logs(days: int = 30) -> None:
        """Delete errors older than `days`."""
        frappe.db.delete("Error Log", {"creation": ("<", add_to_date(now_datetime(), days=-days))})


@frappe.whitelist(methods=["POST"])
def clear_error_logs() -> None:
    """Delete every entry."""
    frappe.only_for("System Manager")
    frappe.db.delete("Error Log", {"name": ("is", "set")})
