"""`frappe.cache`: values that outlive a request, shared by everything that serves the site.

What a store must be able to do is the protocol `Store`. Where the configuration names `redis_cache` it is Redis, for
any number of processes and machines; else the memory of this process. On both, a request has its own copy of a value,
the same one until somebody stores another. `shared_cache` gives what is stored itself, to the runtime, which reads some
values on every request and changes none. What stands in lists and sets, the names of keys and fields, and what `get`
reads are bytes, as they come from Redis.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from frappe.cache.copies import copied, is_unchangeable
from frappe.cache.journal import FileJournal
from frappe.cache.memory import MemoryStore
from frappe.cache.pipeline import Pipeline
from frappe.cache.store import Store
from frappe.config import real_path
from frappe.context import current_state, is_active

_stores: dict[tuple[str, ...], Store] = {}

LASTING_KEYS = ("rl:", "rate-limit-counter-", "login_failures:", "otp_last_step", "message_id:", "deferred_insert_")
"""What is counted or handed out, not worked out from the database; it outlives `frappe.clear_cache()`."""


class SiteCache:
    """The cache of the active site; also callable, because older code writes `frappe.cache().get_value(…)`."""

    def __call__(self) -> SiteCache:
        return self

    # -- copies -------------------------------------------------------------------------------------------------------

    def _stored(self, key: Any, value: Any) -> Any:
        """Return what to store for `value`, which this request goes on to use."""
        stored = copied(value)
        if stored is not value and is_active():
            current_state().cache[key] = (stored, value)
        return stored

    def _own(self, key: Any, stored: Any) -> Any:
        """Return this request's copy of what is stored: the one it has, or a new one of something new."""
        if is_unchangeable(stored):
            return stored
        if not is_active():
            return copied(stored)
        copies = current_state().cache
        known = copies.get(key)
        if known is None or known[0] is not stored:
            known = copies[key] = (stored, copied(stored))
        return known[1]

    # -- values -------------------------------------------------------------------------------------------------------

    def make_key(self, key: str, user: str | bool | None = None, shared: bool = False) -> str:
        """Return the key as the store knows it; `user=True` stands for the session user."""
        if user:
            name = current_state().session.user if user is True else user
            key = f"user:{name}:{key}"
        return key if shared else f"{_site_prefix()}|{key}"

    def get_value(
        self,
        key: str,
        generator: Callable[[], Any] | None = None,
        user: str | bool | None = None,
        expires: bool = False,
        shared: bool = False,
        use_local_cache: bool = True,
    ) -> Any:
        """Return the value of `key`, None when missing; `generator` makes and stores a missing one.

        With `expires` or without `use_local_cache` it is a copy that nobody else in this request has.
        """
        full = self.make_key(key, user, shared)
        stored = _store().get(full)
        if stored is None and generator is not None:
            value = generator()
            _store().set(full, self._stored(full, value))
            return value
        return copied(stored) if expires or not use_local_cache else self._own(full, stored)

    def set_value(
        self,
        key: str,
        val: Any,
        user: str | bool | None = None,
        expires_in_sec: float | None = None,
        shared: bool = False,
    ) -> None:
        """Store `val`, for `expires_in_sec` seconds if given."""
        full = self.make_key(key, user, shared)
        _store().set(full, self._stored(full, val), expires_in_sec)

    def delete_value(
        self,
        keys: str | bytes | Iterable[str | bytes],
        user: str | bool | None = None,
        make_keys: bool = True,
        shared: bool = False,
    ) -> None:
        """Forget one key or several, here and in every process that serves the site."""
        names = map(_text, [keys] if isinstance(keys, str | bytes) else keys)
        _store().delete([self.make_key(name, user, shared) if make_keys else name for name in names])

    def delete_key(self, key: str, user: str | bool | None = None, shared: bool = False) -> None:
        self.delete_value(key, user=user, shared=shared)

    def delete_keys(self, key: str) -> None:
        """Forget every key of the site that begins with `key`."""
        _store().delete_prefix(self.make_key(key.rstrip("*")))

    def get_keys(self, key: str) -> list[bytes]:
        """Return the stored keys of the site that begin with `key`, as the store knows them."""
        return [name.encode() for name in _store().keys(self.make_key(key.rstrip("*")))]

    def get_all(self, key: str) -> dict[bytes, Any]:
        """Return `{key: value}` of every key of the site that begins with `key`."""
        return {name: copied(_store().get(name.decode())) for name in self.get_keys(key)}

    def exists(self, *keys: str, user: str | bool | None = None, shared: bool = False) -> int:
        """Return how many of `keys` are stored."""
        return sum(_store().get(self.make_key(key, user, shared)) is not None for key in keys)

    def ttl(self, key: str, user: str | bool | None = None, shared: bool = False) -> int:
        """Return the seconds `key` has left; -1 without expiry, -2 when missing."""
        return _store().ttl(self.make_key(key, user, shared))

    get_ttl = ttl

    def clear(self) -> None:
        """Forget what is worked out from the database; limits and locks go on counting."""
        _store().delete_prefix(f"{_site_prefix()}|", _lasting())

    def flushall(self) -> None:
        """Forget everything of the site."""
        _store().delete_prefix(f"{_site_prefix()}|")

    def ping(self) -> bool:
        return _store().ping()

    # -- hashes -------------------------------------------------------------------------------------------------------

    def hset(self, name: str, key: Any, value: Any, shared: bool = False, *args: Any, **kwargs: Any) -> None:
        full, field = self.make_key(name, shared=shared), _text(key)
        _store().hset(full, field, self._stored((full, field), value))

    def hget(
        self,
        name: str,
        key: Any,
        generator: Callable[[], Any] | None = None,
        shared: bool = False,
    ) -> Any:
        full, field = self.make_key(name, shared=shared), _text(key)
        stored = _store().hget(full, field)
        if stored is None and generator is not None:
            value = generator()
            _store().hset(full, field, self._stored((full, field), value))
            return value
        return self._own((full, field), stored)

    def hgetall(self, name: str, shared: bool = False) -> dict[bytes, Any]:
        fields = _store().hgetall(self.make_key(name, shared=shared))
        return {key.encode(): copied(value) for key, value in fields.items()}

    def hexists(self, name: str, key: Any, shared: bool = False) -> bool:
        return _store().hget(self.make_key(name, shared=shared), _text(key)) is not None

    def hdel(self, name: str, keys: Any, shared: bool = False, pipeline: Any = None) -> None:
        fields = keys if isinstance(keys, list | tuple | set) else [keys]
        _store().hdel(self.make_key(name, shared=shared), [_text(field) for field in fields])

    def hdel_keys(self, names: Iterable[str], key: Any) -> None:
        for name in names:
            self.hdel(name, key)

    def hdel_names(self, names: Iterable[str], key: Any) -> None:
        self.hdel_keys(names, key)

    def hkeys(self, name: str, shared: bool = False) -> list[bytes]:
        return list(self.hgetall(name, shared=shared))

    def hincrby(self, name: str, key: Any, amount: int = 1, shared: bool = False) -> int:
        return _store().hincrby(self.make_key(name, shared=shared), _text(key), amount)

    # -- counters -----------------------------------------------------------------------------------------------------

    def incrby(self, key: str, amount: int = 1) -> int:
        """Add to a counter under a complete key (see `make_key`) and return its new value."""
        return _store().incrby(key, amount)

    def incr(self, key: str) -> int:
        return self.incrby(key, 1)

    def get(self, key: str) -> Any:
        """Return the bytes of a text or number under a complete key (see `make_key`); other values as they are."""
        value = _store().get(key)
        return _raw(value) if _is_plain(value) else copied(value)

    def setex(self, name: str, time: float, value: Any) -> None:
        """Store under a complete key for `time` seconds."""
        _store().set(name, value, time)

    def expire(self, key: str, seconds: float) -> None:
        """Give a complete key `seconds` to live."""
        _store().expire(key, seconds)

    def pipeline(self, *_: Any, **__: Any) -> Pipeline:
        """Return an object that collects calls and runs them with `execute()`."""
        return Pipeline(self)

    # -- lists and sets -----------------------------------------------------------------------------------------------

    def lpush(self, key: str, *values: Any) -> int:
        """Put texts or numbers before a list and return its new length."""
        _store().push(self.make_key(key), [_raw(value) for value in values], front=True)
        return self.llen(key)

    def rpush(self, key: str, *values: Any) -> int:
        """Put texts or numbers behind a list and return its new length."""
        _store().push(self.make_key(key), [_raw(value) for value in values], front=False)
        return self.llen(key)

    def lpop(self, key: str) -> bytes | None:
        return cast("bytes | None", _store().pop(self.make_key(key), front=True))

    def rpop(self, key: str) -> bytes | None:
        return cast("bytes | None", _store().pop(self.make_key(key), front=False))

    def llen(self, key: str) -> int:
        return len(_store().items(self.make_key(key)))

    def lrange(self, key: str, start: int, stop: int) -> list[bytes]:
        return _store().items(self.make_key(key), start, stop)

    def ltrim(self, key: str, start: int, stop: int) -> None:
        _store().trim(self.make_key(key), start, stop)

    def sadd(self, name: str, *values: Any) -> None:
        _store().add(self.make_key(name), [_raw(value) for value in values])

    def srem(self, name: str, *values: Any) -> None:
        _store().discard(self.make_key(name), [_raw(value) for value in values])

    def sismember(self, name: str, value: Any) -> bool:
        return _raw(value) in _store().members(self.make_key(name))

    def spop(self, name: str) -> bytes | None:
        members = self.smembers(name)
        if not members:
            return None
        chosen = next(iter(members))
        self.srem(name, chosen)
        return chosen

    def srandmember(self, name: str, count: int | None = None) -> Any:
        members = list(self.smembers(name))
        if count is None:
            return members[0] if members else None
        return members[:count]

    def smembers(self, name: str) -> set[bytes]:
        return set(_store().members(self.make_key(name)))


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | bytes | int | float) and not isinstance(value, bool)


