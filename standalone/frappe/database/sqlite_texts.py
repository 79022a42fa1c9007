"""What MySQL does with texts, numbers and JSON, for SQLite."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache, wraps
from typing import Any


def null_if_any_null(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def wrapper(*arguments: Any) -> Any:
        return None if any(argument is None for argument in arguments) else function(*arguments)

    return wrapper


def text(value: Any) -> str:
    """Return a value the way MySQL shows it inside text."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def concat(*values: Any) -> str | None:
    return None if any(value is None for value in values) else "".join(map(text, values))


def concat_ws(separator: Any, *values: Any) -> str | None:
    return None if separator is None else text(separator).join(text(value) for value in values if value is not None)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def regexp(pattern: Any, value: Any) -> int | None:
    """`value REGEXP pattern`, without regard to case."""
    if pattern is None or value is None:
        return None
    return int(_pattern(text(pattern)).search(text(value)) is not None)


def regexp_replace(value: Any, pattern: Any, replacement: Any) -> str:
    return _pattern(text(pattern)).sub(text(replacement), text(value))


def regexp_substr(value: Any, pattern: Any) -> str:
    match = _pattern(text(pattern)).search(text(value))
    return match.group() if match else ""


def substring_index(value: Any, delimiter: Any, count: Any) -> str:
    """Return what stands before the count-th delimiter; from the right when the count is negative."""
    parts, number = text(value).split(text(delimiter)), int(count)
    if not number:
        return ""
    return text(delimiter).join(parts[:number] if number > 0 else parts[number:])


def locate(needle: Any, haystack: Any, start: Any = 1) -> int:
    return text(haystack).lower().find(text(needle).lower(), max(int(start) - 1, 0)) + 1


def find_in_set(value: Any, members: Any) -> int:
    items = [item.lower() for item in text(members).split(",")]
    wanted = text(value).lower()
    return items.index(wanted) + 1 if wanted in items else 0


def field(value: Any, *candidates: Any) -> int:
    if value is None:
        return 0
    wanted = text(value).lower()
    return next((n for n, item in enumerate(candidates, 1) if item is not None and text(item).lower() == wanted), 0)


def elt(position: Any, *values: Any) -> Any:
    return values[int(position) - 1] if position is not None and 0 < int(position) <= len(values) else None


def pad(left: bool) -> Callable[[Any, Any, Any], str]:
    def padded(value: Any, length: Any, filler: Any) -> str:
        content, width, fill = text(value), int(length), text(filler)
        if len(content) >= width or not fill:
            return content[:width]
        missing = (fill * width)[: width - len(content)]
        return missing + content if left else content + missing

    return padded


def right(value: Any, count: Any) -> str:
    return text(value)[-int(count) :] if int(count) > 0 else ""


def insert(value: Any, position: Any, length: Any, new: Any) -> str:
    start = int(position) - 1
    return text(value)[:start] + text(new) + text(value)[start + int(length) :]


def match(wanted: Any, *columns: Any) -> int | None:
    """Count how many of the wanted words stand in the columns.

    It is 0 if one marked `+` is missing or one marked `-` is there; one with `*` at its end is the beginning of a word.
    """
    if wanted is None:
        return None
    words = re.findall(r"\w+", " ".join(text(column) for column in columns if column is not None).lower())
    score = 0
    for mark, term, star in re.findall(r"([+-]?)(\w+)(\*?)", text(wanted).lower()):
        found = any(word.startswith(term) if star else word == term for word in words)
        if found == (mark == "-") and mark:
            return 0
        score += found
    return score


def json_length(document: Any) -> int:
    value = json.loads(document)
    return len(value) if isinstance(value, (list, dict)) else 1


# -- numbers, comparison, JSON ----------------------------------------------------------------------------------------


def truncate(value: Any, digits: Any) -> float:
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_DOWN))


def number_format(value: Any, digits: Any) -> str:
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)
    return f"{rounded:,f}"


def unquote(value: Any) -> Any:
    if isinstance(value, str) and value[:1] == '"' and value[-1:] == '"' and len(value) > 1:
        return json.loads(value)
    return value


def json_contains(document: Any, candidate: Any, path: Any = None) -> int:
    """Tell whether a JSON document (a list, or an object at its top level) contains the candidate."""
    container, wanted = json.loads(document), json.loads(candidate)
    if path is not None:
        for part in re.findall(r"\.(\w+)|\[(\d+)\]", str(path)):
            container = container[part[0]] if part[0] else container[int(part[1])]
    return int(_contains(container, wanted))


def _contains(container: Any, wanted: Any) -> bool:
    if isinstance(container, list):
        items = wanted if isinstance(wanted, list) else [wanted]
        return all(any(_contains(member, item) for member in container) for item in items)
    if isinstance(container, dict) and isinstance(wanted, dict):
        return all(key in container and _contains(container[key], value) for key, value in wanted.items())
    return bool(container == wanted)


def digest(algorithm: str) -> Callable[[Any], str]:
    return lambda value: hashlib.new(algorithm, text(value).encode(), usedforsecurity=False).hexdigest()


def sha2(value: Any, bits: Any) -> str:
    return hashlib.new(f"sha{int(bits) or 256}", text(value).encode()).hexdigest()
