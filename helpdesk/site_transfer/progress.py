"""How far a long transfer is, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from frappe.utils import update_progress_bar

Item = TypeVar("Item")


class Progress:
    """Draws a bar for each stage, unless it shall be quiet."""

    def __init__(self, quiet: bool):
        self._quiet = quiet

    def over(self, text: str, items: Sequence[Item]) -> Iterator[Item]:
        """Yield the items while drawing how many of them there were."""
        for index, item in enumerate(items):
            if not self._quiet:
                update_progress_bar(text, index, len(items))
            yield item
