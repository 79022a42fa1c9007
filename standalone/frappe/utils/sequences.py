"""Lists and dicts: order, overlap, batches, and values as plain text."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

Item = TypeVar("Item", bound=Hashable)
Any_Item = TypeVar("Any_Item")


def unique(seq: Iterable[Item]) -> list[Item]:
    """Return the items without repeats, in their order."""
    return list(dict.fromkeys(seq))


def has_common(l1: Iterable[Hashable], l2: Iterable[Hashable]) -> bool:
    """Tell whether two collections share an item."""
    return not set(l1).isdisjoint(l2)


def create_batch(iterable: Iterable[Any_Item], size: int) -> Iterator[list[Any_Item]]:
    """Yield the items in lists of `size`; the last one may be shorter."""
    if size < 1:
        raise ValueError(f"A batch needs a size of at least 1, not {size}.")
    source = iter(iterable)
    while batch := list(islice(source, size)):
        yield batch


def is_subset(list_a: Iterable[Hashable], list_b: Iterable[Hashable]) -> bool:
    """Tell whether every item of the first collection is in the second."""
    return set(list_a).issubset(list_b)


def remove_blanks(d: dict[Any, Any]) -> dict[Any, Any]:
    """Remove keys whose value is None or empty text, in place, and return the dict."""
    for key in [key for key, value in d.items() if value is None or value == ""]:
        del d[key]
    return d


def list_to_str(seq: Sequence[Any], sep: str = ", ") -> str:
    """Join items with `sep`."""
    return sep.join(str(item) for item in seq)


def dict_to_str(args: dict[str, Any], sep: str = "&") -> str:
    """Return a dict as `key=value` pairs with percent-encoded values."""
    from urllib.parse import quote

    return sep.join(f"{key}={quote(str(args[key] or ''))}" for key in args)


def groupby_metric(iterable: dict[str, list[dict[str, Any]]], key: str) -> dict[Any, dict[str, Any]]:
    """Regroup `{metric: [{key: k, ...}]}` as `{k: {metric: row}}`."""
    records: dict[Any, dict[str, Any]] = {}
    for category, items in iterable.items():
        for item in items:
            records.setdefault(item[key], {})[category] = item
    return records


def squashify(what: Any) -> Any:
    """Return the only item of a one-item list or tuple; anything else unchanged."""
    return what[0] if isinstance(what, list | tuple) and len(what) == 1 else what


def dictify(arg: Any) -> Any:
    """Turn dicts, at any depth, into `_dict`s."""
    from frappe.types import _dict

    if isinstance(arg, list | tuple):
        return [dictify(item) for item in arg]
    if isinstance(arg, dict):
        return _dict({key: dictify(value) for key, value in arg.items()})
    return arg
