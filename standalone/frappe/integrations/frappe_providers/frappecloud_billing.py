"""Billing of the Frappe Cloud; a site of this runtime does not run there."""

from __future__ import annotations

from typing import Any

import frappe


@frappe.whitelist()
def is_fc_site() -> bool:
    """Return False: this site does not run on the Frappe Cloud."""
    return False


@frappe.whitelist()
def current_site_info() -> dict[str, Any]:
    """Return what the Frappe Cloud knows of this site: nothing."""
    return {}
