"""Whose turn it is: the pure part of assignment rules. Users are names; the order of a list is the order of turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import gcd


def next_in_turn(users: Sequence[str], last: str | None) -> str | None:
    """Return the user after `last`, wrapping round; the first one when `last` is not among them."""
    if not users:
        return None
    position = users.index(last) + 1 if last in users else 0
    return users[position % len(users)]


def least_loaded(users: Sequence[str], load: Mapping[str, int]) -> str | None:
    """Return the user with the fewest open assignments; the first one wins a tie."""
    return min(users, key=lambda user: load.get(user, 0), default=None)


def reduced(weights: Mapping[str, int]) -> dict[str, int]:
    """Return the weights above zero, divided by what they have in common: 50, 100 become 1, 2."""
    positive = {user: weight for user, weight in weights.items() if weight > 0}
    common = gcd(*positive.values()) or 1
    return {user: weight // common for user, weight in positive.items()}


def most_owed(weights: Mapping[str, int], recent: Sequence[str]) -> str | None:
    """Return who got least of the share that the weights promise; the first one wins a tie.

    `recent` are the users of the latest assignments, one fewer than the sum of the weights: so every stretch of that
    length, the new assignment included, is shared out exactly by weight.
    """
    got = Counter(recent)
    return min(weights, key=lambda user: (got[user] - weights[user]) / weights[user], default=None)


def window(weights: Mapping[str, int]) -> int:
    """Return how many of the latest assignments `most_owed` wants to see."""
    return max(sum(weights.values()) - 1, 0)
