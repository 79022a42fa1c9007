"""Background jobs that tests can watch: they write down that they ran, and one waits for a sign."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import frappe


def ask(method: str, **kwargs: Any) -> None:
    """Enqueue one of the jobs below."""
    frappe.enqueue(f"e2e.slow_jobs.{method}", **kwargs)


def note(path: str, text: str) -> None:
    """Add a line to a file."""
    with Path(path).open("a") as file:
        file.write(f"{text}\n")


def hold(path: str, go: str) -> None:
    """Say that it has begun, wait until the file `go` is there, and leave a ToDo behind."""
    frappe.get_doc({"doctype": "ToDo", "description": f"held {path}"}).insert()
    note(path, "begun")
    while not Path(go).exists():
        time.sleep(0.02)  # what is waited for is the test's sign
    note(path, "done")
