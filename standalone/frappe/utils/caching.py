"""Decorators that remember what a function returned: for a request, for this process, or for everybody."""

from __future__ import annotations

import functools
import hashlib
import pickle
import time
from collections.abc import Callable
from threading import RLock
from typing import Any, overload

from frappe.cache import cache
from frappe.context import is_active, local

Function = Callable[..., Any]
_MISSING = object()


def _arguments_key(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return (args, frozenset(kwargs.items())) if kwargs else args


def request_cache(func: Function) -> Function:
    """Remember results until the request ends. Arguments must be hashable."""

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        if not is_active():
            return func(*args, **kwargs)
        results = local.request_cache.setdefault(func, {})
        key = _arguments_key(args, kwargs)
        if key not in results:
            results[key] = func(*args, **kwargs)
        return results[key]

    def clear_cache() -> None:
        if is_active():
            local.request_cache.pop(func, None)

    wrapper.clear_cache = clear_cache  # type: ignore[attr-defined]
    return wrapper


@overload
def site_cache(ttl: Function, maxsize: int | None = None) -> Function: ...
@overload
def site_cache(ttl: int | None = None, maxsize: int | None = None) -> Callable[[Function], Function]: ...
def site_cache(ttl: Any = None, maxsize: int | None = None) -> Any:
    """Remember results in this process, by site. For what may be stale in other processes only."""
    if callable(ttl):
        return _site_cached(ttl, None, None)
    return lambda func: _site_cached(func, ttl, maxsize)


def _site_cached(func: Function, ttl: float | None, maxsize: int | None) -> Function:
    results: dict[Any, tuple[Any, float | None]] = {}
    lock = RLock()

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        site = local.site_path if is_active() else None
        if not site:
            return func(*args, **kwargs)
        key = (site, _arguments_key(args, kwargs))
        value, expires_at = results.get(key, (_MISSING, None))
        if value is _MISSING or (expires_at is not None and expires_at <= time.monotonic()):
            value = func(*args, **kwargs)
            with lock:
                if maxsize and len(results) >= maxsize:
                    results.pop(next(iter(results)))
                results[key] = (value, time.monotonic() + ttl if ttl else None)
        return value

    wrapper.clear_cache = results.clear  # type: ignore[attr-defined]
    return wrapper


@overload
def redis_cache(ttl: Function, user: bool = False, shared: bool = False) -> Function: ...
@overload
def redis_cache(ttl: int | None = 3600, user: bool = False, shared: bool = False) -> Callable[[Function], Function]: ...
def redis_cache(ttl: Any = 3600, user: bool = False, shared: bool = False) -> Any:
    """Remember results in the shared cache for `ttl` seconds, by user if asked. None is remembered too."""
    if callable(ttl):
        return _shared_cached(ttl, 3600, user, shared)
    return lambda func: _shared_cached(func, ttl or 3600, user, shared)


def _shared_cached(func: Function, ttl: int, user: bool, shared: bool) -> Function:
    prefix = f"{func.__module__}.{func.__qualname__}"

    def clear_cache() -> None:
        cache.delete_keys(prefix)
        if user:
            cache.delete_keys("user:")

    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        digest = hashlib.blake2b(pickle.dumps((args, sorted(kwargs.items()))), digest_size=12).hexdigest()
        key = f"{prefix}::{digest}"
        found = cache.get_value(key, user=user, expires=True, shared=shared)
        if found is None:
            found = (func(*args, **kwargs),)
            cache.set_value(key, found, user=user, expires_in_sec=ttl, shared=shared)
        return found[0]

    wrapper.clear_cache = clear_cache  # type: ignore[attr-defined]
    wrapper.ttl = ttl  # type: ignore[attr-defined]
    return wrapper


def http_cache(
    max_age: int | None = None,
    stale_while_revalidate: int | None = None,
    public: bool = False,
) -> Callable[[Function], Function]:
    """Let browsers keep the answer of a GET endpoint for `max_age` seconds."""

    def decorate(func: Function) -> Function:
        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            result = func(*args, **kwargs)
            if is_active() and local.request is not None and local.request.method == "GET":
                parts = ["public" if public else "private"]
                if max_age is not None:
                    parts.append(f"max-age={max_age}")
                if stale_while_revalidate is not None:
                    parts.append(f"stale-while-revalidate={stale_while_revalidate}")
                local.response_headers_cache_control = ",".join(parts)
            return result

        return wrapper

    return decorate


__all__ = ["redis_cache", "request_cache", "site_cache"]
