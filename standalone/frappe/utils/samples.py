"""Made-up values for tests and previews."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from frappe.utils.refusals import refuse
from frappe.utils.strings import random_string

_FIRST_NAMES = ("Anna", "Arne", "Cleo", "Carl", "Mona", "Xenia")
_LAST_NAMES = ("Berg", "Diaz", "Okafor", "Lind", "Sato", "Novak")


def _name() -> str:
    return f"{random.choice(_FIRST_NAMES)} {random.choice(_LAST_NAMES)}"


def _email() -> str:
    return f"{random_string(8).lower()}@example.com"


_MAKERS: dict[str, Callable[[], Any]] = {
    "name": _name,
    "email": _email,
    "phone": lambda: f"+1 555 {random.randrange(1000, 9999)}",
    "text": lambda: " ".join(random_string(random.randrange(3, 9)) for _ in range(12)),
    "url": lambda: f"https://example.com/{random_string(8).lower()}",
}


def mock(type: str, size: int = 1, locale: str = "en") -> Any:
    """Return a made-up value, or a list of `size` of them: name, email, phone, text or url."""
    maker = _MAKERS.get(type)
    if maker is None:
        refuse(f"There are no made-up values of the type {type}. There are: {', '.join(_MAKERS)}.")
    values = [maker() for _ in range(size)]
    return values[0] if size == 1 else values
