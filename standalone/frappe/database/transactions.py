"""Callbacks around commit and rollback, and savepoints as blocks."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from frappe.context import local


class CallbackManager:
    """Functions to call once, in order, when a transaction reaches a certain point."""

    def __init__(self) -> None:
        self._functions: deque[Callable[[], Any]] = deque()

    def add(self, func: Callable[[], Any]) -> None:
        self._functions.append(func)

    def __call__(self, func: Callable[[], Any]) -> None:
        self.add(func)

    def run(self) -> None:
        """Call every function, also those that a called one adds."""
        while self._functions:
            self._functions.popleft()()

    def reset(self) -> None:
        self._functions.clear()

    def __len__(self) -> int:
        return len(self._functions)


@contextmanager
def savepoint(catch: type[BaseException] | tuple[type[BaseException], ...] = Exception) -> Iterator[None]:
    """Undo what the block did to the database when it raises `catch`, and go on after the block.

    Also a decorator. Other exceptions pass through.
    """
    from frappe.utils.strings import random_string

    name = "s" + random_string(10)
    database = local.db
    database.savepoint(name)
    try:
        yield
    except catch:
        database.rollback(save_point=name)
    else:
        database.release_savepoint(name)
