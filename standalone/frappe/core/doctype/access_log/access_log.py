"""Controller of the DocType Access Log: who took data out of the site."""

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime


class AccessLog(Document):
    """One export, print or report."""

    @staticmethod
    def clear_old_logs(days: int = 30) -> None:
        """Delete entries older than `days`."""
        frappe.db.delete("Access Log", {"creation": ("<", add_to_date(now_datetime(), days=-days))})


def make_access_log(
    doctype: str | None = None,
    document: str | None = None,
    method: str | None = None,
    file_type: str | None = None,
    report_name: str | None = None,
    filters: Any = None,
    page: str | None = None,
    columns: str | None = None,
) -> None:
    """Note that the session user takes data out."""
    log = frappe.get_doc(
        {
            "doctype": "Access Log",
            "user": frappe.session.user,
            "export_from": doctype,
            "reference_document": document,
            "file_type": file_type,
            "report_name": report_name,
            "page": page,
            "method": method,
            "filters": filters if isinstance(filters, str) or filters is None else frappe.as_json(filters),
            "columns": columns,
            "timestamp": now_datetime(),
        }
    )
    log.insert(ignore_permissions=True, ignore_links=True)
