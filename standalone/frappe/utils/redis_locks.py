"""Locks and marks in Redis, for sites that several machines serve.

A lock is held under a short lease, which a thread of this process renews; so it outlives no process by more than
`LEASE_SECONDS`. Marks stay until they are taken away.

While Redis is away no lock and no mark can be had, which LocksAwayError tells; but nobody is kept waiting by a mark
that cannot be seen.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from frappe.context import current_state, local
from frappe.exceptions import LocksAwayError
from frappe.utils.logger import get_logger
from frappe.utils.refusals import refuse

LEASE_SECONDS = 15.0
RENEW_SECONDS = 4.0


@contextmanager
def _needing_redis() -> Iterator[None]:
    from redis import RedisError

    try:
        yield
    except RedisError as error:
        get_logger("locks").warning("Redis cannot be reached: %s", error)
        refuse("Locks cannot be had at the moment. Please try again in a minute.", LocksAwayError)


def is_used() -> bool:
    """Tell whether the active site keeps its locks in Redis."""
    return bool(_url())


def _url() -> str | None:
    conf = current_state().conf
    url: str | None = conf.redis_queue or conf.redis_cache
    return url


@lru_cache
def _client(url: str, pid: int) -> Any:
    from frappe.cache.redis_store import connect

    return connect(url)


def client() -> Any:
    """Return the client of the Redis that holds the locks of the active site."""
    return _client(str(_url()), os.getpid())


def key_of(name: str, *, is_global: bool = False) -> str:
    return f"{'frappe' if is_global else local.conf.db_name}:lock:{name}"


class RedisLock:
    """A lock that holds between machines."""

    def __init__(self, name: str, *, is_global: bool = False):
        self._lock = client().lock(
            key_of(name, is_global=is_global), timeout=LEASE_SECONDS, sleep=0.02, thread_local=False
        )

    def acquire(self, timeout: float) -> bool:
        blocking = {"blocking_timeout": timeout} if timeout > 0 else {"blocking": False}
        with _needing_redis():
            if not self._lock.acquire(**blocking):
                return False
        _keeper.keep(self)
        return True

    def is_held(self) -> bool:
        with _needing_redis():
            return bool(self._lock.local.token) and bool(self._lock.owned())

    def renew(self) -> None:
        self._lock.extend(LEASE_SECONDS, replace_ttl=True)

    def release(self) -> None:
        from redis import RedisError

        _keeper.drop(self)
        try:
            self._lock.release()
        except RedisError as error:  # its lease has ended, or will
            get_logger("locks").warning("The lock %s could not be given back: %s", self._lock.name, error)


class _Keeper:
    """Renews the leases of the locks that this process holds."""

    def __init__(self) -> None:
        self._held: set[RedisLock] = set()
        self._guard = threading.Lock()
        self._pid = 0

    def keep(self, lock: RedisLock) -> None:
        with self._guard:
            self._held.add(lock)
            if self._pid != os.getpid():  # threads do not come along when a process forks
                self._pid = os.getpid()
                threading.Thread(target=self._renew_all, name="lock-keeper", daemon=True).start()

    def drop(self, lock: RedisLock) -> None:
        with self._guard:
            self._held.discard(lock)

    def _renew_all(self) -> None:
        from redis.exceptions import RedisError

        while True:
            time.sleep(RENEW_SECONDS)
            with self._guard:
                held = list(self._held)
            for lock in held:
                try:
                    lock.renew()
                except RedisError as error:
                    get_logger("locks").warning("The lock %s could not be renewed: %s", lock._lock.name, error)


_keeper = _Keeper()


# -- marks ------------------------------------------------------------------------------------------------------------


def set_mark(name: str) -> bool:
    """Set a mark; False if it is there already."""
    with _needing_redis():
        return bool(client().set(key_of(f"{name}.mark"), repr(time.time()), nx=True))


def marked_since(name: str) -> float | None:
    """Return when (seconds since the epoch) a mark was set; None when it is not, or cannot be seen."""
    from redis import RedisError

    try:
        value = client().get(key_of(f"{name}.mark"))
    except RedisError as error:
        get_logger("locks").warning("Redis cannot be reached, the mark %s is not seen: %s", name, error)
        return None
    return None if value is None else float(value)


def take_mark(name: str) -> bool:
    """Take a mark away; False if it was not set."""
    with _needing_redis():
        return bool(client().delete(key_of(f"{name}.mark")))
