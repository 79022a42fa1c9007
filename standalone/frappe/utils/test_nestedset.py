"""Numbering of trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.utils.nestedset import NestedSetRecursionError, number_tree


@st.composite
def trees(draw: st.DrawFn) -> list[tuple[str, str | None]]:
    size = draw(st.integers(0, 30))
    above = [draw(st.integers(-1, node - 1)) for node in range(size)]
    return [(f"n{node}", f"n{above[node]}" if above[node] >= 0 else None) for node in range(size)]


@given(trees())
def test_a_node_encloses_exactly_what_is_below_it(nodes: list[tuple[str, str | None]]) -> None:
    numbers = number_tree(nodes)
    above = dict(nodes)

    def ancestors(name: str) -> set[str]:
        parent = above[name]
        return {parent, *ancestors(parent)} if parent else set()

    for one, (lft, rgt) in numbers.items():
        enclosed_by = {other for other, (left, right) in numbers.items() if left < lft and rgt < right}
        assert enclosed_by == ancestors(one)
    assert sorted(number for pair in numbers.values() for number in pair) == list(range(1, 2 * len(nodes) + 1))


def test_a_circle_is_refused_by_name() -> None:
    with pytest.raises(NestedSetRecursionError, match="a, b"):
        number_tree([("root", None), ("a", "b"), ("b", "a")])


def test_a_missing_parent_makes_a_root() -> None:
    assert number_tree([("a", "gone")]) == {"a": (1, 2)}
