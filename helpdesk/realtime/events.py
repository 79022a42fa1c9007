"""Events to the clients. They go out after the commit, and not at all if the transaction fails."""

from typing import Any

import frappe

WEBSITE = "website"
TICKET_ROOM = "open_doc:HD Ticket/{0}"


def ticket_room(ticket: str | int) -> str:
    """Return the room of everybody who looks at a ticket."""
    return TICKET_ROOM.format(ticket)


def _ticket(ticket: str | int, **more: Any) -> dict[str, Any]:
    """Return what an event says: the id as a number, also where a link to the ticket gave it as text."""
    return {**more, "ticket_id": int(ticket)}


def publish(event: str, data: dict[str, Any] | None = None, room: str = WEBSITE) -> None:
    """Send an event to a room after the commit."""
    frappe.publish_realtime(event, data or {}, room=room, after_commit=True)


def ticket_created() -> None:
    """Tell everybody that there is a new ticket; the event carries nothing, lists ask for themselves."""
    publish("helpdesk:new-ticket")


def ticket_changed(ticket: str | int) -> None:
    """Tell the viewers of a ticket that it has changed."""
    publish("helpdesk:ticket-update", _ticket(ticket), ticket_room(ticket))


def comments_changed(ticket: str | int) -> None:
    """Tell the viewers of a ticket that its comments have changed."""
    publish("helpdesk:ticket-comment", _ticket(ticket), ticket_room(ticket))


def reaction_changed(ticket: str | int, comment: str) -> None:
    """Tell the viewers of a ticket that somebody reacted to a comment."""
    publish("helpdesk:comment-reaction-update", _ticket(ticket, comment=comment), ticket_room(ticket))


def settings_changed() -> None:
    """Tell everybody that the settings of the help desk have changed."""
    publish("helpdesk:settings-updated")


def availability_changed(agent: str, availability: str, changed_on: Any) -> None:
    """Tell everybody whether an agent is there."""
    data = {"agent": agent, "availability": availability, "availability_changed_on": str(changed_on)}
    publish("agent_availability_updated", data)
