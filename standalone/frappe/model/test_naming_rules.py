"""The parts of naming that need no database (section 3.8)."""

from __future__ import annotations

import datetime
import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.model import naming
from frappe.types import _dict


class Counters:
    """Stands in for `tabSeries`."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}

    def __call__(self, key: str, digits: int) -> str:
        self.values[key] = self.values.get(key, 0) + 1
        return f"{self.values[key]:0{digits}d}"


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "now_datetime", lambda: datetime.datetime(2024, 3, 9, 12, 0))
    monkeypatch.setattr(frappe, "get_hooks", lambda *_args, **_kw: {})


@pytest.mark.parametrize(
    ("series", "name", "key"),
    [
        ("INV-.YYYY.-.####", "INV-2024-0001", "INV-2024-"),
        ("T.YY.MM.DD.###", "T240309001", "T240309"),
        (".####", "0001", ""),
        ("A-.###.-.##", "A-001-", "A-"),
        ("{customer}-.##", "Acme-01", "Acme-"),
        ("customer.-.##", "Acme-01", "Acme-"),
    ],
)
@pytest.mark.usefixtures("today")
def test_series_parts_are_evaluated_and_counted_under_their_prefix(series: str, name: str, key: str) -> None:
    counters = Counters()
    doc = _dict(customer="Acme")
    assert naming.parse_naming_series(series, doc=doc, number_generator=counters) == name
    assert list(counters.values) == [key]


@pytest.mark.usefixtures("today")
def test_numbers_grow_longer_than_their_padding() -> None:
    counters = Counters()
    counters.values["A-"] = 99
    assert naming.parse_naming_series("A-.##", number_generator=counters) == "A-100"


@pytest.mark.usefixtures("today")
def test_only_the_first_run_of_hashes_counts() -> None:
    counters = Counters()
    naming.parse_naming_series("A.##.B.##", number_generator=counters)
    assert counters.values == {"A": 1}


@pytest.mark.parametrize("bad", ["no-dot####", "A$.####", "<x>.###"])
def test_a_series_that_cannot_work_is_refused(bad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def throw(message: str, error: type[Exception]) -> None:
        raise error(message)

    monkeypatch.setattr(frappe, "throw", throw, raising=False)
    monkeypatch.setattr(frappe, "_", lambda text: text, raising=False)
    monkeypatch.setattr(frappe, "bold", lambda text: text, raising=False)
    with pytest.raises(naming.InvalidNamingSeriesError):
        naming.NamingSeries(bad).validate()


@pytest.mark.parametrize(
    ("day", "week"),
    [("2021-01-01", "00"), ("2018-12-31", "53"), ("2024-03-09", "10"), ("2024-01-01", "01")],
)
def test_weeks_at_the_edges_of_a_year_are_forced(day: str, week: str) -> None:
    assert naming.determine_consecutive_week_number(datetime.date.fromisoformat(day)) == week


def test_random_names_have_ten_characters_and_grow_with_time() -> None:
    assert re.fullmatch(r"[0-9a-v]{10}", naming.random_name())
    assert naming.random_name(1000.0)[:4] < naming.random_name(2000.0)[:4]


def test_random_names_of_one_moment_are_all_different() -> None:
    many = 150_000
    assert len({naming.random_name(1000.0) for _ in range(many)}) == many


def test_uuids_are_of_version_seven_and_ordered() -> None:
    first, second = uuid.UUID(naming.uuid7()), uuid.UUID(naming.uuid7())
    assert (first.version, first.variant) == (7, uuid.RFC_4122)
    assert first.int >> 80 <= second.int >> 80


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_the_number_in_a_name_is_found_again(number: int, digits: int) -> None:
    series = "INV-." + "#" * digits
    assert naming._number_in(f"INV-{number:0{digits}d}", series, "INV-", series) == number


@given(st.from_regex(r"[A-Z]{1,4}-", fullmatch=True), st.lists(st.sampled_from(["A", "B-", "{x}"]), max_size=3))
def test_each_prefix_has_a_counter_of_its_own(prefix: str, parts: list[str]) -> None:
    counters = Counters()
    series = [prefix, *parts, "###"]
    doc = _dict(x="7")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frappe, "get_hooks", lambda *_args, **_kw: {})
        patch.setattr(naming, "now_datetime", lambda: datetime.datetime(2024, 1, 1))
        first = naming.parse_naming_series(series, doc=doc, number_generator=counters)
        second = naming.parse_naming_series(series, doc=doc, number_generator=counters)
    assert first[:-3] == second[:-3]
    assert (first[-3:], second[-3:]) == ("001", "002")
