"""Controller of the DocType View Log."""

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime


class ViewLog(Document):
    """Somebody looked at a document."""

    @staticmethod
    def clear_old_logs(days: int = 180) -> None:
        """Delete entries older than `days`."""
        frappe.db.delete("View Log", {"creation": ("<", add_to_date(now_datetime(), days=-days))})


def on_doctype_update() -> None:
    """Index what a timeline asks for."""
    frappe.db.add_index("View Log", ["reference_doctype", "reference_name"])
