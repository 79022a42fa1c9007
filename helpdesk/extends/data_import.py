"""Importing many records from one uploaded file."""

import frappe
from frappe import _
from frappe.model.document import Document

from helpdesk.access import require_permission


@frappe.whitelist()
def bulk_insert(target_doctype: str, import_type: str = "Insert New Records") -> Document:
    """Start a Data Import of the uploaded file `file`; return it."""
    require_permission("Data Import", "create")
    require_permission(target_doctype, "create")
    upload = frappe.request.files.get("file") if frappe.request else None
    if upload is None:
        frappe.throw(_("Please choose a file."))
    record = frappe.get_doc(
        {"doctype": "Data Import", "reference_doctype": target_doctype, "import_type": import_type}
    ).insert()
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": upload.filename,
            "content": upload.stream.read(),
            "attached_to_doctype": "Data Import",
            "attached_to_name": record.name,
            "is_private": 1,
        }
    ).insert()
    record.import_file = file.file_url
    record.save()
    record.start_import()
    return record
