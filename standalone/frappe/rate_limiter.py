"""Limits on how often something may be called: one function per caller, or the whole site per window of time.

Counters live in `frappe.cache`, so they hold for every process that shares it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NoReturn

from frappe import exceptions
from frappe.context import is_active, local

SITE_COUNTER = "rate-limit-counter-{window}"
MAX_IDENTITY = 140


# -- one function -----------------------------------------------------------------------------------------------------


def rate_limit(
    key: str | None = None,
    limit: int | Callable[[], int] = 5,
    seconds: int = 24 * 60 * 60,
    methods: str | Iterable[str] = "ALL",
    ip_based: bool = True,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Let the web call the decorated function at most `limit` times in `seconds` for each caller.

    A caller is an address (`ip_based`), the value of the parameter `key`, or both together. Raises
    RateLimitExceededError (429). Stands below `@frappe.whitelist`; does nothing outside requests.
    """
    verbs = None if methods == "ALL" else {m.upper() for m in ([methods] if isinstance(methods, str) else methods)}

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            if _applies(verbs):
                allowed = limit() if callable(limit) else limit
                count_call(f"{function.__module__}.{function.__qualname__}", _caller(key, ip_based), allowed, seconds)
            return function(*args, **kwargs)

        return wrapper

    return decorate


def _applies(verbs: set[str] | None) -> bool:
    return is_active() and bool(local.request) and (verbs is None or local.request.method in verbs)


def _caller(key: str | None, ip_based: bool) -> str:
    """Return who is counted. The function itself names the counter, as one function has many addresses."""
    parts = [str(local.request_ip)] if ip_based else []
    if key:
        value = str(local.form_dict.get(key) or "")
        if not value and not ip_based:
            _refuse_missing(key)
        parts.append(value.strip().lower()[:MAX_IDENTITY])
    if not parts:
        raise ValueError("A rate limit needs a key or ip_based: otherwise all callers would share one counter.")
    return ":".join(parts)


def _refuse_missing(key: str) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_("Parameter {0} is missing.").format(key))


def count_call(what: str, caller: str, limit: int, seconds: int) -> None:
    """Count one call of `what` by `caller`; raises RateLimitExceededError beyond `limit` calls in `seconds`."""
    from frappe.cache import cache

    counter = cache.make_key(f"rl:{what}:{caller}")
    count = cache.incrby(counter, 1)
    if count == 1:
        cache.expire(counter, seconds)
    if count > limit:
        local.response_headers = {"Retry-After": str(max(1, int(cache.ttl(f"rl:{what}:{caller}"))))}
        from frappe.messages import throw
        from frappe.translate import _

        message = _("You have done this too often. Try again later.")
        throw(message, exceptions.RateLimitExceededError, title=_("Too Many Requests"))


# -- the whole site ---------------------------------------------------------------------------------------------------


class RateLimiter:
    """The share of a window that the site's requests have used, in microseconds of work."""

    def __init__(self, limit: float, window: float):
        from frappe.cache import cache

        self._cache = cache
        self.limit, self.window = int(limit * 1_000_000), max(1, int(window))
        self.started = time.perf_counter()
        self.rejected = False
        now = int(time.time())
        self.spent_in_window = now % self.window
        self.key = cache.make_key(SITE_COUNTER.format(window=now // self.window))
        self.counter = int(cache.get(self.key) or 0)

    @property
    def remaining(self) -> int:
        return max(0, self.limit - self.counter)

    @property
    def reset(self) -> int:
        return self.window - self.spent_in_window

    def check(self) -> None:
        """Raise TooManyRequestsError when the window is used up."""
        if self.counter >= self.limit:
            self.rejected = True
            from frappe.utils.refusals import refuse

            refuse("The site has reached its limit. Try again later.", exceptions.TooManyRequestsError)

    def add_cost(self) -> int:
        """Count the time since the request began and return it."""
        cost = int((time.perf_counter() - self.started) * 1_000_000)
        if not self.rejected:
            self._cache.incrby(self.key, cost)
            self._cache.expire(self.key, self.window)
        return cost

    def headers(self) -> dict[str, str]:
        cost = self.add_cost()
        described = {
            "X-RateLimit-Reset": str(self.reset),
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.remaining - (0 if self.rejected else cost))),
        }
        if self.rejected:
            described["Retry-After"] = str(self.reset)
        else:
            described["X-RateLimit-Used"] = str(cost)
        return described


def apply() -> None:
    """Refuse the current request when the site's configuration sets a `rate_limit` and it is used up."""
    configured = local.conf.rate_limit
    if not configured:
        return
    local.rate_limiter = RateLimiter(float(configured["limit"]), float(configured["window"]))
    local.rate_limiter.check()


def headers() -> dict[str, str]:
    """Return the headers that describe the limits which concern this response."""
    described: dict[str, str] = dict(local.get("response_headers") or {})
    limiter: RateLimiter | None = local.get("rate_limiter")
    if limiter is not None:
        described.update(limiter.headers())
    return described


__all__ = ["apply", "rate_limit"]
