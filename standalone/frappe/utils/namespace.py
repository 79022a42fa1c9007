"""Names handed to templates and scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from frappe.types import _dict


class Namespace(_dict):
    """A dict with attribute access in which a missing name is an error, so that typing mistakes show."""

    __slots__ = ()

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError:
            raise _missing(key) from None


class LiveNamespace(Mapping[str, Any]):
    """A read-only namespace whose values are worked out when they are read: it outlives the request, they do not."""

    __slots__ = ("_names",)

    def __init__(self, names: Mapping[str, Callable[[], Any]]):
        self._names = dict(names)

    def __getitem__(self, key: str) -> Any:
        return self._names[key]()

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__") or key not in self._names:
            raise _missing(key)
        return self._names[key]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def extended(self, names: Mapping[str, Callable[[], Any]]) -> LiveNamespace:
        """Return a namespace with further names."""
        return LiveNamespace({**self._names, **names})


def _missing(key: str) -> AttributeError:
    return AttributeError(f"{key} is not available to templates and scripts.")
