"""Filtering rows in memory (section 4, `meta.get("fields", {…})`, and section 5.2, `doc.get`)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.model.row_filters import filter_rows

ROWS = [
    {"name": "a", "qty": 1, "kind": "Data", "note": None},
    {"name": "b", "qty": 5, "kind": "Link", "note": "hello"},
    {"name": "c", "qty": 9, "kind": "Link", "note": ""},
]


def names(filters: object, limit: int | None = None) -> str:
    return "".join(row["name"] for row in filter_rows(ROWS, filters, limit))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"kind": "Link"}, "bc"),
        ({"kind": ["in", ["Data", "Code"]]}, "a"),
        ({"kind": ["not in", ["Data"]]}, "bc"),
        ({"kind": ["in", "Data, Link"]}, "abc"),
        ({"qty": [">", 1]}, "bc"),
        ({"qty": ["<=", 5]}, "ab"),
        ({"kind": ["!=", "Link"]}, "a"),
        ({"kind": "^Li"}, "bc"),
        ({"note": True}, "bc"),
        ({"note": False}, "a"),
        ({"note": ["is", "set"]}, "b"),
        ({"note": ["is", "not set"]}, "ac"),
        ({"note": ["like", "%ELL%"]}, "b"),
        ({"kind": "Link", "qty": 5}, "b"),
        ([{"name": "a"}, {"name": "c"}], "ac"),
        ({"missing": "x"}, ""),
    ],
)
def test_rows_meet_every_condition(filters: object, expected: str) -> None:
    assert names(filters) == expected


def test_the_search_stops_at_the_limit() -> None:
    assert names({"kind": "Link"}, limit=1) == "b"


def test_an_unknown_operator_is_named() -> None:
    with pytest.raises(ValueError, match="resembles"):
        names({"kind": ["resembles", "Link"]})


def test_a_missing_value_is_neither_larger_nor_smaller() -> None:
    assert filter_rows([{"qty": None}], {"qty": [">", 0]}) == []
    assert filter_rows([{"qty": None}], {"qty": ["<", 0]}) == []


@given(st.lists(st.integers(-5, 5)), st.integers(-5, 5))
def test_an_operator_and_its_opposite_split_the_rows(values: list[int], bound: int) -> None:
    rows = [{"n": value} for value in values]
    kept = filter_rows(rows, {"n": [">", bound]}) + filter_rows(rows, {"n": ["<=", bound]})
    assert sorted(row["n"] for row in kept) == sorted(values)
