"""The customer sync with ERPNext, for clients."""

from typing import TypedDict

import frappe
from frappe import _

from helpdesk.access import managers_only, require_permission
from helpdesk.integrations.erpnext import bulk, customer

TIMEOUT = 12_000


class SyncInfo(TypedDict, total=False):
    """Whether the sync is on, and whether both sides agree."""

    enabled: bool
    in_sync: bool


@frappe.whitelist()
def get_sync_info() -> SyncInfo:
    """Return the state of the sync. Whoever may not read customers learns that it is off."""
    if not frappe.has_permission("HD Customer", "read") or not customer.is_active():
        return SyncInfo(enabled=False)
    return SyncInfo(enabled=True, in_sync=not any(bulk.without_twin(doctype) for doctype in customer.SIDES))


@frappe.whitelist()
@managers_only
def sync_hd_erpnext_customers() -> None:
    """Start the sync of all customers. Needs write permission on both sides."""
    require_permission("HD Customer", "write")
    if not customer.is_active():
        frappe.throw(_("The sync with ERPNext is off."))
    require_permission("Customer", "write")
    frappe.enqueue(
        bulk.sync_all,
        queue="long",
        timeout=TIMEOUT,
        job_id="helpdesk_erpnext_customers",
        deduplicate=True,
        user=frappe.session.user,
    )
