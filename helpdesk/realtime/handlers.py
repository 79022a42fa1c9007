"""What viewers of a ticket tell each other: who is here, who is typing, what has just changed.

Each function is a client event of the same name. Nobody enters a ticket's room without being able to read the
ticket, and nobody speaks into a room without being in it.
"""

import json
from typing import Any, Protocol

from helpdesk.realtime.events import ticket_room

TICKET = "HD Ticket"


class Socket(Protocol):
    """What a connection offers to these handlers."""

    user: str

    def has_permission(self, doctype: str, name: str | int | None = None) -> bool: ...

    def join(self, room: str) -> None: ...

    def leave(self, room: str) -> None: ...

    def is_in(self, room: str) -> bool: ...

    def users_in(self, room: str) -> list[str]: ...

    def emit_to(self, room: str, event: str, data: Any = None) -> None: ...

    def broadcast(self, room: str, event: str, data: Any = None) -> None: ...


def view_ticket(socket: Socket, ticket_id: str | int | None = None) -> None:
    """Enter a ticket's room, and tell everybody there who looks at it."""
    if ticket_id and socket.has_permission(TICKET, ticket_id):
        socket.join(ticket_room(ticket_id))
        _announce(socket, ticket_id, ticket_room(ticket_id))


def stop_view_ticket(socket: Socket, ticket_id: str | int | None = None) -> None:
    """Leave a ticket's room, and tell everybody there who still looks at it."""
    if ticket_id and socket.is_in(ticket_room(ticket_id)):
        socket.leave(ticket_room(ticket_id))
        _announce(socket, ticket_id, ticket_room(ticket_id))


def ticket_get_viewers(socket: Socket, ticket_id: str | int | None = None) -> None:
    """Tell only the asking user who looks at a ticket."""
    if ticket_id and socket.has_permission(TICKET, ticket_id):
        _announce(socket, ticket_id, f"user:{socket.user}")


def notify_ticket_update(
    socket: Socket, ticket_id: str | int | None = None, field: str | None = None, value: Any = None
) -> None:
    """Tell the other viewers that a field has changed."""
    _relay(socket, ticket_id, "ticket_update", {"field": field, "value": value})


def helpdesk_ticket_typing(socket: Socket, ticket_id: str | int | None = None) -> None:
    """Tell the other viewers that the user is typing."""
    _relay(socket, ticket_id, "helpdesk_ticket_typing", {})


def helpdesk_ticket_typing_stopped(socket: Socket, ticket_id: str | int | None = None) -> None:
    """Tell the other viewers that the user has stopped typing."""
    _relay(socket, ticket_id, "helpdesk_ticket_typing_stopped", {})


def _announce(socket: Socket, ticket_id: str | int, room: str) -> None:
    users = socket.users_in(ticket_room(ticket_id))
    # Clients expect the users as JSON text.
    viewers = {"ticket_id": ticket_id, "users": json.dumps(users), "total_viewers": len(users)}
    socket.emit_to(room, "ticket_viewers", viewers)


def _relay(socket: Socket, ticket_id: str | int | None, event: str, data: dict[str, Any]) -> None:
    if ticket_id and socket.is_in(ticket_room(ticket_id)):
        socket.broadcast(ticket_room(ticket_id), event, {"ticket_id": ticket_id, "user": socket.user, **data})
