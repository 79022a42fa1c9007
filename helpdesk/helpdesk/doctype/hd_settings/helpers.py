"""The note for requesters who write outside working hours, for the settings page."""

from typing import TypedDict

import frappe

from helpdesk.access import require_permission
from helpdesk.settings import get_settings
from helpdesk.tickets import banner


class BannerMessage(TypedDict):
    """The shipped text, the site's own one, and the switch."""

    default: str
    current: str | None
    enabled: bool


@frappe.whitelist()
def get_banner_msg() -> BannerMessage:
    """Return the texts of the note. For those who may read the settings."""
    require_permission("HD Settings", "read")
    settings = get_settings()
    current = (settings.outside_working_hours_message or "").strip()
    return BannerMessage(
        default=banner.default_text(), current=current or None, enabled=bool(settings.enable_outside_hours_banner)
    )
