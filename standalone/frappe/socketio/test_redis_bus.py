"""Browsers of two servers are in the same rooms, with Redis between the servers."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from frappe.socketio.redis_bus import Listener, Presence, RedisBus
from frappe.socketio.test_server import ROOM, SITE, Browser, Cast, Running
from frappe.testing.services import from_environment

DOC = ("HD Ticket", "7")
HERE = from_environment().missing_redis() is None
pytestmark = [] if HERE else [pytest.mark.parametrize("bus", [], indirect=True)]
"""Without Redis there is nothing to run."""


@pytest.fixture
def bus() -> Iterator[RedisBus]:
    name = f"frappe_test_{secrets.token_hex(6)}"
    made = RedisBus(from_environment().redis, SITE, name)
    yield made
    from_environment().forget_keys(name)
    made.client.close()


@pytest.fixture
def servers(bus: RedisBus, tmp_path: Path) -> Iterator[list[Running]]:
    running = []
    for number in range(2):
        (tmp_path / str(number) / SITE / "locks").mkdir(parents=True)
        running.append(Running(Cast(str(tmp_path / str(number)), bus=bus)))
    for server in running:
        listener = server.realtime._remote_listener
        assert listener and listener.is_listening.wait(5)
    yield running
    for server in running:
        server.stop()


@pytest.fixture
def visit(servers: list[Running]) -> Iterator[Callable[[int, str], Browser]]:
    browsers: list[Browser] = []

    def make(server: int, sid: str) -> Browser:
        browsers.append(Browser(servers[server], sid))
        return browsers[-1]

    yield make
    for server in servers:
        server.stop()
    for browser in browsers:
        browser.close()


def test_an_event_reaches_browsers_of_every_server_that_may_hear_it(bus: RedisBus, visit: Any) -> None:
    anna, arne, cleo = visit(0, "anna"), visit(1, "arne"), visit(1, "cleo")
    for one in (anna, arne, cleo):
        one.emit("doc_subscribe", *DOC)
        one.settle()
    bus.publish({"event": "doc_update", "message": {"name": "7"}, "room": "doc:HD Ticket/7"})
    bus.publish({"event": "the-end", "room": "website"})
    assert [anna.hears(), anna.hears()] == [("doc_update", {"name": "7"}), ("the-end", None)]
    assert [arne.hears(), arne.hears()] == [("doc_update", {"name": "7"}), ("the-end", None)]
    assert cleo.hears() == ("the-end", None)


def test_those_who_have_a_document_open_hear_of_each_other_across_servers(visit: Any) -> None:
    anna, arne = visit(0, "anna"), visit(1, "arne")
    anna.emit("doc_open", *DOC)
    anna.settle()
    arne.emit("doc_open", *DOC)
    both = {"doctype": DOC[0], "docname": DOC[1], "users": ["anna@example.com", "arne@example.com"]}
    assert anna.hears() == ("doc_viewers", both)
    assert arne.hears() == ("doc_viewers", both)
    arne.emit("doc_close", *DOC)
    assert anna.hears() == ("doc_viewers", {**both, "users": ["anna@example.com"]})


def test_who_logs_out_is_disconnected_from_every_server(bus: RedisBus, servers: list[Running], visit: Any) -> None:
    anna, arne = visit(1, "anna"), visit(1, "arne")
    bus.publish({"control": "close_session", "sid": "anna"})
    bus.publish({"event": "after", "room": "website"})
    assert arne.hears() == ("after", None)
    assert not any(one.credentials.sid == "anna" for one in servers[1].realtime.connections.values())
    assert anna


def test_records_of_other_sites_and_junk_are_left_alone(bus: RedisBus, visit: Any) -> None:
    anna = visit(0, "anna")
    for record in (
        {"event": "x", "room": "website", "namespace": "another.site"},
        {"event": "x", "room": "website", "namespace": SITE, "database": "another"},
        {"room": "website", "namespace": SITE, "database": bus.database},
    ):
        bus.client.publish("events", json.dumps(record))
    bus.client.publish("events", "no json")
    bus.publish({"event": "heard", "room": "website"})
    assert anna.hears() == ("heard", None)


def test_who_is_present_is_forgotten_with_a_dead_server(bus: RedisBus, monkeypatch: pytest.MonkeyPatch) -> None:
    presence = Presence(bus)
    presence.enter([(ROOM, "socket-1", "anna@example.com")])
    assert presence.users(ROOM) == {"socket-1": "anna@example.com"}
    monkeypatch.setattr("frappe.socketio.redis_bus.PRESENCE_SECONDS", -1)
    presence.enter([(ROOM, "socket-2", "arne@example.com")])
    assert "socket-2" not in presence.users(ROOM)


def test_without_redis_records_are_not_lost_silently(bus: RedisBus) -> None:
    gone = RedisBus("redis://127.0.0.1:1", SITE, bus.database)
    assert gone.publish({"event": "x", "room": "website"}) is False
    assert Presence(gone).users(ROOM) == {}
    listener = Listener(gone, print)
    listener.start()
    listener.stop()
    assert not listener.is_listening.is_set()
