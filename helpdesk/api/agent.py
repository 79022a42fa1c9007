"""Agents: inviting them, and saying whether one is there."""

from typing import TypedDict

import frappe
from frappe import _
from frappe.utils import validate_email_address

from helpdesk.access import agents_only, refuse
from helpdesk.agents import availability as presence
from helpdesk.agents import profile


class Availability(TypedDict):
    """The availability that was set."""

    availability: str


@frappe.whitelist()
@agents_only
def sent_invites(emails: list[str], send_welcome_mail_to_user: bool = True) -> None:
    """Make agents of these addresses, with an account and a welcome mail for those who have none.

    For managers; other agents may only bring in who works on tickets already.
    """
    addresses = [validate_email_address(email, throw=True) for email in dict.fromkeys(emails)]
    if not all(profile.may_become(address) for address in addresses):
        refuse(_("Only managers may invite people who are no agents yet."))
    for address in addresses:
        if not frappe.db.exists("User", address):
            _create_user(address, welcome=send_welcome_mail_to_user)
        profile.become(address)


def _create_user(address: str, *, welcome: bool) -> None:
    user = frappe.get_doc({"doctype": "User", "email": address, "first_name": address.split("@")[0]})
    user.send_welcome_email = int(welcome)
    user.flags.no_welcome_mail = not welcome
    user.insert(ignore_permissions=True)  # the caller may, see above


@frappe.whitelist()
@agents_only
def set_my_availability(availability: str) -> Availability:
    """Set the caller's own availability."""
    presence.set_own(frappe.session.user, availability)
    return Availability(availability=availability)
