"""Who may join the conversation of a ticket by mail. A mail that may not becomes a ticket of its own.

A Message-ID can be claimed by whoever has seen one, a number in a subject by whoever can count, and a From address by
anybody. So the address must belong to the conversation, and must not be known to be forged. Cc of a mail from outside
makes nobody a part of it, nor does Reply-To: whoever forges a mail could let himself in.
"""

from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

import frappe
from frappe.utils import cstr

from helpdesk.conversation.messages import MESSAGE, SENT, of_ticket
from helpdesk.inbox.authentication import Verdict, judge

MOST_MESSAGES = 500
STAFF = "System User"


def may_join(mail: Message, ticket: Any, *, answered: set[str]) -> bool:
    """Tell whether the sender of `mail` may add to the conversation of `ticket`.

    `answered` are the addresses, in lower case, that the mail being answered went to. Whoever belongs to the
    conversation may; so may colleagues who can read the ticket, if our mail server vouches for their address; and so
    may a mail server that reports what became of a mail of ours.
    """
    address = sender_of(mail)
    verdict = judge(map(cstr, mail.get_all("Authentication-Results", [])), trusted_servers(), address)
    if verdict is Verdict.FORGED:
        return False
    if answered and is_report(mail):
        return True
    if not address:
        return False
    if address in answered or address in participants(ticket):
        return True
    return verdict is Verdict.PROVEN and _is_colleague(address, ticket)


def trusted_servers() -> list[str]:
    """Return the names of the mail servers whose findings count: `trusted_authserv_ids` of the site."""
    configured = frappe.conf.trusted_authserv_ids or []
    return [configured] if isinstance(configured, str) else list(configured)


def sender_of(mail: Message) -> str:
    """Return the address in From, in lower case; empty unless there is exactly one."""
    found = getaddresses([_decoded(field) for field in mail.get_all("From", [])])
    addresses = {address.casefold() for _name, address in found if "@" in address}
    return addresses.pop() if len(addresses) == 1 and len(found) == 1 else ""


def _decoded(field: Any) -> str:
    try:
        return str(make_header(decode_header(cstr(field))))
    except (HeaderParseError, LookupError, UnicodeError):
        return cstr(field)


def is_report(mail: Message) -> bool:
    """Tell whether a mail server reports on a delivery (RFC 3464)."""
    return mail.get_content_type() == "multipart/report"


def participants(ticket: Any) -> set[str]:
    """Return the addresses, in lower case, of the requester, of those who wrote before, and of those we wrote to."""
    found = [cstr(ticket.raised_by), cstr(frappe.db.get_value("User", ticket.owner, "email"))]
    rows = frappe.get_all(
        MESSAGE,
        filters=of_ticket(ticket.name),
        fields=["sender", "recipients", "cc", "bcc", "sent_or_received"],
        order_by="creation desc",
        limit=MOST_MESSAGES,
    )
    for row in rows:
        found.append(cstr(row.sender))
        if row.sent_or_received == SENT:
            found += [cstr(row.recipients), cstr(row.cc), cstr(row.bcc)]
    return addresses_in(*found)


def addresses_in(*fields: str) -> set[str]:
    """Return the addresses in header-like texts, in lower case."""
    return {address.casefold() for _name, address in getaddresses(fields) if "@" in address}


def _is_colleague(address: str, ticket: Any) -> bool:
    user = frappe.db.get_value("User", {"email": address, "enabled": 1, "user_type": STAFF})
    return bool(user) and bool(frappe.has_permission("HD Ticket", "read", doc=ticket, user=user))
