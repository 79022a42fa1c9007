"""The Socket.IO server of the embedded profile: connections, rooms, and the framework's own client events."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import socketio

from frappe.jobs.signal import work_waits
from frappe.realtime import (
    ALL_ROOM,
    WEBSITE_ROOM,
    get_doc_room,
    get_doctype_room,
    get_open_doc_room,
    get_task_progress_room,
    get_user_room,
)
from frappe.socketio import bus, redis_bus
from frappe.socketio.access import Application, Credentials, Visitor, credentials_of, is_same_origin
from frappe.socketio.handlers import Socket, run_handler
from frappe.utils.logger import get_logger

T = TypeVar("T")

RECHECK_SECONDS = 30.0
MAX_ROOMS = 500
MAX_NAMESPACES = 32
MAX_EVENTS = 300
EVENTS_WINDOW = 10.0
THREADS = 4
OPEN_DOC = "open_doc:"
LISTEN_LIMIT = 16 * 1024 * 1024


@dataclass
class Connection:
    """One connected socket."""

    id: str
    namespace: str
    visitor: Visitor
    credentials: Credentials
    rooms: set[str] = field(default_factory=set)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=MAX_EVENTS))

    def is_too_loud(self) -> bool:
        """Tell whether more events came in the last seconds than a person can cause."""
        now = time.monotonic()
        self.recent.append(now)
        return len(self.recent) == MAX_EVENTS and now - self.recent[0] < EVENTS_WINDOW


def source_of(room: str) -> tuple[str, str | None] | None:
    """Return the (DocType, name) whose read permission a room needs; None for rooms that need none."""
    kind, _, rest = room.partition(":")
    if kind == "doctype":
        return rest, None
    if kind in ("doc", "open_doc"):
        doctype, _, name = rest.partition("/")
        return doctype, name
    return None


def is_name(value: Any) -> bool:
    """Tell whether a client's argument can be the name of a document."""
    return isinstance(value, str | int) and not isinstance(value, bool) and 0 < len(str(value)) <= 255


