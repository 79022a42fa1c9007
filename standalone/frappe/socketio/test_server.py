"""Rooms and events of the socket server, with real clients and an application that says who may what."""

import asyncio
import json
import queue
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import socketio
import uvicorn

from frappe.socketio import bus
from frappe.socketio.access import Credentials, Visitor
from frappe.socketio.redis_bus import RedisBus
from frappe.socketio.server import MAX_EVENTS, RealtimeServer
from frappe.websockets import WebSocketProtocol

pytestmark = pytest.mark.slow

SITE = "desk.localhost"
ROOM = "open_doc:HD Ticket/7"


@dataclass
class Cast:
    """Stands for the application: who has which session, and who may read what."""

    sites_path: str
    site: str = SITE
    sessions: dict[str, Visitor] = field(
        default_factory=lambda: {
            "anna": Visitor("anna@example.com", "System User"),
            "arne": Visitor("arne@example.com", "System User"),
            "cleo": Visitor("cleo@customer.example", "Website User"),
            "Guest": Visitor("Guest", "Website User"),
        }
    )
    readers: set[str] = field(default_factory=lambda: {"anna@example.com", "arne@example.com"})
    bus: RedisBus | None = None

    def who_is(self, credentials: Credentials) -> Visitor | None:
        return self.sessions.get(credentials.sid)

    def is_still(self, visitor: Visitor, credentials: Credentials) -> bool:
        return self.who_is(credentials) == visitor

    def may_follow(self, user: str, doctype: str, name: Any = None) -> bool:
        return user in self.readers

    def allowed(self, user: str, wanted: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        return wanted if user in self.readers else []

    def remote_bus(self) -> RedisBus | None:
        return self.bus

    def app_handlers(self) -> dict[str, str]:
        return {}

    def trusted_origins(self) -> list[str]:
        return []


class Running:
    """A socket server in a thread of the test process."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        assert self._ready.wait(10)

    async def _run(self) -> None:
        self.realtime = RealtimeServer(self.cast)  # type: ignore[arg-type]
        config = uvicorn.Config(self.realtime.asgi(), ws=WebSocketProtocol, lifespan="off", log_level="error")
        self._server = uvicorn.Server(config)
        self._server.shutdown = self._shut_down  # type: ignore[method-assign]
        await self.realtime.start()
        self.loop = asyncio.get_running_loop()
        self.loop.call_soon(self._ready.set)
        await self._server._serve([self._listener])

    async def _shut_down(self, sockets: Any = None) -> None:
        await self.realtime.stop()
        await uvicorn.Server.shutdown(self._server, sockets)

    def call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()


class Browser:
    """A client, with what it heard in a queue."""

    def __init__(self, running: Running, sid: str, transport: str = "websocket"):
        self.heard: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._client = socketio.Client(reconnection=False)
        self._client.on("*", self._hear, namespace=f"/{SITE}")
        url = f"http://127.0.0.1:{running.port}"
        self._client.connect(url, headers={"Cookie": f"sid={sid}"}, namespaces=[f"/{SITE}"], transports=[transport])
        self._websocket = self._client.eio.ws

    def _hear(self, event: str, *args: Any) -> None:
        self.heard.put((event, args[0] if args else None))

    def emit(self, event: str, *args: Any) -> None:
        self._client.emit(event, args, namespace=f"/{SITE}")

    def hears(self) -> tuple[str, Any]:
        return self.heard.get(timeout=5)

    def settle(self) -> None:
        """Wait until everything sent so far has been dealt with, in both directions."""
        self.emit("ping")
        event, _ = self.hears()
        assert event == "pong", f"unexpectedly heard {event}"

    @property
    def is_connected(self) -> bool:
        return bool(self._client.connected)

    def close(self) -> None:
        self._client.disconnect()
        if self._websocket is not None:
            self._websocket.shutdown()  # the client forgets it when the server hangs up first


Visit = Callable[..., Browser]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    (tmp_path / SITE / "locks").mkdir(parents=True)
    server = Running(Cast(str(tmp_path)))
    yield server
    server.stop()


@pytest.fixture
def visit(running: Running) -> Iterator[Visit]:
    browsers: list[Browser] = []

    def make(sid: str, **options: Any) -> Browser:
        browsers.append(Browser(running, sid, **options))
        return browsers[-1]

    yield make
    running.stop()  # a polling client hangs up only when the server does
    for browser in browsers:
        browser.close()


def publish(running: Running, event: str, room: str, message: Any = None) -> None:
    running.realtime.deliver({"event": event, "message": message, "room": room, "namespace": SITE})


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_everybody_hears_their_own_room_and_agents_the_room_of_all(
    running: Running, visit: Visit, transport: str
) -> None:
    anna, cleo = visit("anna", transport=transport), visit("cleo", transport=transport)
    publish(running, "for-anna", "user:anna@example.com", {"n": 1})
    publish(running, "for-agents", "all")
    publish(running, "for-everybody", "website")
    assert [anna.hears() for _ in range(3)] == [("for-anna", {"n": 1}), ("for-agents", None), ("for-everybody", None)]
    assert cleo.hears() == ("for-everybody", None)
    cleo.settle()


def test_a_guest_may_connect_and_hears_the_website_only(running: Running, visit: Visit) -> None:
    guest = visit("Guest")
    publish(running, "for-agents", "all")
    publish(running, "for-everybody", "website")
    assert guest.hears()[0] == "for-everybody"


@pytest.mark.parametrize("sid", ["", "stolen"])
def test_without_a_session_nobody_connects(visit: Visit, sid: str) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        visit(sid)


def test_a_page_of_another_host_cannot_connect(running: Running) -> None:
    environ = {"HTTP_COOKIE": "sid=anna", "HTTP_HOST": "desk.example"}
    foreign = running.realtime.connect(f"/{SITE}", "1", {**environ, "HTTP_ORIGIN": "http://evil.example"})
    with pytest.raises(socketio.exceptions.ConnectionRefusedError, match="Unauthorized"):
        running.call(foreign)
    assert not running.realtime.connections


def test_following_a_document_needs_the_right_to_read_it(running: Running, visit: Visit) -> None:
    anna, cleo = visit("anna"), visit("cleo")
    for browser in (anna, cleo):
        browser.emit("doc_subscribe", "HD Ticket", 7)
        browser.settle()
    publish(running, "doc_update", "doc:HD Ticket/7", {"name": 7})
    assert anna.hears() == ("doc_update", {"name": 7})
    cleo.settle()


@pytest.mark.parametrize(
    "arguments", [(), ("HD Ticket",), ("HD Ticket", {"name": ["like", "%"]}), ("HD Ticket", None), (["HD Ticket"], 7)]
)
def test_arguments_that_name_no_document_do_nothing(running: Running, visit: Visit, arguments: Any) -> None:
    anna = visit("anna")
    anna.emit("doc_subscribe", *arguments)
    anna.settle()
    publish(running, "doc_update", "doc:HD Ticket/7")
    anna.settle()


def test_a_room_cannot_be_guessed_by_a_pattern(running: Running, visit: Visit) -> None:
    anna = visit("anna")
    anna.emit("doc_subscribe", "HD Ticket", "%")
    anna.emit("task_subscribe", "*")
    anna.settle()
    publish(running, "doc_update", "doc:HD Ticket/7")
    publish(running, "progress", "task_progress:abc")
    anna.settle()


SUBSCRIPTIONS: list[tuple[str, str, tuple[Any, ...], str]] = [
    ("doctype_subscribe", "doctype_unsubscribe", ("HD Ticket",), "doctype:HD Ticket"),
    ("doc_subscribe", "doc_unsubscribe", ("HD Ticket", "7"), "doc:HD Ticket/7"),
    ("task_subscribe", "task_unsubscribe", ("abc",), "task_progress:abc"),
    ("progress_subscribe", "task_unsubscribe", ("abc",), "task_progress:abc"),
]


@pytest.mark.parametrize(("subscribe", "unsubscribe", "source", "room"), SUBSCRIPTIONS)
def test_what_is_followed_is_heard_until_it_is_followed_no_more(
    running: Running, visit: Visit, subscribe: str, unsubscribe: str, source: tuple[Any, ...], room: str
) -> None:
    anna = visit("anna")
    anna.emit(subscribe, *source)
    anna.settle()
    publish(running, "news", room, 1)
    assert anna.hears() == ("news", 1)
    anna.emit(unsubscribe, *source)
    anna.settle()
    publish(running, "news", room, 2)
    anna.settle()


def test_who_closes_a_document_is_told_of_no_more(visit: Visit) -> None:
    anna, arne = visit("anna"), visit("arne")
    anna.emit("doc_open", "HD Ticket", 7)
    anna.settle()
    arne.emit("doc_open", "HD Ticket", 7)
    for browser in (anna, arne):
        assert browser.hears()[0] == "doc_viewers"
    arne.emit("doc_close", "HD Ticket", 7)
    expected = {"doctype": "HD Ticket", "docname": "7", "users": ["anna@example.com"]}
    assert anna.hears() == ("doc_viewers", expected)
    arne.settle()


def test_those_who_have_a_document_open_hear_of_each_other(visit: Visit) -> None:
    anna = visit("anna")
    anna.emit("doc_open", "HD Ticket", 7)
    anna.settle()
    arne = visit("arne")
    arne.emit("doc_open", "HD Ticket", 7)
    expected = {"doctype": "HD Ticket", "docname": "7", "users": ["anna@example.com", "arne@example.com"]}
    assert anna.hears() == ("doc_viewers", expected)
    assert arne.hears() == ("doc_viewers", expected)
    arne.close()
    assert anna.hears() == ("doc_viewers", {**expected, "users": ["anna@example.com"]})


def test_who_loses_the_right_to_read_leaves_the_room(running: Running, visit: Visit) -> None:
    anna = visit("anna")
    anna.emit("doc_subscribe", "HD Ticket", 7)
    anna.settle()
    running.cast.readers.clear()
    running.call(running.realtime.recheck())
    publish(running, "doc_update", "doc:HD Ticket/7")
    anna.settle()


def test_who_is_logged_out_is_disconnected(running: Running, visit: Visit) -> None:
    anna, arne = visit("anna"), visit("arne")
    del running.cast.sessions["anna"]
    running.call(running.realtime.recheck())
    arne.settle()
    assert [one.visitor.user for one in running.realtime.connections.values()] == ["arne@example.com"]
    running.realtime.deliver({"control": "close_session", "sid": "arne"})
    until_empty(running)
    assert not any((anna.heard.qsize(), arne.heard.qsize()))


def until_empty(running: Running) -> None:
    pause = threading.Event()
    for _ in range(500):
        if not running.realtime.connections:
            return
        pause.wait(0.01)
    raise AssertionError("Connections are still open.")


def test_a_flood_of_events_ends_the_connection(running: Running, visit: Visit) -> None:
    anna = visit("anna")
    for _ in range(MAX_EVENTS + 1):
        anna.emit("ping")
    until_empty(running)


def test_another_process_reaches_the_server_through_the_sites_socket(running: Running, visit: Visit) -> None:
    anna = visit("anna")
    path = bus.socket_path(SITE, running.cast.sites_path)
    assert path.stat().st_mode & 0o077 == 0
    assert bus.send_to(path, {"event": "hello", "message": {"big": "x" * 300_000}, "room": "website"})
    event, message = anna.hears()
    assert event == "hello"
    assert len(json.dumps(message)) > 300_000


def test_nobody_listening_is_no_error(tmp_path: Path) -> None:
    assert not bus.send_to(bus.socket_path("quiet.localhost", str(tmp_path)), {"event": "x"})
