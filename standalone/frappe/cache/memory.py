"""The embedded store: a dict in this process, guarded by a lock.

Several processes may work on one site (the server and a command line). Each one that invalidates something touches a
stamp file beside the database; each one looks at the stamp when a request or job begins and starts afresh when somebody
else has touched it. So a value is never older than the last request.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from threading import RLock
from typing import Any

SWEEP_FROM = 10_000
"""How many keys with an end there may be before the ended ones are dropped."""


class MemoryStore:
    """Values of one site in the memory of this process."""

    def __init__(self, stamp_path: str | None):
        self._values: dict[str, Any] = {}
        self._expiry: dict[str, float] = {}
        self._sweep_at = SWEEP_FROM
        self._lock = RLock()
        self._stamp_path = stamp_path
        self._seen_stamp = self._read_stamp()

    # -- other processes ----------------------------------------------------------------------------------------------

    def _read_stamp(self) -> int:
        if not self._stamp_path:
            return 0
        try:
            return os.stat(self._stamp_path).st_mtime_ns
        except FileNotFoundError:
            return 0

    def catch_up(self) -> None:
        stamp = self._read_stamp()
        if stamp != self._seen_stamp:
            with self._lock:
                self._values.clear()
                self._expiry.clear()
                self._seen_stamp = stamp

    def _announce(self) -> None:
        """Tell other processes that something they may hold is stale."""
        if not self._stamp_path:
            return
        self.catch_up()
        folder = Path(self._stamp_path).parent
        if not folder.parent.is_dir():
            return
        folder.mkdir(exist_ok=True)
        Path(self._stamp_path).touch()
        stamp = max(time.time_ns(), self._seen_stamp + 1)
        os.utime(self._stamp_path, ns=(stamp, stamp))
        self._seen_stamp = self._read_stamp()

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
        self._announce()
        self._drop(keys)

    def _drop(self, keys: Sequence[str]) -> None:
        with self._lock:
            for key in keys:
                self._values.pop(key, None)
                self._expiry.pop(key, None)

    def delete_prefix(self, prefix: str) -> None:
        self._announce()
        self._drop(self.keys(prefix))

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
        self._announce()
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

    def change_list(self, key: str, change: Callable[[list[Any]], list[Any]]) -> None:
        with self._lock:
            self._values[key] = change(list(self.get(key) or []))

    def pop_list(self, key: str, index: int) -> Any:
        with self._lock:
            items = list(self.get(key) or [])
            value = items.pop(index) if items else None
            self._values[key] = items
            return value

    def change_set(self, key: str, change: Callable[[AbstractSet[Any]], AbstractSet[Any]]) -> None:
        with self._lock:
            self._values[key] = {*change(frozenset(self.get(key) or ()))}

    def ping(self) -> bool:
        return True
