"""Bringing both sides in step all at once."""

from functools import partial

import frappe

from helpdesk.batches import for_each
from helpdesk.integrations.erpnext import customer, mirror


def sync_all(user: str) -> None:
    """Give every customer on both sides its twin, and the twin the same rights; tell `user` about begin and end.

    Can run again and again.
    """
    frappe.publish_realtime("helpdesk:erpnext-sync-start", user=user)
    for doctype, side in customer.SIDES.items():
        names = frappe.get_all(doctype, filters={side.link: ["is", "not set"]}, pluck="name", order_by="name")
        for_each(names, partial(_pair, doctype), "Customer {0} could not be linked with ERPNext")
    mirror.sync_all()
    frappe.publish_realtime("helpdesk:erpnext-sync-end", user=user, after_commit=True)


def _pair(doctype: str, name: str) -> None:
    customer.after_insert(frappe.get_doc(doctype, name))