class RealtimeServer:
    """The socket server of one site. Made and used inside the event loop; `deliver` may be called from any thread."""

    def __init__(self, application: Application, executor: ThreadPoolExecutor | None = None):
        self.application = application
        self.sio = socketio.AsyncServer(
            async_mode="asgi",
            async_handlers=False,  # in the order a browser sends them: who closes a document at once has not opened it
            cors_allowed_origins=[],
            namespaces="*",
            logger=False,
            engineio_logger=False,
        )
        self.sio.register_namespace(_Namespace("*", self))
        self.connections: dict[str, Connection] = {}
        self._executor = executor or ThreadPoolExecutor(THREADS, thread_name_prefix="realtime")
        self._records: asyncio.Queue[bus.Record] = asyncio.Queue()
        self._handlers: dict[str, str] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._requests: set[asyncio.Task[None]] = set()
        self._listener: asyncio.AbstractServer | None = None
        self._remote: redis_bus.RedisBus | None = None
        self._remote_listener: redis_bus.Listener | None = None
        self._presence: redis_bus.Presence | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def asgi(self) -> Any:
        """Return the ASGI application that answers below `/socket.io`."""
        answer = socketio.ASGIApp(self.sio)

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await answer(scope, receive, send)
                return
            request = asyncio.create_task(answer(scope, receive, send))
            self._requests.add(request)
            try:
                await request
            except asyncio.CancelledError:
                request.cancel()
                if self._loop is not None:  # not our doing
                    raise
                await send({"type": "http.response.start", "status": 503, "headers": []})
                await send({"type": "http.response.body", "body": b""})
            finally:
                self._requests.discard(request)

        return app

    # -- life ---------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Begin to deliver records and to check connections again and again."""
        self._loop = asyncio.get_running_loop()
        self._handlers = await self.in_thread(self.application.app_handlers)
        self._tasks = [asyncio.create_task(self._deliver_all()), asyncio.create_task(self._recheck_all())]
        bus.register(self.application.site, self.deliver)
        self._remote = await self.in_thread(self.application.remote_bus)
        if self._remote:
            self._presence = redis_bus.Presence(self._remote)
            self._remote_listener = redis_bus.Listener(self._remote, self.deliver)
            self._remote_listener.start()
        else:
            await self._listen()

    async def stop(self) -> None:
        """Close everything. A second call does nothing."""
        if self._loop is None:
            return
        await self._note_all_absent()
        self._loop = None
        bus.unregister(self.application.site)
        if self._remote_listener:
            await asyncio.to_thread(self._remote_listener.stop)
        if self._listener:
            self._listener.close()
            self._socket_path.unlink(missing_ok=True)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for sid, connected in list(self.sio.eio.sockets.items()):
            if not connected.upgraded:  # websockets are closed by the web server, which tells browsers to come back
                await self.sio.eio.disconnect(sid)
        await asyncio.sleep(0)
        for request in list(self._requests):  # polls that still wait, some of browsers that have left long ago
            request.cancel()
        self._executor.shutdown(wait=False, cancel_futures=True)

    @property
    def _socket_path(self) -> Path:
        return bus.socket_path(self.application.site, self.application.sites_path)

    async def _listen(self) -> None:
        """Take records of other processes of this machine."""
        if not hasattr(asyncio, "start_unix_server"):
            return
        path = self._socket_path
        path.unlink(missing_ok=True)
        self._listener = await asyncio.start_unix_server(self._read_record, path, limit=LISTEN_LIMIT)
        path.chmod(0o600)

    async def _read_record(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self._records.put_nowait(json.loads(await asyncio.wait_for(reader.read(), timeout=5)))
        except (ValueError, TimeoutError):
            get_logger("realtime").warning("Another process sent a record that cannot be read.")
        finally:
            writer.close()

    # -- records ------------------------------------------------------------------------------------------------------

    def deliver(self, record: bus.Record) -> None:
        """Send a record to its room; from any thread, in order."""
        if self._loop and not self._loop.is_closed():
            with suppress(RuntimeError):  # the loop closes right now: nobody is left to hear of it
                self._loop.call_soon_threadsafe(self._records.put_nowait, record)

    async def _deliver_all(self) -> None:
        while True:
            record = await self._records.get()
            try:
                await self._deliver(record)
            except Exception:  # one bad record must not end the delivery of all others
                get_logger("realtime").exception("A record could not be delivered.")

    async def _deliver(self, record: bus.Record) -> None:
        control = record.get("control")
        if control == "wake":
            work_waits.set()
        elif control == "close_session":
            await self._close_session(str(record.get("sid")))
        else:
            await self._emit_here(record["event"], record.get("message"), record["room"], record.get("skip"))

    async def emit(self, event: str, message: Any, room: str, skip: str | None = None) -> None:
        """Send an event to a room, whichever server its members are connected to."""
        if self._remote and room not in self.connections:
            record = {"event": event, "message": message, "room": room, "skip": skip}
            if await self.in_thread(self._remote.publish, record):
                return
        await self._emit_here(event, message, room, skip)

    async def _emit_here(self, event: str, message: Any, room: str, skip: str | None = None) -> None:
        """Send an event to the members of a room who are connected here, in whatever namespace."""
        for namespace in {connection.namespace for connection in self.members(room)}:
            await self.sio.emit(event, message, room=room, namespace=namespace, skip_sid=skip)

    def members(self, room: str) -> list[Connection]:
        """Return the connections in a room; the id of a connection is a room too."""
        return [one for one in self.connections.values() if room in one.rooms or room == one.id]

    async def _close_session(self, sid: str) -> None:
        if sid and sid != "Guest":
            for connection in [one for one in self.connections.values() if one.credentials.sid == sid]:
                await self.close(connection)

    # -- connections --------------------------------------------------------------------------------------------------

    async def connect(self, namespace: str, sid: str, environ: dict[str, Any]) -> None:
        """Let a browser in, or refuse it with "Unauthorized"."""
        credentials = credentials_of(environ)
        visitor = await self._visitor(namespace, environ, credentials)
        if visitor is None:
            raise socketio.exceptions.ConnectionRefusedError("Unauthorized")
        connection = Connection(sid, namespace, visitor, credentials)
        self.connections[sid] = connection
        await self.join(connection, get_user_room(visitor.user))
        await self.join(connection, WEBSITE_ROOM)
        if visitor.is_system_user:
            await self.join(connection, ALL_ROOM)

    async def _visitor(self, namespace: str, environ: dict[str, Any], credentials: Credentials) -> Visitor | None:
        namespaces = {connection.namespace for connection in self.connections.values()}
        if namespace not in namespaces and len(namespaces) >= MAX_NAMESPACES:
            return None
        if not is_same_origin(environ) and not is_same_origin(environ, await self._trusted()):
            return None
        return await self.in_thread(self.application.who_is, credentials)

    async def _trusted(self) -> list[str]:
        return await self.in_thread(self.application.trusted_origins)

    async def disconnected(self, sid: str) -> None:
        """Forget a connection and tell the documents it had open."""
        connection = self.connections.pop(sid, None)
        if connection and self._loop is not None:
            for room in [room for room in connection.rooms if room.startswith(OPEN_DOC)]:
                await self._note_absence(room, sid)
                await self._tell_viewers(room, connection.visitor.user)

    async def close(self, connection: Connection) -> None:
        await self.sio.disconnect(connection.id, namespace=connection.namespace)

    async def join(self, connection: Connection, room: str) -> None:
        if len(connection.rooms) >= MAX_ROOMS:
            return
        connection.rooms.add(room)
        if self._presence and room.startswith(OPEN_DOC):
            place = (room, connection.id, connection.visitor.user)
            await self.in_thread(self._presence.enter, [place])
        await self.sio.enter_room(connection.id, room, namespace=connection.namespace)

    async def leave(self, connection: Connection, room: str) -> None:
        connection.rooms.discard(room)
        await self._note_absence(room, connection.id)
        await self.sio.leave_room(connection.id, room, namespace=connection.namespace)

    async def in_thread(self, function: Callable[..., T], *args: Any) -> T:
        """Run what blocks outside of the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._executor, function, *args)

    # -- client events ------------------------------------------------------------------------------------------------

    async def event(self, name: str, sid: str, args: tuple[Any, ...]) -> Any:
        """Answer an event of a client; unknown ones are ignored."""
        connection = self.connections.get(sid)
        if connection is None:
            return None
        if connection.is_too_loud():
            await self.close(connection)
            return None
        own = _EVENTS.get(name)
        if own:
            with suppress(TypeError):  # not the arguments this event takes
                await own(self, connection, *args)
            return None
        path = self._handlers.get(name)
        if path is None:
            return None
        site, root = self.application.site, self.application.sites_path
        socket = Socket(sid, connection.visitor, _ThreadRooms(self))
        return await self.in_thread(run_handler, site, root, path, socket, args)

    async def ping(self, connection: Connection, *_: Any) -> None:
        await self.sio.emit("pong", room=connection.id, namespace=connection.namespace)

    async def doctype_subscribe(self, connection: Connection, doctype: Any) -> None:
        await self._join_if_allowed(connection, get_doctype_room, doctype)

    async def doctype_unsubscribe(self, connection: Connection, doctype: Any) -> None:
        await self.leave(connection, get_doctype_room(doctype))

    async def doc_subscribe(self, connection: Connection, doctype: Any, name: Any) -> None:
        await self._join_if_allowed(connection, get_doc_room, doctype, name)

    async def doc_unsubscribe(self, connection: Connection, doctype: Any, name: Any) -> None:
        await self.leave(connection, get_doc_room(doctype, name))

    async def doc_open(self, connection: Connection, doctype: Any, name: Any) -> None:
        if await self._join_if_allowed(connection, get_open_doc_room, doctype, name):
            await self._tell_viewers(get_open_doc_room(doctype, name), connection.visitor.user)

    async def doc_close(self, connection: Connection, doctype: Any, name: Any) -> None:
        room = get_open_doc_room(doctype, name)
        if room in connection.rooms:
            await self.leave(connection, room)
            await self._tell_viewers(room, connection.visitor.user)

    async def task_subscribe(self, connection: Connection, task_id: Any) -> None:
        if is_name(task_id):
            await self.join(connection, get_task_progress_room(str(task_id)))

    async def task_unsubscribe(self, connection: Connection, task_id: Any) -> None:
        await self.leave(connection, get_task_progress_room(str(task_id)))

    async def _join_if_allowed(self, connection: Connection, room_of: Callable[..., str], *source: Any) -> bool:
        """Let the connection into the room of a DocType or a document that its user may read."""
        if not all(map(is_name, source)):
            return False
        if not await self.in_thread(self.application.may_follow, connection.visitor.user, *source):
            return False
        if connection.id not in self.connections:  # it left while we asked
            return False
        await self.join(connection, room_of(*source))
        return True

    async def _tell_viewers(self, room: str, acting_user: str) -> None:
        """Tell everybody who has a document open who else has; not the acting user alone about himself."""
        present = await self.in_thread(self.present, room)
        if not present or list(present.values()) == [acting_user]:
            return
        doctype, name = source_of(room) or ("", None)
        users = sorted(set(present.values()))
        await self.emit("doc_viewers", {"doctype": doctype, "docname": name, "users": users}, room)

    # -- who is there, on all servers ---------------------------------------------------------------------------------

    def present(self, room: str) -> dict[str, str]:
        """Return `{connection: user}` of everybody in a room, on any server; blocks where there are several."""
        here = {member.id: member.visitor.user for member in self.members(room)}
        elsewhere = self._presence.users(room) if self._presence else {}
        return {**elsewhere, **here}

    async def _note_presence(self) -> None:
        """Say again who has documents open here."""
        if self._presence:
            places = [
                (room, one.id, one.visitor.user)
                for one in self.connections.values()
                for room in one.rooms
                if room.startswith(OPEN_DOC)
            ]
            await self.in_thread(self._presence.enter, places)

    async def _note_all_absent(self) -> None:
        for one in list(self.connections.values()):
            for room in list(one.rooms):
                await self._note_absence(room, one.id)

    async def _note_absence(self, room: str, connection: str) -> None:
        if self._presence and room.startswith(OPEN_DOC):
            await self.in_thread(self._presence.leave, room, connection)

    # -- rights that end while connected ------------------------------------------------------------------------------

    async def _recheck_all(self) -> None:
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            try:
                await self.recheck()
            except Exception:  # the database may be away for a while; the next round asks again
                get_logger("realtime").exception("Checking the connections again failed.")

    async def recheck(self) -> None:
        """Close connections whose session has ended, and empty rooms of those who may no longer be there."""
        await self._note_presence()
        for credentials, members in self._by(lambda one: one.credentials).items():
            valid = await self.in_thread(self.application.is_still, members[0].visitor, credentials)
            for connection in members if not valid else ():
                await self.close(connection)
        for user, members in self._by(lambda one: one.visitor.user).items():
            await self._recheck_rooms(user, members)

    def _by(self, key: Callable[[Connection], T]) -> dict[T, list[Connection]]:
        groups: dict[T, list[Connection]] = {}
        for connection in self.connections.values():
            groups.setdefault(key(connection), []).append(connection)
        return groups

    async def _recheck_rooms(self, user: str, members: list[Connection]) -> None:
        sources = {room: source for one in members for room in one.rooms if (source := source_of(room))}
        if not sources:
            return
        allowed = set(await self.in_thread(self.application.allowed, user, list(set(sources.values()))))
        for connection in members:
            for room in [room for room in connection.rooms if room in sources and sources[room] not in allowed]:
                await self.leave(connection, room)


_EVENTS: dict[str, Callable[..., Any]] = {
    "ping": RealtimeServer.ping,
    "doctype_subscribe": RealtimeServer.doctype_subscribe,
    "doctype_unsubscribe": RealtimeServer.doctype_unsubscribe,
    "doc_subscribe": RealtimeServer.doc_subscribe,
    "doc_unsubscribe": RealtimeServer.doc_unsubscribe,
    "doc_open": RealtimeServer.doc_open,
    "doc_close": RealtimeServer.doc_close,
    "task_subscribe": RealtimeServer.task_subscribe,
    "task_unsubscribe": RealtimeServer.task_unsubscribe,
    "progress_subscribe": RealtimeServer.task_subscribe,
}


class _Namespace(socketio.AsyncNamespace):  # type: ignore[misc]
    """Passes everything on, whatever namespace the client chose: this server has one site."""

    def __init__(self, namespace: str, server: RealtimeServer):
        super().__init__(namespace)
        self._realtime = server

    async def trigger_event(self, event: str, *args: Any) -> Any:
        namespace, sid, *rest = args
        if event == "connect":
            return await self._realtime.connect(namespace, sid, rest[0])
        if event == "disconnect":
            return await self._realtime.disconnected(sid)
        return await self._realtime.event(event, sid, tuple(rest))


class _ThreadRooms:
    """What handlers in threads do with rooms; each call waits for the event loop."""

    def __init__(self, server: RealtimeServer):
        self._server = server

    def _wait(self, work: Any) -> Any:
        loop = self._server._loop
        if loop is None:
            raise RuntimeError("The socket server is not running.")
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=10)

    def join(self, socket_id: str, room: str) -> None:
        connection = self._server.connections.get(socket_id)
        if connection:
            self._wait(self._server.join(connection, room))

    def leave(self, socket_id: str, room: str) -> None:
        connection = self._server.connections.get(socket_id)
        if connection:
            self._wait(self._server.leave(connection, room))

    def is_in(self, socket_id: str, room: str) -> bool:
        connection = self._server.connections.get(socket_id)
        return connection is not None and room in connection.rooms

    def users_in(self, socket_id: str, room: str) -> list[str]:
        return sorted(set(self._server.present(room).values()))

    def emit(self, socket_id: str, event: str, data: Any, room: str, skip_self: bool) -> None:
        self._wait(self._server.emit(event, data, room, skip=socket_id if skip_self else None))
