"""The site's help desk settings, read in one place."""

from typing import TYPE_CHECKING

import frappe

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_settings.hd_settings import HDSettings


def get_settings() -> "HDSettings":
    """Return HD Settings from the cache. The document is shared: read it, never change it."""
    return frappe.get_cached_doc("HD Settings", "HD Settings")


def is_team_restricted() -> bool:
    """Tell whether agents only see the tickets of their teams."""
    return bool(get_settings().restrict_tickets_by_agent_group)
