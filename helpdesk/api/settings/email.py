"""Mail accounts, for the settings page."""

import frappe

from helpdesk.access import require_permission
from helpdesk.inbox import setup
from helpdesk.inbox.accounts import ACCOUNT


@frappe.whitelist()
def create_email_account(data: dict) -> str:
    """Connect a mail account; return its name."""
    require_permission(ACCOUNT, "create")
    return setup.connect(data)
