"""Progress on a terminal, for long commands."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from frappe.context import is_active, local

Item = TypeVar("Item")
WIDTH = 40


def update_progress_bar(txt: str, i: int, l: int, absolute: bool = False) -> None:  # noqa: E741 - the public name
    """Draw `txt` with a bar for step `i` (from 0) of `l`; silent in tests, in requests and without a terminal."""
    if not sys.stdout.isatty() or (is_active() and (local.flags.in_test or local.request)):
        return
    total = max(int(l), 1)
    done = min(i + 1, total)
    filled = done * WIDTH // total
    amount = f"{done}/{total}" if absolute else f"{done * 100 // total}%"
    sys.stdout.write(f"\r{txt}: [{'=' * filled}{' ' * (WIDTH - filled)}] {amount}")
    if done == total:
        sys.stdout.write("\n")
    sys.stdout.flush()


def with_progress(items: Iterable[Item], text: str, total: int) -> Iterator[Item]:
    """Yield the items while drawing their progress."""
    for index, item in enumerate(items):
        update_progress_bar(text, index, total)
        yield item
