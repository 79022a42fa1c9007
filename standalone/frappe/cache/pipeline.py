"""Several calls of the cache in one go, as clients of Redis write them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Pipeline:
    """Collect calls and run them in order with `execute`; each call returns the pipeline, so that they chain."""

    def __init__(self, cache: Any):
        self._cache = cache
        self._calls: list[Callable[[], Any]] = []

    def __getattr__(self, name: str) -> Callable[..., Pipeline]:
        method = getattr(self._cache, name)

        def later(*args: Any, **kwargs: Any) -> Pipeline:
            self._calls.append(lambda: method(*args, **kwargs))
            return self

        return later

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(self, *_: Any) -> None:
        self._calls.clear()

    def __len__(self) -> int:
        return len(self._calls)

    def execute(self) -> list[Any]:
        """Run what was collected and return the results in the same order."""
        calls, self._calls = self._calls, []
        return [call() for call in calls]
