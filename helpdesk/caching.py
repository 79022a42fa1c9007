"""Shared values that are kept until something changes them."""

from functools import partial

import frappe


def forget(key: str) -> None:
    """Drop a value now, and again when the transaction ends: another reader may have brought the old one back."""
    drop = partial(frappe.cache.delete_value, key)
    drop()
    frappe.db.after_commit.add(drop)
    frappe.db.after_rollback.add(drop)
