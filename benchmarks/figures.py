"""A line of the table, and how a figure is taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table: ours and the floor in seconds per operation, or a plain value."""

    what: str
    ours: float
    floor: float | None = None
    unit: str = "ms"
    compared_with: str = ""

    def row(self) -> str:
        if self.floor is None:
            return f"| {self.what} | {self.ours:.0f} {self.unit} | | |"
        ratio = self.ours / self.floor
        floor = f"{self.compared_with} {self.floor * 1000:.3f} ms"
        return f"| {self.what} | {self.ours * 1000:.2f} ms | {floor} | {ratio:.1f} × |"


def median_seconds(work: Callable[[], Any], times: int) -> float:
    """Seconds one call takes: the median of `times` calls, after three that do not count."""
    for _ in range(3):
        work()
    measured = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        measured.append(time.perf_counter() - begin)
    return statistics.median(measured)


def seconds_each(work: Callable[[int], Any], count: int, clients: int) -> float:
    """Seconds per operation when `clients` threads share `count` operations."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, range(count)))
    return (time.perf_counter() - begin) / count
