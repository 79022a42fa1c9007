"""The bell between whoever commits a job and the worker threads of the same process."""

from __future__ import annotations

import threading


class Bell:
    """An event that several threads can wait for, each seeing every ring."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    def set(self) -> None:
        """Ring: everybody who waits, or who looked before this ring, wakes up."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    @property
    def rings(self) -> int:
        """How often it rang; remember this before looking for work, and pass it to `wait`."""
        return self._rings

    def wait(self, seen: int, timeout: float) -> bool:
        """Wait until it rings for the `seen + 1`-th time; return False when `timeout` seconds passed before."""
        with self._condition:
            return self._condition.wait_for(lambda: self._rings != seen, timeout)


work_waits = Bell()
