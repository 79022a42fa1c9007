"""One at a time: locks between the processes that share a site, or a bench.

Where the configuration names a Redis the locks are there, and hold between machines; else they are files.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from frappe.config import get_bench_path, get_site_path
from frappe.exceptions import ValidationError
from frappe.utils.refusals import refuse

POLL_SECONDS = 0.05
FIRST_POLL_SECONDS = 0.001


class LockTimeoutError(ValidationError, TimeoutError):
    """Somebody else held a lock for longer than we wanted to wait."""


class Lock(Protocol):
    """What one process (or thread) at a time can hold. It goes away with the process that holds it."""

    def acquire(self, timeout: float) -> bool:
        """Try to hold it for at most `timeout` seconds, and tell whether that worked."""

    def is_held(self) -> bool:
        """Tell whether it is still ours."""

    def release(self) -> None:
        """Give it back."""


def lock_of(name: str, *, is_global: bool = False) -> Lock:
    """Return the lock of that name on this site, or on the bench."""
    from frappe.utils import redis_locks

    path = lock_path(name, is_global=is_global)
    if redis_locks.is_used():
        return redis_locks.RedisLock(path.stem, is_global=is_global)
    return FileLock(path)


@contextmanager
def filelock(lock_name: str, *, timeout: float = 30, is_global: bool = False) -> Iterator[None]:
    """Run a block while no other process (or thread) runs one under the same name on this site, or on the bench.

    Raises LockTimeoutError after `timeout` seconds. The lock goes away with the process that holds it.
    """
    lock = lock_of(lock_name, is_global=is_global)
    if not lock.acquire(timeout):
        refuse(f"The lock {lock_name} is still held by somebody else. Please try again later.", LockTimeoutError)
    try:
        yield
    finally:
        lock.release()


def lock_path(name: str, *, is_global: bool = False) -> Path:
    """Return the file that stands for a lock. Raises ValidationError for a name that could leave the folder."""
    from frappe.apps import scrub

    clean = scrub(name)
    if not clean or clean.startswith(".") or any(char in clean for char in "/\\\0"):
        refuse(f"{name!r} is not a name for a lock.")
    folder = os.path.join(get_bench_path(), "config") if is_global else get_site_path("locks")
    return Path(folder, f"{clean}.lock").absolute()


class FileLock:
    """A lock on a file; the operating system gives it back when the process ends, however it ends."""

    def __init__(self, path: Path):
        self._path = path
        self._handle: int | None = None

    def acquire(self, timeout: float) -> bool:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if _locked(handle, time.monotonic() + timeout):
                self._handle = handle
        finally:
            if self._handle != handle:
                os.close(handle)
        return self._handle is not None

    def is_held(self) -> bool:
        return self._handle is not None

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)  # which also gives the lock back
            self._handle = None


def _locked(handle: int, deadline: float) -> bool:
    import fcntl

    pause = FIRST_POLL_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 2, POLL_SECONDS)


__all__ = ["LockTimeoutError", "filelock"]
