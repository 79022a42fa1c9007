"""What a site tells its operator about its use."""

from typing import Any

import frappe

COUNTED = (
    "HD Ticket",
    "HD Ticket Comment",
    "Communication",
    "HD Saved Reply",
    "HD Service Level Agreement",
    "HD Form Script",
    "HD Article",
    "HD Customer",
    "HD Team",
)


def get_site_info(site_info: Any = None) -> dict[str, Any]:
    """Return how many records of each kind there are."""
    return {"helpdesk": {doctype: frappe.db.count(doctype) for doctype in COUNTED}}
