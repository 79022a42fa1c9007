"""What an app's client event sees of the socket, and the thread it runs in."""

from __future__ import annotations

from typing import Any, Protocol

import frappe
from frappe.socketio.access import Visitor


class Rooms(Protocol):
    """What the socket server offers to threads; every call blocks until it is done."""

    def join(self, socket_id: str, room: str) -> None: ...

    def leave(self, socket_id: str, room: str) -> None: ...

    def users_in(self, socket_id: str, room: str) -> list[str]: ...

    def is_in(self, socket_id: str, room: str) -> bool: ...

    def emit(self, socket_id: str, event: str, data: Any, room: str, skip_self: bool) -> None: ...


class Socket:
    """One connection, as the handlers of apps see it."""

    def __init__(self, id: str, visitor: Visitor, rooms: Rooms):
        self.id = id
        self.user = visitor.user
        self.user_type = visitor.user_type
        self._rooms = rooms

    def has_permission(self, doctype: str, name: str | int | None = None) -> bool:
        """Tell whether the user of the socket may read a DocType, or one document that exists."""
        from frappe.realtime import may_follow

        return may_follow(doctype, name)

    def join(self, room: str) -> None:
        """Enter a room. Check permission first; it is checked again from time to time for rooms of documents."""
        self._rooms.join(self.id, room)

    def leave(self, room: str) -> None:
        self._rooms.leave(self.id, room)

    def is_in(self, room: str) -> bool:
        return self._rooms.is_in(self.id, room)

    def users_in(self, room: str) -> list[str]:
        """Return the distinct users whose sockets are in a room, sorted."""
        return self._rooms.users_in(self.id, room)

    def emit(self, event: str, data: Any = None) -> None:
        """Send an event to this connection only."""
        self._rooms.emit(self.id, event, data, self.id, skip_self=False)

    def emit_to(self, room: str, event: str, data: Any = None) -> None:
        """Send an event to everybody in a room, this connection included if it is there."""
        self._rooms.emit(self.id, event, data, room, skip_self=False)

    def broadcast(self, room: str, event: str, data: Any = None) -> None:
        """Send an event to the others in a room."""
        self._rooms.emit(self.id, event, data, room, skip_self=True)


def run_handler(site: str, sites_path: str, path: str, socket: Socket, args: tuple[Any, ...]) -> Any:
    """Call an app's handler as the user of the socket and commit what it wrote. After an error, logged, return None."""
    with frappe.init_site(site, sites_path):
        frappe.connect(set_admin_as_user=False)
        frappe.set_user(socket.user)
        try:
            answer = frappe.get_attr(path)(socket, *args)
            frappe.db.commit()
            return answer
        except (frappe.PermissionError, frappe.ValidationError, TypeError):
            frappe.db.rollback()
            frappe.logger("realtime").info("%s refused %r of %s", path, args, socket.user, exc_info=True)
        except Exception:  # an app's handler must not end the connection
            frappe.db.rollback()
            frappe.log_error(f"Socket event {path}")
            frappe.db.commit()
    return None
