"""Whether people without an account may file tickets: a permission row that comes and goes with the setting."""

import frappe
from frappe.permissions import setup_custom_perms

ROW = {"parent": "HD Ticket", "role": "Guest", "permlevel": 0}


def admit() -> None:
    """Let guests create tickets. The row lets them read and write their own, which `visibility` says are none."""
    setup_custom_perms("HD Ticket")
    if frappe.db.exists("Custom DocPerm", ROW):
        return
    rights = {"read": 1, "write": 1, "create": 1, "if_owner": 1}
    # The caller changes HD Settings, which only managers may.
    frappe.get_doc({"doctype": "Custom DocPerm", **ROW, **rights}).insert(ignore_permissions=True)
    frappe.clear_cache(doctype="HD Ticket")


def keep_out() -> None:
    """Take the permission row away."""
    if frappe.db.exists("Custom DocPerm", ROW):
        frappe.db.delete("Custom DocPerm", ROW)
        frappe.clear_cache(doctype="HD Ticket")
