"""Ways to choose one of several people. Values in, a value out; no framework."""

from collections.abc import Collection, Mapping, Sequence

ACTIVE, AWAY, UNAVAILABLE = "Active", "Away", "Unavailable"


def present(users: Sequence[str], availability: Mapping[str, str | None]) -> list[str]:
    """Return who should be considered, judged by the category of each one's availability.

    Those who are neither away nor unavailable; if there are none, those who are merely away; else everybody.
    """
    groups = (
        [user for user in users if availability.get(user) not in (AWAY, UNAVAILABLE)],
        [user for user in users if availability.get(user) != UNAVAILABLE],
        list(users),
    )
    return next((group for group in groups if group), [])


def next_in_rotation(users: Sequence[str], last: str | None, eligible: Collection[str]) -> str | None:
    """Return the first eligible user after `last`, beginning again at the end; the first one if `last` is unknown."""
    start = users.index(last) + 1 if last in users else 0
    return next((user for user in (*users[start:], *users[:start]) if user in eligible), None)


def least_loaded(users: Sequence[str], load: Mapping[str, int]) -> str | None:
    """Return the user with the least work; among equals the first in the list."""
    return min(users, key=lambda user: load.get(user, 0), default=None)


def by_weight(weights: Mapping[str, int], assigned: Mapping[str, int]) -> str | None:
    """Return the user who is furthest behind the share that their weight gives them."""
    users = [user for user, weight in weights.items() if weight > 0]
    return min(users, key=lambda user: (assigned.get(user, 0) + 1) / weights[user], default=None)
