"""Secret links: whoever holds one may follow one ticket as its requester. Only a hash of the secret is stored."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

import frappe
from frappe.utils import add_to_date, cint, get_datetime, get_url, now_datetime

from helpdesk.settings import get_settings
from helpdesk.tickets.requester import address_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

LINK = "HD Ticket Link"
BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
DAYS = 30
KEPT_DAYS = 30
"""How long an expired link is still in the table, for who looks into what happened."""


@dataclass(frozen=True)
class Holder:
    """Who holds a link, and to which ticket."""

    ticket: "HDTicket"
    address: str


def issue(ticket: str | int, recipient: str, hours: int | None = None) -> str:
    """Return a new address of a ticket for a recipient; without `hours` it works as long as the settings say."""
    token = secrets.token_urlsafe(BYTES)
    lifetime = hours or 24 * (cint(get_settings().guest_link_days) or DAYS)
    frappe.get_doc(
        {
            "doctype": LINK,
            "ticket": ticket,
            "recipient": recipient.casefold(),
            "token_hash": hash_of(token),
            "expires_on": add_to_date(now_datetime(), hours=lifetime),
        }
    ).insert(ignore_permissions=True)  # made by the help desk itself, for the mail to the requester
    return get_url(f"/t/{token}")


def hash_of(token: str) -> str:
    """Return what is stored of a secret. It is random and long, so that a plain hash cannot be turned around."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Holder | None:
    """Return who holds the secret; None for one that is unknown, expired, revoked, or of a former requester.

    A ticket that was merged into another one of the same requester is followed there.
    """
    if not TOKEN.fullmatch(token):
        return None
    row = frappe.db.get_value(
        LINK, {"token_hash": hash_of(token)}, ["ticket", "recipient", "expires_on", "revoked"], as_dict=True
    )
    if not row or row.revoked or get_datetime(row.expires_on) <= now_datetime():
        return None
    if not frappe.db.exists("HD Ticket", row.ticket):
        return None
    ticket = frappe.get_doc("HD Ticket", row.ticket)
    if not belongs_to(ticket, row.recipient):
        return None
    target = ticket.get_merge_target()
    return Holder(target if target is not None and belongs_to(target, row.recipient) else ticket, row.recipient)


def belongs_to(ticket: "HDTicket", address: str) -> bool:
    """Tell whether an address is that of the ticket's requester."""
    return bool(address) and address_of(ticket.raised_by).casefold() == address.casefold()


def revoke(ticket: str | int) -> int:
    """Make all links to a ticket useless; return how many there were."""
    filters = {"ticket": ticket, "revoked": 0}
    count = int(frappe.db.count(LINK, filters))
    frappe.db.set_value(LINK, filters, "revoked", 1)
    return count


def forget(ticket: str | int) -> None:
    """Delete the links to a ticket that goes away."""
    frappe.db.delete(LINK, {"ticket": ticket})


def forget_expired() -> None:
    """Delete links that expired long ago. Runs daily."""
    frappe.db.delete(LINK, {"expires_on": ["<", add_to_date(now_datetime(), days=-KEPT_DAYS)]})
