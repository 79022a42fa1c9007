"""Tickets of which a person wants to hear nothing any more, but what is said to them by name."""

import frappe

from helpdesk.notifications import kinds

MUTE = "HD Ticket Mute"


def silences(user: str, kind: str, ticket: str | int) -> bool:
    """Tell whether `user` is not to hear of this; mentions and assignments always come."""
    return kind not in kinds.BY_NAME and is_muted(user, ticket)


def is_muted(user: str, ticket: str | int) -> bool:
    """Tell whether `user` has muted a ticket."""
    return bool(frappe.db.exists(MUTE, {"user": user, "ticket": ticket}))


def put(user: str, ticket: str | int, *, muted: bool) -> None:
    """Mute a ticket for `user`, who may read it, or let them hear of it again."""
    if not muted:
        frappe.db.delete(MUTE, {"user": user, "ticket": ticket})
    elif not is_muted(user, ticket):
        frappe.get_doc({"doctype": MUTE, "user": user, "ticket": ticket}).insert(ignore_permissions=True)  # one's own


def forget(ticket: str | int) -> None:
    """Forget who had muted a ticket that goes away."""
    frappe.db.delete(MUTE, {"ticket": ticket})
