"""Connections to SQLite files, kept open between requests, and the queue of those who want to write.

SQLite lets one connection write at a time. Waiting for the file's lock means polling it; inside a process `WriteQueue`
hands the turn over at once, and in the order of arrival.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import deque

from frappe.database import sqlite_functions
from frappe.database.values import read_date, read_datetime, read_time

IDLE_CONNECTIONS = 16
"""How many unused connections are kept per file."""

IN_MEMORY = ":memory:"

sqlite3.register_converter("DATE", read_date)
sqlite3.register_converter("DATETIME", read_datetime)
sqlite3.register_converter("TIMESTAMP", read_datetime)
sqlite3.register_converter("TIME", read_time)


class WriteQueue:
    """Whose turn it is to write to one file: first come, first served."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._owner: object | None = None
        self._owner_thread = 0
        self._waiting: deque[tuple[object, threading.Event]] = deque()

    def acquire(self, owner: object, timeout: float) -> bool:
        """Wait for the turn of `owner`; False when `timeout` seconds pass or this very thread holds up the queue."""
        with self._mutex:
            if self._owner is None or self._owner is owner:
                self._take(owner)
                return True
            if self._owner_thread == threading.get_ident():
                return False
            turn = threading.Event()
            self._waiting.append((owner, turn))
        if turn.wait(timeout):
            self._owner_thread = threading.get_ident()
            return True
        with self._mutex:
            if self._owner is owner:  # the turn came in the last moment
                self._owner_thread = threading.get_ident()
                return True
            self._waiting.remove((owner, turn))
        return False

    def release(self, owner: object) -> None:
        """End the turn of `owner`; does nothing when it was not its turn."""
        with self._mutex:
            if self._owner is not owner:
                return
            self._owner = None
            if self._waiting:
                following, turn = self._waiting.popleft()
                self._owner, self._owner_thread = following, 0
                turn.set()

    def _take(self, owner: object) -> None:
        self._owner, self._owner_thread = owner, threading.get_ident()


class Pool:
    """Open connections to one file."""

    def __init__(self, path: str):
        self.path = path
        self.writers = WriteQueue()
        self._idle: list[sqlite3.Connection] = []
        self._mutex = threading.Lock()

    def take(self, busy_timeout_ms: int) -> sqlite3.Connection:
        with self._mutex:
            connection = self._idle.pop() if self._idle else None
        connection = connection or _open(self.path)
        connection.execute(f"pragma busy_timeout = {int(busy_timeout_ms)}")
        return connection

    def give_back(self, connection: sqlite3.Connection) -> None:
        """Keep an idle connection for the next taker; one with an open transaction is closed."""
        if not connection.in_transaction and self.path != IN_MEMORY:
            with self._mutex:
                if len(self._idle) < IDLE_CONNECTIONS:
                    self._idle.append(connection)
                    return
        connection.close()

    def close_idle(self) -> None:
        with self._mutex:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


_pools: dict[tuple[int, str], Pool] = {}
_pools_mutex = threading.Lock()


def pool_for(path: str) -> Pool:
    """Return the pool of a file; a forked process gets a pool of its own, and every database in memory too."""
    if path == IN_MEMORY:
        return Pool(path)
    key = (os.getpid(), os.path.abspath(path))
    with _pools_mutex:
        if key not in _pools:
            _pools[key] = Pool(key[1])
        return _pools[key]


def forget(path: str) -> None:
    """Close the idle connections to a file, before it is deleted or replaced."""
    with _pools_mutex:
        pool = _pools.pop((os.getpid(), os.path.abspath(path)), None)
    if pool:
        pool.close_idle()


def _open(path: str) -> sqlite3.Connection:
    if path != IN_MEMORY:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    connection = sqlite3.connect(
        path,
        timeout=30,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
        detect_types=sqlite3.PARSE_DECLTYPES,
    )
    for pragma in ("journal_mode = wal", "synchronous = normal", "temp_store = memory", "cache_size = -16000"):
        connection.execute(f"pragma {pragma}").fetchall()
    sqlite_functions.register(connection)
    return connection
