"""Mail accounts, for the settings page."""

import frappe

from helpdesk.access import require_permission
from helpdesk.inbox import setup, trial
from helpdesk.inbox.accounts import ACCOUNT


@frappe.whitelist()
def create_email_account(data: dict) -> str:
    """Connect a mail account; return its name."""
    require_permission(ACCOUNT, "create")
    return setup.connect(data)


@frappe.whitelist(methods=["POST"])
def send_test_mail(account: str) -> str:
    """Send a mail through an account to the caller's own address, at once; return the address.

    What the server answers is raised in its words.
    """
    require_permission(ACCOUNT, "write")
    return trial.send(account, to=frappe.session.user)
