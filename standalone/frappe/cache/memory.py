"""The embedded store: a dict in this process, guarded by a lock.

Several processes may work on one site (the server and a command line). Each one that invalidates something writes what
it was into a journal beside the database; each one reads what others have written when a request or job begins, and
forgets the same. So a value is never older than the last request, and what nobody invalidated stays: counters of rate
limits and failed logins among it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from threading import RLock
from typing import Any

from frappe.cache.journal import Journal, Note

SWEEP_FROM = 10_000
"""How many keys with an end there may be before the ended ones are dropped."""


class MemoryStore:
    """Values of one site in the memory of this process; `lasting` are prefixes of what stays when news were missed."""

    def __init__(self, journal: Journal | None, lasting: Sequence[str] = ()):
        self._values: dict[str, Any] = {}
        self._expiry: dict[str, float] = {}
        self._sweep_at = SWEEP_FROM
        self._lock = RLock()
        self._journal = journal
        self._lasting = tuple(lasting)

    # -- other processes ----------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        if self._journal:
            with self._lock:
                self.follow(self._journal.news())

    def _announce(self, *notes: Note) -> None:
        """Tell other processes that something they may hold is stale."""
        if self._journal and notes:
            with self._lock:
                self.follow(self._journal.write(notes))

    def follow(self, notes: list[Note] | None) -> None:
        """Forget what the notes say; nearly everything when they are not known."""
        if notes is None:
            self._drop_prefix("", self._lasting)
        for kind, name, *rest in notes or ():
            if kind == "prefix":
                self._drop_prefix(name, rest)
            elif kind == "field":
                self._drop_fields(name, rest)
            else:
                self._drop([name])

    # -- values -------------------------------------------------------------------------------------------------------

    def get(self, key: str) -> Any:
        expires_at = self._expiry.get(key)
        if expires_at is not None and expires_at <= time.monotonic():
            self._drop([key])
            return None
        return self._values.get(key)

    def set(self, key: str, value: Any, expires_in_sec: float | None = None) -> None:
        with self._lock:
            self._values[key] = value
            if expires_in_sec:
                self._note_expiry(key, expires_in_sec)
            else:
                self._expiry.pop(key, None)

    def delete(self, keys: Sequence[str]) -> None:
        self._announce(*(["key", key] for key in keys))
        self._drop(keys)

    def _drop(self, keys: Sequence[str]) -> None:
        with self._lock:
            for key in keys:
                self._values.pop(key, None)
                self._expiry.pop(key, None)

    def delete_prefix(self, prefix: str, lasting: Sequence[str] = ()) -> None:
        self._announce(["prefix", prefix, *lasting])
        self._drop_prefix(prefix, lasting)

    def _drop_prefix(self, prefix: str, lasting: Sequence[str]) -> None:
        self._drop([key for key in self.keys(prefix) if not key.startswith(tuple(lasting))])

    def keys(self, prefix: str) -> list[str]:
        with self._lock:
            return [key for key in self._values if key.startswith(prefix)]

    def ttl(self, key: str) -> int:
        if self.get(key) is None:
            return -2
        expires_at = self._expiry.get(key)
        return -1 if expires_at is None else max(0, round(expires_at - time.monotonic()))

    def expire(self, key: str, seconds: float) -> None:
        with self._lock:
            if key in self._values:
                self._note_expiry(key, seconds)

    def _note_expiry(self, key: str, seconds: float) -> None:
        """Remember when `key` ends; now and then drop what has ended and is never asked for again."""
        now = time.monotonic()
        self._expiry[key] = now + seconds
        if len(self._expiry) >= self._sweep_at:
            self._drop([name for name, moment in self._expiry.items() if moment <= now])
            self._sweep_at = max(SWEEP_FROM, 2 * len(self._expiry))

    def incrby(self, key: str, amount: int) -> int:
        with self._lock:
            value = int(self.get(key) or 0) + amount
            self._values[key] = value
            return value

    # -- hashes -------------------------------------------------------------------------------------------------------

    def hget(self, name: str, key: str) -> Any:
        fields = self.get(name)
        return fields.get(key) if fields else None

    def hset(self, name: str, key: str, value: Any) -> None:
        with self._lock:
            self._values.setdefault(name, {})[key] = value

    def hgetall(self, name: str) -> dict[str, Any]:
        return dict(self.get(name) or {})

    def hdel(self, name: str, keys: Sequence[str]) -> None:
        self._announce(["field", name, *keys])
        self._drop_fields(name, keys)

    def _drop_fields(self, name: str, keys: Sequence[str]) -> None:
        with self._lock:
            fields = self._values.get(name) or {}
            for key in keys:
                fields.pop(key, None)

    def hincrby(self, name: str, key: str, amount: int) -> int:
        with self._lock:
            fields = self._values.setdefault(name, {})
            fields[key] = int(fields.get(key) or 0) + amount
            return int(fields[key])

    # -- lists and sets -----------------------------------------------------------------------------------------------

    def push(self, key: str, values: Sequence[Any], *, front: bool) -> None:
        with self._lock:
            former = self.get(key) or []
            self._values[key] = [*reversed(values), *former] if front else [*former, *values]

    def pop(self, key: str, *, front: bool) -> Any:
        with self._lock:
            items = list(self.get(key) or [])
            value = items.pop(0 if front else -1) if items else None
            self._values[key] = items
            return value

    def items(self, key: str, start: int = 0, stop: int = -1) -> list[Any]:
        return list(self.get(key) or [])[_range(start, stop)]

    def trim(self, key: str, start: int, stop: int) -> None:
        with self._lock:
            self._values[key] = self.items(key, start, stop)

    def add(self, key: str, values: Sequence[Any]) -> None:
        with self._lock:
            self._values[key] = {*(self.get(key) or ()), *values}

    def discard(self, key: str, values: Sequence[Any]) -> None:
        with self._lock:
            self._values[key] = {*(self.get(key) or ())} - set(values)

    def members(self, key: str) -> frozenset[Any]:
        return frozenset(self.get(key) or ())

    def ping(self) -> bool:
        return True


def _range(start: int, stop: int) -> slice:
    """Return the slice of a range whose end is included, as Redis counts."""
    return slice(start, None if stop == -1 else stop + 1)
