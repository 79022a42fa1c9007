"""What viewers of a ticket tell each other, with a connection made of lists."""

import json
import unittest
from typing import Any

from helpdesk.realtime import handlers

ROOM = "open_doc:HD Ticket/7"


class Room:
    """Who is connected, and what was sent to whom: `(room, event, data)`."""

    def __init__(self) -> None:
        self.members: list[tuple[str, str]] = []
        self.sent: list[tuple[str, str, Any]] = []


class FakeSocket:
    """A connection of one user."""

    def __init__(self, user: str, room: Room, *, may_read: bool = True) -> None:
        self.user, self.room, self.may_read = user, room, may_read

    def has_permission(self, doctype: str, name: str | int | None = None) -> bool:
        return self.may_read

    def join(self, room: str) -> None:
        self.room.members.append((room, self.user))

    def leave(self, room: str) -> None:
        self.room.members.remove((room, self.user))

    def is_in(self, room: str) -> bool:
        return (room, self.user) in self.room.members

    def users_in(self, room: str) -> list[str]:
        return sorted({user for name, user in self.room.members if name == room})

    def emit_to(self, room: str, event: str, data: Any = None) -> None:
        self.room.sent.append((room, event, data))

    def broadcast(self, room: str, event: str, data: Any = None) -> None:
        self.room.sent.append((f"others in {room}", event, data))


class TestHandlers(unittest.TestCase):
    def setUp(self) -> None:
        self.room = Room()
        self.anna, self.arne = FakeSocket("anna", self.room), FakeSocket("arne", self.room)

    def test_w13_who_leaves_is_gone_from_the_viewers(self):
        handlers.view_ticket(self.anna, 7)
        handlers.view_ticket(self.arne, 7)
        handlers.stop_view_ticket(self.arne, 7)
        viewers = [json.loads(data["users"]) for _room, _event, data in self.room.sent]
        self.assertEqual(viewers, [["anna"], ["anna", "arne"], ["anna"]])
        self.assertEqual(self.room.sent[-1][2]["total_viewers"], 1)

    def test_who_may_not_read_a_ticket_does_not_enter_its_room(self):
        xenia = FakeSocket("xenia", self.room, may_read=False)
        handlers.view_ticket(xenia, 7)
        handlers.ticket_get_viewers(xenia, 7)
        self.assertEqual((self.room.members, self.room.sent), ([], []))

    def test_typing_reaches_the_others_only(self):
        handlers.view_ticket(self.anna, 7)
        self.room.sent.clear()
        handlers.helpdesk_ticket_typing(self.anna, 7)
        expected = [(f"others in {ROOM}", "helpdesk_ticket_typing", {"ticket_id": 7, "user": "anna"})]
        self.assertEqual(self.room.sent, expected)

    def test_who_is_outside_the_room_is_not_heard(self):
        handlers.view_ticket(self.anna, 7)
        self.room.sent.clear()
        handlers.notify_ticket_update(self.arne, 7, "status", "Closed")
        handlers.helpdesk_ticket_typing_stopped(self.arne, 7)
        self.assertEqual(self.room.sent, [])

    def test_viewers_are_told_to_who_asks(self):
        handlers.view_ticket(self.anna, 7)
        handlers.ticket_get_viewers(self.arne, 7)
        self.assertEqual(self.room.sent[-1][0], "user:arne")

    def test_a_blank_ticket_is_ignored(self):
        for event in (handlers.view_ticket, handlers.stop_view_ticket, handlers.ticket_get_viewers):
            event(self.anna, "")
        self.assertEqual(self.room.sent, [])