def _raw(value: Any) -> bytes:
    """Return a text or number as Redis keeps it. Raises TypeError for anything else, which Redis refuses as well."""
    if not _is_plain(value):
        raise TypeError(
            f"Lists and sets of the cache hold texts and numbers, not {type(value).__name__}: dump it first."
        )
    return value if isinstance(value, bytes) else str(value).encode()


def _text(key: Any) -> str:
    return key.decode() if isinstance(key, bytes) else str(key)


class SharedCache(SiteCache):
    """The same values, without copies."""

    def _stored(self, key: Any, value: Any) -> Any:
        return value

    def _own(self, key: Any, stored: Any) -> Any:
        return stored


cache = SiteCache()
shared_cache = SharedCache()


def _site_prefix() -> str:
    """Return what the keys of the active site begin with; the same on every machine that serves it."""
    return str(current_state().conf.db_name)


def _lasting() -> tuple[str, ...]:
    return tuple(f"{_site_prefix()}|{key}" for key in LASTING_KEYS)


def _store() -> Store:
    if not is_active() or not current_state().site:
        return _no_site_store
    state = current_state()
    store = state.__dict__.get("cache_store")
    if store is None:
        store = state.cache_store = _open_store()  # type: ignore[attr-defined]
        store.catch_up()
    return store


_no_site_store = MemoryStore(journal=None)


def _open_store() -> Store:
    state = current_state()
    url = state.conf.redis_cache
    key = (str(os.getpid()), url or str(real_path(state.site_path)), _site_prefix())
    store = _stores.get(key)
    if store is None:
        store = _stores.setdefault(key, _redis_store(url) if url else _memory_store(Path(key[1])))
    return store


def _memory_store(site_path: Path) -> Store:
    return MemoryStore(FileJournal(site_path / "locks" / "cache.journal"), _lasting())


def _redis_store(url: str) -> Store:
    from frappe.cache.redis_store import RedisStore, connect

    return RedisStore(connect(url), _site_prefix(), author=secrets.token_hex(8), lasting=_lasting())


def clear_cache(user: str | None = None, doctype: str | None = None) -> None:
    """Drop cached data: of one user, of one DocType (meta, columns, documents), or of the whole site."""
    from frappe.cache.clearing import clear_doctype, clear_site, clear_user

    if doctype:
        clear_doctype(doctype)
    elif user:
        clear_user(user)
    else:
        clear_site()
