"""The customer sync with ERPNext, for clients."""

from typing import TypedDict

import frappe
from frappe import _

from helpdesk.access import require_permission


class SyncInfo(TypedDict, total=False):
    """Whether the sync is on, and whether both sides agree."""

    enabled: bool
    in_sync: bool


def is_active() -> bool:
    """Tell whether ERPNext is installed and the sync is switched on."""
    if "erpnext" not in frappe.get_installed_apps():
        return False
    return bool(frappe.db.get_single_value("ERPNext HD Settings", "enabled"))


@frappe.whitelist()
def get_sync_info() -> SyncInfo:
    """Return the state of the sync. Whoever may not read customers learns that it is off."""
    if not frappe.has_permission("HD Customer", "read") or not is_active():
        return SyncInfo(enabled=False)
    return SyncInfo(enabled=True, in_sync=not frappe.db.count("HD Customer", {"erpnext_customer": ["is", "not set"]}))


@frappe.whitelist()
def sync_hd_erpnext_customers() -> None:
    """Start the sync of all customers. Needs write permission on both sides."""
    require_permission("HD Customer", "write")
    if not is_active():
        frappe.throw(_("The sync with ERPNext is off."))
    require_permission("Customer", "write")
    frappe.throw(_("This version cannot synchronise all customers at once yet."), frappe.ValidationError)
