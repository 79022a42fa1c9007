"""The store of the services profile: values in Redis, shared by all processes, with a mirror of them in this one.

What is read often – meta, roles, documents – is unpickled once and then comes from the mirror, as objects. Every change
is noted in the journal, and each request begins with a look at it, so that a mirrored value is never older than the
last request. Values with an end, counters, lists and sets are always asked of Redis.

Without Redis nothing is remembered, and counters are kept in this process until it is back: a request never fails for
want of a cache. What changed meanwhile is not known there, so whoever missed Redis empties it first.
"""

from __future__ import annotations

import functools
import pickle
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from frappe.cache.journal import Note, RedisJournal
from frappe.cache.memory import MemoryStore
from frappe.utils.logger import get_logger

T = TypeVar("T")

MIRRORED = 50_000
"""How many values the mirror may hold before it starts afresh."""
TRY_AGAIN_SECONDS = 1.0
SCAN_COUNT = 1_000


def connect(url: str) -> redis.Redis:
    """Return a client of a Redis server, which opens connections when they are needed, and a dead one anew at once."""
    once_more = Retry(NoBackoff(), 1)
    return redis.Redis.from_url(
        url, socket_connect_timeout=2, socket_timeout=5, health_check_interval=30, retry=once_more
    )


def _or(fallback: Callable[..., Any]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Answer from `fallback` while Redis cannot be reached."""

    def decorate(function: Callable[..., T]) -> Callable[..., T]:
        @functools.wraps(function)
        def wrapper(self: RedisStore, *args: Any, **kwargs: Any) -> T:
            if time.monotonic() >= self._down_until:
                try:
                    self._make_up()
                    return function(self, *args, **kwargs)
                except (redis.ConnectionError, redis.TimeoutError) as error:
                    self._lost(error)
            return fallback(self, *args, **kwargs)  # type: ignore[no-any-return]

        return wrapper

    return decorate


def _nothing(self: RedisStore, *args: Any, **kwargs: Any) -> Any:
    return None


def _empty(self: RedisStore, *args: Any, **kwargs: Any) -> Any:
    return []


class RedisStore:
    """Values of one site in Redis. Keys that begin with one of `lasting` are not worked out from the database."""

    def __init__(self, client: redis.Redis, namespace: str, author: str, lasting: Sequence[str] = ()):
        self._client: Any = client
        self._journal = RedisJournal(client, f"{namespace}:journal", author)
        self._mirror = MemoryStore(journal=None)
        self._generation = 0
        self._begun = threading.local()
        self._size = 0
        self._down_until = 0.0
        self._meanwhile = MemoryStore(journal=None)
        self._namespace, self._lasting = namespace, lasting
        self._missed = threading.Lock()
        """Held from the loss of Redis until what it could not be told is made up for."""

    def _lost(self, error: Exception) -> None:
        self._forget_all()
        self._down_until = time.monotonic() + TRY_AGAIN_SECONDS
        if self._missed.acquire(blocking=False):
            get_logger("cache").warning("Redis cannot be reached, going on without: %s", error)
            threading.Thread(target=self._wait_for_return, name="cache-return", daemon=True).start()

    def _wait_for_return(self) -> None:
        """Look for Redis also when no request asks for it: the other processes may be reading what is old there."""
        while self._missed.locked():
            time.sleep(TRY_AGAIN_SECONDS)
            self.ping()

    def _make_up(self) -> None:
        """After a loss, empty the cache for all processes before it is used again."""
        if self._missed.locked():
            self._forget_all()
            self._remove(f"{self._namespace}|", self._lasting)
            with suppress(RuntimeError):  # somebody else was as quick
                self._missed.release()
            get_logger("cache").warning("Redis is back; its cache was emptied.")

    # -- the mirror ---------------------------------------------------------------------------------------------------

    @_or(lambda self: self._forget_all())
    def catch_up(self) -> None:
        notes = self._journal.news()
        if notes is None:
            self._forget_all()
        elif notes:
            self._generation += 1
            self._mirror.follow(notes)
        self._begun.generation = self._generation

    def _forget_all(self) -> None:
        self._generation += 1
        self._size = 0
        self._mirror.delete_prefix("")

    def _reflect(self, put: Callable[[], None], generation: int) -> None:
        """Mirror a value that was read, unless news came meanwhile that may be about it."""
        if generation == self._generation:
            self._size += 1
            if self._size > MIRRORED:
                self._forget_all()
            put()

    def _mirror_if_fresh(self, put: Callable[[], None]) -> None:
        """Mirror a value that this request has made, unless news came since it began: it may be made of old rows."""
        self._reflect(put, getattr(self._begun, "generation", self._generation))

    def _write(self, notes: Sequence[Note], *command: Any) -> None:
        """Change something and tell the others, in one go."""
        pipeline = self._client.pipeline(transaction=False)
        pipeline.execute_command(*command)
        self._journal.write_to(pipeline, notes)
        pipeline.execute()

    # -- values -------------------------------------------------------------------------------------------------------

    @_or(lambda self, key: self._meanwhile.get(key))
    def get(self, key: str) -> Any:
        mirrored = self._mirror.get(key)
        if mirrored is not None:
            return mirrored
        generation = self._generation
        raw, left = self._client.pipeline(transaction=False).get(key).pttl(key).execute(raise_on_error=False)
        if isinstance(raw, redis.ResponseError):  # a list, set or hash
            return None
        value = _load(raw)
        if left == -1 and not isinstance(value, int):  # numbers may be counters
            self._reflect(lambda: self._mirror.set(key, value), generation)
        return value

    @_or(_nothing)
    def set(self, key: str, value: Any, expires_in_sec: float | None = None) -> None:
        raw = _dump(value)
        if raw is None:
            self._mirror_if_fresh(lambda: self._mirror.set(key, value, expires_in_sec))
            return
        end = ("PX", max(1, int(expires_in_sec * 1000))) if expires_in_sec else ()
        self._mirror.delete([key])
        self._write([["key", key]], "SET", key, raw, *end)
        if not expires_in_sec and not isinstance(value, int):
            self._mirror_if_fresh(lambda: self._mirror.set(key, value))

    @_or(_nothing)
    def delete(self, keys: Sequence[str]) -> None:
        if not keys:
            return
        self._mirror.delete(keys)
        self._write([["key", key] for key in keys], "UNLINK", *keys)

    @_or(_nothing)
    def delete_prefix(self, prefix: str, lasting: Sequence[str] = ()) -> None:
        self._mirror.delete_prefix(prefix, lasting)
        self._remove(prefix, lasting)

    def _remove(self, prefix: str, lasting: Sequence[str]) -> None:
        found = [key for key in self._scan(prefix) if not key.startswith(tuple(lasting))]
        for start in range(0, len(found), SCAN_COUNT):
            self._client.unlink(*found[start : start + SCAN_COUNT])
        self._journal.write([["prefix", prefix, *lasting]])

    def _scan(self, prefix: str) -> list[str]:
        escaped = "".join(f"\\{letter}" if letter in "*?[]\\" else letter for letter in prefix)
        return [key.decode() for key in self._client.scan_iter(match=f"{escaped}*", count=SCAN_COUNT)]

    @_or(_empty)
    def keys(self, prefix: str) -> list[str]:
        return list({*self._scan(prefix), *self._mirror.keys(prefix)})

    @_or(lambda self, key: self._meanwhile.ttl(key))
    def ttl(self, key: str) -> int:
        return int(self._client.ttl(key))

    @_or(lambda self, key, seconds: self._meanwhile.expire(key, seconds))
    def expire(self, key: str, seconds: float) -> None:
        self._mirror.delete([key])
        self._client.pexpire(key, max(1, int(seconds * 1000)))

    @_or(lambda self, key, amount: self._meanwhile.incrby(key, amount))
    def incrby(self, key: str, amount: int) -> int:
        return int(self._client.incrby(key, amount))

    # -- hashes -------------------------------------------------------------------------------------------------------

    @_or(_nothing)
    def hget(self, name: str, key: str) -> Any:
        mirrored = self._mirror.hget(name, key)
        if mirrored is not None:
            return mirrored
        generation = self._generation
        value = _load(self._client.hget(name, key))
        if value is not None and not isinstance(value, int):
            self._reflect(lambda: self._mirror.hset(name, key, value), generation)
        return value

    @_or(_nothing)
    def hset(self, name: str, key: str, value: Any) -> None:
        raw = _dump(value)
        self._mirror.hdel(name, [key])
        if raw is not None:
            self._write([["field", name, key]], "HSET", name, key, raw)
        if not isinstance(value, int):
            self._mirror_if_fresh(lambda: self._mirror.hset(name, key, value))

    @_or(lambda self, name: {})
    def hgetall(self, name: str) -> dict[str, Any]:
        stored = {field.decode(): _load(raw) for field, raw in self._client.hgetall(name).items()}
        return {**self._mirror.hgetall(name), **stored}

    @_or(_nothing)
    def hdel(self, name: str, keys: Sequence[str]) -> None:
        if not keys:
            return
        self._mirror.hdel(name, keys)
        self._write([["field", name, *keys]], "HDEL", name, *keys)

    @_or(lambda self, name, key, amount: self._meanwhile.hincrby(name, key, amount))
    def hincrby(self, name: str, key: str, amount: int) -> int:
        return int(self._client.hincrby(name, key, amount))

    # -- lists and sets -----------------------------------------------------------------------------------------------

    @_or(_nothing)
    def push(self, key: str, values: Sequence[Any], *, front: bool) -> None:
        if values:
            (self._client.lpush if front else self._client.rpush)(key, *map(_encode, values))

    @_or(_nothing)
    def pop(self, key: str, *, front: bool) -> Any:
        return _load((self._client.lpop if front else self._client.rpop)(key))

    @_or(_empty)
    def items(self, key: str, start: int = 0, stop: int = -1) -> list[Any]:
        return [_load(raw) for raw in self._client.lrange(key, start, stop)]

    @_or(_nothing)
    def trim(self, key: str, start: int, stop: int) -> None:
        self._client.ltrim(key, start, stop)

    @_or(_nothing)
    def add(self, key: str, values: Sequence[Any]) -> None:
        if values:
            self._client.sadd(key, *map(_encode, values))

    @_or(_nothing)
    def discard(self, key: str, values: Sequence[Any]) -> None:
        if values:
            self._client.srem(key, *map(_encode, values))

    @_or(lambda self, key: frozenset())
    def members(self, key: str) -> frozenset[Any]:
        return frozenset(map(_load, self._client.smembers(key)))

    @_or(lambda self: False)
    def ping(self) -> bool:
        return bool(self._client.ping())


def _encode(value: Any) -> bytes:
    """Return a value as Redis keeps it: whole numbers as digits, so that they can be counted on, the rest pickled."""
    if type(value) is int:
        return str(value).encode()
    return pickle.dumps(value, protocol=5)


def _dump(value: Any) -> bytes | None:
    """Return a value as Redis keeps it; None for one that has meaning in this process only, such as compiled meta."""
    if getattr(type(value), "stays_in_process", False):
        return None
    try:
        return _encode(value)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None


def _load(raw: bytes | None) -> Any:
    if raw is None:
        return None
    if not raw.startswith(b"\x80"):
        return int(raw)
    try:
        return pickle.loads(raw)  # only processes of the site write there
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, EOFError):  # of another version of the code
        return None
