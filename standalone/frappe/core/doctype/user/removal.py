"""What goes when a user goes, and what is carried over when a user is renamed."""

from __future__ import annotations

import frappe
from frappe.desk.doctype.todo.todo import ENDED, write_assignees


def remove_traces(user: str) -> None:
    """Log a user out and delete what only makes sense with the user; what others wrote or own stays."""
    from frappe.sessions import clear_sessions

    clear_sessions(user=user, force=True)
    _remove_assignments(user)
    frappe.db.delete("DocShare", {"user": user})
    frappe.db.delete("DocShare", {"share_doctype": "User", "share_name": user})
    frappe.db.delete("User Permission", {"user": user})
    frappe.db.delete("User Group Member", {"user": user})
    frappe.db.delete("Document Follow", {"user": user})
    frappe.db.delete("Notification Log", {"for_user": user})
    frappe.delete_doc("Notification Settings", user, ignore_permissions=True, ignore_missing=True, force=True)
    frappe.db.delete(
        "Communication",
        {
            "communication_type": ("in", ("Chat", "Notification")),
            "reference_doctype": "User",
            "reference_name": user,
        },
    )
    frappe.db.set_value("Contact", {"user": user}, "user", None, update_modified=False)


def _remove_assignments(user: str) -> None:
    references = frappe.get_all(
        "ToDo",
        filters={"allocated_to": user, "status": ("not in", ENDED), "reference_name": ("is", "set")},
        fields=["reference_type", "reference_name"],
        distinct=True,
    )
    frappe.db.delete("ToDo", {"allocated_to": user})
    frappe.db.set_value("ToDo", {"assigned_by": user}, "assigned_by", None, update_modified=False)
    for reference in references:
        write_assignees(reference.reference_type, reference.reference_name)


def rename_traces(old: str, new: str) -> None:
    """Carry owner and author of every record over to the new name, and rename the Notification Settings."""
    for table in frappe.db.get_tables(cached=False):
        doctype = table.removeprefix("tab")
        if doctype == table:
            continue
        columns = frappe.db.get_table_columns(doctype)
        for column in ("owner", "modified_by"):
            if column in columns:
                frappe.db.set_value(doctype, {column: old}, column, new, update_modified=False)
    if frappe.db.exists("Notification Settings", old):
        frappe.rename_doc("Notification Settings", old, new, force=True, show_alert=False)
