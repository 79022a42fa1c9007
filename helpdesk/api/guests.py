"""What agents and managers do about people without an account."""

from typing import TypedDict

import frappe

from helpdesk.access import access_ticket, agents_only, managers_only
from helpdesk.guests import links, widget
from helpdesk.notifications import mail
from helpdesk.tickets import activity


class Link(TypedDict):
    """Where the requester follows a ticket."""

    url: str


@frappe.whitelist(methods=["POST"])
@agents_only
def get_link(ticket: str | int) -> Link:
    """Return an address to pass on to the requester: the portal's, or a new secret link without an account."""
    found = access_ticket(ticket, "write")
    activity.record(found.name, "made a link for the requester")
    return Link(url=mail.follow_url(found))


@frappe.whitelist(methods=["POST"])
@agents_only
def revoke_links(ticket: str | int) -> int:
    """Make all secret links to a ticket useless; return how many there were."""
    found = access_ticket(ticket, "write")
    count = links.revoke(found.name)
    if count:
        activity.record(found.name, "revoked the links of the requester")
    return count


@frappe.whitelist(methods=["POST"])
@managers_only
def rotate_widget_key() -> str:
    """Give the widget a new key and return it. Websites that use the old one show nothing until they are changed."""
    key = widget.new_key()
    frappe.db.set_single_value("HD Settings", "widget_key", key)
    frappe.clear_document_cache("HD Settings", "HD Settings")
    return key
