"""Marks that something is being worked on, kept as files (or in Redis) so that they outlive the process that set them.

For "one at a time" within a block use `synchronization.filelock`; these marks stay until they are taken away.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from frappe.utils import redis_locks
from frappe.utils.synchronization import lock_path


class LockTimeoutError(Exception):
    """A mark was not taken away in time."""


def create_lock(name: str) -> bool:
    """Set a mark; False if it is there already. Two processes cannot both succeed."""
    path = _path(name)
    if redis_locks.is_used():
        return redis_locks.set_mark(path.stem)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        return False
    return True


def lock_exists(name: str) -> bool:
    """Tell whether a mark is set."""
    path = _path(name)
    return redis_locks.marked_since(path.stem) is not None if redis_locks.is_used() else path.exists()


def lock_age(name: str) -> float:
    """Return for how many seconds a mark has been set. Raises FileNotFoundError if it is not."""
    path = _path(name)
    if not redis_locks.is_used():
        return time.time() - path.stat().st_mtime
    since = redis_locks.marked_since(path.stem)
    if since is None:
        raise FileNotFoundError(name)
    return time.time() - since


def delete_lock(name: str) -> bool:
    """Take a mark away; False if it was not set."""
    path = _path(name)
    if redis_locks.is_used():
        return redis_locks.take_mark(path.stem)
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True


def release_document_locks() -> None:
    """Take away the marks of the documents that this request or job has locked."""
    from frappe.context import local

    for document in list(local.locked_documents):
        document.unlock()


def _path(name: str) -> Path:
    return lock_path(name).with_suffix(".mark")
