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
    for doctype in customer.SIDES:
        for_each(without_twin(doctype), partial(_pair, doctype), "Customer {0} could not be linked with ERPNext")
    mirror.sync_all()
    frappe.publish_realtime("helpdesk:erpnext-sync-end", user=user, after_commit=True)


def without_twin(doctype: str) -> list[str]:
    """Return the customers of one side that the other does not have."""
    link = customer.SIDES[doctype].link
    return frappe.get_all(doctype, filters={link: ["is", "not set"]}, pluck="name", order_by="name")


def _pair(doctype: str, name: str) -> None:
    customer.after_insert(frappe.get_doc(doctype, name))
