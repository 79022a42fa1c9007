"""The turns of assignment rules, without a site."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.automation.doctype.assignment_rule.rotation import (
    least_loaded,
    most_owed,
    next_in_turn,
    reduced,
    window,
)

USERS = st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=6, unique=True)
WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 9), min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("users", "last", "expected"),
    [
        (["anna", "arne"], None, "anna"),
        (["anna", "arne"], "anna", "arne"),
        (["anna", "arne"], "arne", "anna"),
        (["anna", "arne"], "left long ago", "anna"),
        (["anna"], "anna", "anna"),
        ([], "anna", None),
    ],
)
def test_the_turn_goes_on_in_the_order_of_the_list(users: list[str], last: str | None, expected: str | None) -> None:
    assert next_in_turn(users, last) == expected


@given(USERS, st.integers(1, 5))
def test_rounds_give_everybody_the_same(users: list[str], rounds: int) -> None:
    got: Counter[str] = Counter()
    last: str | None = None
    for _turn in range(rounds * len(users)):
        last = next_in_turn(users, last)
        got[str(last)] += 1
    assert set(got.values()) == {rounds}


def test_the_least_loaded_is_the_first_of_those_with_fewest() -> None:
    assert least_loaded(["anna", "arne", "mona"], {"anna": 2, "arne": 1, "mona": 1}) == "arne"
    assert least_loaded(["anna", "arne"], {"anna": 3}) == "arne"
    assert least_loaded([], {"anna": 3}) is None


def test_weights_are_divided_by_what_they_have_in_common() -> None:
    assert reduced({"anna": 50, "arne": 100, "mona": 0}) == {"anna": 1, "arne": 2}
    assert reduced({}) == {}


@given(WEIGHTS, st.integers(1, 4))
def test_every_full_stretch_is_shared_out_exactly_by_weight(weights: dict[str, int], stretches: int) -> None:
    given_out: list[str] = []
    for _turn in range(stretches * sum(weights.values())):
        seen = given_out[-window(weights) :] if window(weights) else []
        given_out.append(str(most_owed(weights, seen)))
    assert Counter(given_out) == {user: weight * stretches for user, weight in weights.items()}


def test_nobody_is_owed_when_nobody_has_a_weight() -> None:
    assert most_owed({}, []) is None
