"""How hard a password is to guess, by zxcvbn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MAX_JUDGED_LENGTH = 100
"""zxcvbn takes quadratic time; what comes after so many characters no longer weakens a password."""


def test_password_strength(password: str, user_inputs: Iterable[object] | None = None) -> dict[str, Any]:
    """Return zxcvbn's verdict on `password`: `score` 0–4, `feedback` {warning, suggestions}, `guesses`, ….

    `user_inputs` (name, address, phone …) count as words an attacker tries first.
    """
    from zxcvbn import zxcvbn

    words = [str(value) for value in user_inputs or () if value]
    verdict: dict[str, Any] = zxcvbn(password[:MAX_JUDGED_LENGTH], user_inputs=words)
    verdict.pop("password", None)
    verdict.pop("sequence", None)
    return verdict


test_password_strength.__test__ = False  # type: ignore[attr-defined]  # its name is the contract; pytest must not collect it


def get_feedback(score: int, suggestions: Iterable[str], warning: str) -> str:
    """Return the verdict in one text for people."""
    from frappe.translate import _

    parts = [_(warning)] if warning else []
    parts += [_(suggestion) for suggestion in suggestions]
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts) or _(
        "Use a longer password of several uncommon words."
    )
