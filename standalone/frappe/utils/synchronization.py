"""One at a time: locks between the processes that share a site, or a bench."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from frappe.config import get_bench_path, get_site_path
from frappe.exceptions import ValidationError
from frappe.utils.refusals import refuse

POLL_SECONDS = 0.05
FIRST_POLL_SECONDS = 0.001


class LockTimeoutError(ValidationError, TimeoutError):
    """Somebody else held a lock for longer than we wanted to wait."""


@contextmanager
def filelock(lock_name: str, *, timeout: float = 30, is_global: bool = False) -> Iterator[None]:
    """Run a block while no other process (or thread) runs one under the same name on this site, or on the bench.

    Raises LockTimeoutError after `timeout` seconds. The lock goes away with the process that holds it.
    """
    path = lock_path(lock_name, is_global=is_global)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _acquire(handle, lock_name, time.monotonic() + timeout)
        yield
    finally:
        os.close(handle)  # which also gives the lock back


def lock_path(name: str, *, is_global: bool = False) -> Path:
    """Return the file that stands for a lock. Raises ValidationError for a name that could leave the folder."""
    from frappe.apps import scrub

    clean = scrub(name)
    if not clean or clean.startswith(".") or any(char in clean for char in "/\\\0"):
        refuse(f"{name!r} is not a name for a lock.")
    folder = os.path.join(get_bench_path(), "config") if is_global else get_site_path("locks")
    return Path(folder, f"{clean}.lock").absolute()


def _acquire(handle: int, name: str, deadline: float) -> None:
    import fcntl

    pause = FIRST_POLL_SECONDS
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN):
                raise
        if time.monotonic() >= deadline:
            refuse(f"The lock {name} is still held by somebody else. Please try again later.", LockTimeoutError)
        time.sleep(pause)
        pause = min(pause * 2, POLL_SECONDS)
