"""The embedded profile: one process that serves pages and API, sockets, background jobs and the schedule of one site.

    uvicorn ─┬─ /socket.io  → Socket.IO server (event loop)
             └─ the rest    → the WSGI application in a pool of threads
    worker threads, scheduler thread

Everything lives in the site's folder. A process that is killed loses nothing that was committed: the next one finds
interrupted jobs again.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import frappe
from frappe.exceptions import LockTimeoutError, ValidationError
from frappe.utils.urls import serve_at

Scope = dict[str, Any]
Asgi = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]

WEB_THREADS = 8
GRACE_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""How long an idle connection stays open: longer than a proxy keeps its own, so that it reuses none that we close."""


@dataclass(frozen=True)
class ServerOptions:
    """How to serve a site."""

    site: str
    sites_path: str = "."
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = WEB_THREADS
    with_jobs: bool = True
    access_log: bool = False


class SiteLock:
    """Held by the process that serves a site: alone, or together with others where the cache is in Redis."""

    def __init__(self, site: str, sites_path: str):
        self._path = Path(sites_path, site, "locks", "server.lock")
        self._file: IO[str] | None = None

    def acquire(self, shared: bool = False) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            owner = file.read().strip() or "unknown"
            file.close()
            raise LockTimeoutError(f"This site is already served by process {owner}. Stop that one first.") from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def serve(options: ServerOptions) -> None:
    """Serve a site until SIGINT or SIGTERM; requests and jobs that run are given a few seconds to end."""
    several = _check(options)
    lock = SiteLock(options.site, options.sites_path)
    lock.acquire(shared=several)
    try:
        with _quiet_signals(), asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(options))
    finally:
        lock.release()


@contextmanager
def _quiet_signals() -> Iterator[None]:
    """Let a signal end the server and nothing else: uvicorn raises it again when it has stopped."""
    former = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # not made for every platform; the standard loop does the same, slower
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


def _check(options: ServerOptions) -> bool:
    """Refuse early, in words, what would fail later in a traceback; tell whether there may be several servers."""
    with frappe.init_site(options.site, options.sites_path):
        frappe.connect()
        if "frappe" not in frappe.get_installed_apps():
            raise ValidationError(
                f"The site {options.site} is not complete: make it anew with frappe new-site --force."
            )
        return bool(frappe.conf.redis_cache) and frappe.db.db_type != "sqlite"


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address. Raises ValidationError when it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
        raise ValidationError(reason) from None
    listener.set_inheritable(True)
    return listener


async def _serve(options: ServerOptions) -> None:
    import uvicorn

    from frappe.websockets import WebSocketProtocol

    listener = bind(options.host, options.port)
    serve_at(options.site, options.host, listener.getsockname()[1])
    house = House(options)

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await house.end_conversations()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        house.asgi,
        interface="asgi3",  # cannot be guessed from a method
        ws=WebSocketProtocol,
        lifespan="off",
        log_level="info" if options.access_log else "warning",
        access_log=options.access_log,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        backlog=2048,
    )
    try:
        await house.open()
        await Server(config).serve(sockets=[listener])
    finally:
        await house.close()


class House:
    """What runs in the process: the application, the sockets, the workers and the schedule."""

    def __init__(self, options: ServerOptions):
        from frappe.app import make_application
        from frappe.asgi import WsgiBridge
        from frappe.jobs.worker import WorkerPool
        from frappe.socketio.access import Application
        from frappe.socketio.server import RealtimeServer
        from frappe.utils.scheduler import SchedulerThread

        self.options = options
        wsgi: Any = make_application(options.site, options.sites_path)
        self._web = WsgiBridge(wsgi, options.threads)
        self._realtime = RealtimeServer(Application(options.site, options.sites_path, wsgi))
        self._sockets = self._realtime.asgi()
        self._workers = WorkerPool(options.site, options.sites_path)
        self._scheduler = SchedulerThread(options.site, options.sites_path)

    async def asgi(self, scope: Scope, receive: Any, send: Any) -> None:
        """Pass a request on to who answers it."""
        if scope["type"] == "websocket" or scope["path"].startswith("/socket.io"):
            await self._sockets(scope, receive, send)
        else:
            await self._web(scope, receive, send)

    async def open(self) -> None:
        await self._realtime.start()
        if self.options.with_jobs:
            self._workers.start()
            self._scheduler.start()

    async def end_conversations(self) -> None:
        """Close the sockets, which would otherwise stay open as long as their browsers like."""
        await self._realtime.stop()

    async def close(self) -> None:
        """Stop the schedule first, then let running jobs end."""
        await self.end_conversations()
        if self.options.with_jobs:
            await asyncio.to_thread(self._stop_jobs)
        self._save_deferred()
        self._web.executor.shutdown(wait=False, cancel_futures=True)

    def _stop_jobs(self) -> None:
        self._scheduler.stop()
        if not self._workers.stop(GRACE_SECONDS):
            print("A background job did not end in time; it is run again at the next start.", flush=True)

    def _save_deferred(self) -> None:
        from frappe.deferred_insert import save_to_db

        with frappe.init_site(self.options.site, self.options.sites_path):
            frappe.connect()
            save_to_db()
            frappe.db.commit()
