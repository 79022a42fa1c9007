"""Mails that the help desk writes by itself: what caused them must not fail because they cannot leave."""

from typing import Any

import frappe
from frappe import _

from helpdesk.compat import sendmail
from helpdesk.inbox.accounts import can_send

NOTED_KEY = "helpdesk:notices_are_not_mailed"
DAY = 24 * 60 * 60


def send(**options: Any) -> bool:
    """Mail a notice if this site has an account to send it; otherwise note it for the operator. Tell which it was.

    Takes the arguments of `compat.sendmail`.
    """
    if not can_send():
        _note()
        return False
    try:
        sendmail(**options)
    except frappe.OutgoingEmailError:
        # There are accounts, but none for this mail: none of them is the default one.
        frappe.clear_last_message()
        _note()
        return False
    return True


def _note() -> None:
    """Write to the Error Log, once a day, that notices stay unsent."""
    if frappe.cache.get_value(NOTED_KEY):
        return
    frappe.cache.set_value(NOTED_KEY, 1, expires_in_sec=DAY)
    frappe.log_error(
        title=_("Notices are not mailed"),
        message=_("There is no default e-mail account for outgoing mail. Set one up under Settings, E-mail Accounts."),
    )
