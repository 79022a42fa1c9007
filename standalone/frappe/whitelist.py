"""Which functions the web may call. (H4: overwrite this file; keep the name `whitelist` importable without a site and light.)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def whitelist(
    allow_guest: bool = False, xss_safe: bool = False, methods: list[str] | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        return function

    return decorate
