"""Who has looked at a ticket."""

from typing import TYPE_CHECKING

from helpdesk.notifications import inapp

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def mark(ticket: "HDTicket", user: str) -> None:
    """Note that `user` has looked at the ticket, and clear what notified them about it."""
    ticket.add_viewed(user, force=True, unique_views=True)
    ticket.add_seen(user)
    inapp.clear(user, ticket=ticket.name)
