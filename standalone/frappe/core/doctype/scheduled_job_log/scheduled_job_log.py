"""Controller of the DocType Scheduled Job Log: how one run of a scheduled job ended."""

import frappe
from frappe.model.document import Document


class ScheduledJobLog(Document):
    """A finished or failed run."""

    @staticmethod
    def clear_old_logs(days: int = 90) -> None:
        """Delete what is older than `days`."""
        frappe.db.delete("Scheduled Job Log", {"creation": ("<", frappe.utils.add_days(frappe.utils.now(), -days))})
