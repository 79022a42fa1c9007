"""Marks that something is being worked on, kept as files so that they outlive the process that set them.

For "one at a time" within a block use `synchronization.filelock`; these marks stay until they are taken away.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from frappe.utils.synchronization import lock_path


class LockTimeoutError(Exception):
    """A mark was not taken away in time."""


def create_lock(name: str) -> bool:
    """Set a mark; False if it is there already. Two processes cannot both succeed."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        return False
    return True


def lock_exists(name: str) -> bool:
    """Tell whether a mark is set."""
    return _path(name).exists()


def lock_age(name: str) -> float:
    """Return for how many seconds a mark has been set. Raises FileNotFoundError if it is not."""
    return time.time() - _path(name).stat().st_mtime


def delete_lock(name: str) -> bool:
    """Take a mark away; False if it was not set."""
    try:
        _path(name).unlink()
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
