"""Calendar arithmetic."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from frappe.utils import dates, durations
from frappe.utils.date_formats import format_datetime, format_time, formatdate, guess_date_format

DATES = st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31))
MOMENTS = st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2999, 12, 31))


@pytest.mark.parametrize(
    ("given_date", "change", "expected"),
    [
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2023-01-31", {"months": 1}, "2023-02-28"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-03-31", {"months": -1}, "2024-02-29"),
        ("2024-12-31", {"days": 1}, "2025-01-01"),
        ("2024-01-01", {"minutes": 5}, "2024-01-01"),
        ("2024-01-01", {"hours": 1}, "2024-01-01 01:00:00.000000"),
        ("2024-01-01 10:00:00", {"minutes": 5}, "2024-01-01 10:05:00.000000"),
        ("2024-01-01", {"days": 1, "as_datetime": True}, "2024-01-02 00:00:00.000000"),
    ],
)
def test_text_moves_by_the_calendar_and_stays_text(given_date: str, change: dict[str, Any], expected: str) -> None:
    assert dates.add_to_date(given_date, **change) == expected


def test_dates_and_moments_keep_their_type_when_moved() -> None:
    day = datetime.date(2024, 1, 1)
    moment = datetime.datetime(2024, 1, 1, 9)
    assert dates.add_to_date(day, days=1) == datetime.date(2024, 1, 2)
    assert type(dates.add_to_date(day, days=1)) is datetime.date
    assert dates.add_to_date(moment, hours=2) == datetime.datetime(2024, 1, 1, 11)
    assert dates.add_to_date(moment, days=1, as_string=True) == "2024-01-02"


@freeze_time("2024-05-05 20:00:00")
def test_without_a_date_the_present_is_moved_in_the_zone_of_the_site() -> None:
    assert dates.add_to_date(None, hours=1) == datetime.datetime(2024, 5, 6, 2, 30)
    assert dates.nowdate() == "2024-05-06"
    assert dates.now() == "2024-05-06 01:30:00.000000"
    assert dates.getdate() == datetime.date(2024, 5, 6)


@given(DATES, st.integers(-600, 600))
def test_months_there_and_back_lose_at_most_the_end_of_a_month(day: datetime.date, months: int) -> None:
    there = dates.add_months(day, months)
    back = dates.add_months(there, -months)
    assert 0 <= (day - back).days <= 3
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months


@given(MOMENTS, st.integers(-10_000, 10_000), st.integers(-100_000, 100_000))
def test_days_and_seconds_add_up(moment: datetime.datetime, days: int, seconds: int) -> None:
    moved = dates.add_to_date(moment, days=days, seconds=seconds)
    assert dates.time_diff_in_seconds(moved, moment) == days * 86400 + seconds


@given(MOMENTS)
def test_a_moment_written_and_read_is_the_same(moment: datetime.datetime) -> None:
    assert dates.get_datetime(dates.get_datetime_str(moment)) == moment
    assert dates.getdate(dates.get_date_str(moment)) == moment.date()


@given(DATES)
def test_periods_hold_their_day(day: datetime.date) -> None:
    for first, last in (
        (dates.get_first_day(day), dates.get_last_day(day)),
        (dates.get_first_day_of_week(day), dates.get_last_day_of_week(day)),
        (dates.get_quarter_start(day), dates.get_quarter_ending(day)),
        (dates.get_year_start(day), dates.get_year_ending(day)),
    ):
        assert first <= day <= last
    assert dates.get_weekday(dates.get_first_day_of_week(day)) == "Sunday"


@given(st.text(max_size=200))
def test_any_text_is_a_date_or_refused_by_name(text: str) -> None:
    try:
        found = dates.getdate(text)
    except dates.UnreadableDate:
        return
    assert found is None or isinstance(found, datetime.date)


@pytest.mark.parametrize("garbage", ["tomorrowish", "2024-13-45", "9" * 300, "99999-01-01", 5, object()])
def test_garbage_is_refused_as_bad_input(garbage: object) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.getdate(garbage)
    with pytest.raises(dates.UnreadableDate):
        dates.get_datetime(garbage)


@pytest.mark.parametrize("nothing", ["0000-00-00", "0001-01-01 00:00:00"])
def test_zero_dates_are_no_date(nothing: str) -> None:
    assert dates.getdate(nothing) is None
    assert dates.get_datetime(nothing) is None
    assert dates.get_datetime("") is None


def test_a_moment_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.add_years("9999-01-01", 1)
    with pytest.raises(dates.UnreadableDate):
        dates.add_days("0002-01-01", -4000)


def test_differences() -> None:
    assert dates.date_diff("2024-03-01", "2024-02-28 23:59:00") == 2
    assert dates.month_diff("2024-03-01", "2024-03-31") == 1
    assert dates.month_diff("2025-01-31", "2024-12-01") == 2
    assert dates.time_diff_in_hours("2024-01-01 10:20:00", "2024-01-01 10:00:00") == 0.333333


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("26:30:00", 95400), ("-1:00:00", -3600), ("1 day, 2:00:00", 93600), ("10:05", 36300), ("0:00:01.5", 1.5)],
)
def test_clock_texts_become_lengths(text: str, seconds: float) -> None:
    assert dates.to_timedelta(text).total_seconds() == seconds


@freeze_time("2024-05-15 12:00:00")
@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2024-05-15", "2024-05-15"),
        ("Yesterday", "2024-05-14", "2024-05-14"),
        ("this week", "2024-05-12", "2024-05-18"),
        ("last week", "2024-05-05", "2024-05-11"),
        ("last month", "2024-04-01", "2024-04-30"),
        ("next quarter", "2024-07-01", "2024-09-30"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last 6 months", "2023-11-01", "2024-04-30"),
        ("next 6 months", "2024-06-01", "2024-11-30"),
        ("last 7 days", "2024-05-08", "2024-05-15"),
        ("next 30 days", "2024-05-15", "2024-06-14"),
    ],
)
def test_named_periods(name: str, first: str, last: str) -> None:
    found = dates.get_timespan_date_range(name)
    assert found == (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


@pytest.mark.parametrize("name", ["last fortnight", "", "this 7 days", "last 5 days", "last"])
def test_unknown_periods_are_none(name: str) -> None:
    assert dates.get_timespan_date_range(name) is None


def test_utc_moments_move_to_a_zone_and_unknown_zones_leave_them() -> None:
    moment = datetime.datetime(2024, 7, 1, 12)
    assert dates.convert_utc_to_timezone(moment, "Europe/Berlin").isoformat() == "2024-07-01T14:00:00+02:00"
    assert dates.convert_utc_to_timezone(moment, "Mars/Olympus").utcoffset() == datetime.timedelta(0)


# -- how they look ----------------------------------------------------------------------------------------------------


def test_dates_look_as_the_site_or_the_caller_wants() -> None:
    assert formatdate("2024-05-06") == "2024-05-06"
    assert formatdate("2024-05-06", "dd.mm.yyyy") == "06.05.2024"
    assert formatdate("2024-05-06", "d MMMM yyyy") == "6 May 2024"
    assert formatdate(None) == ""
    assert format_time("14:05:09", "HH:mm") == "14:05"
    assert format_time("14:05:09", "h:mm a") == "2:05\u202fPM" or format_time("14:05:09", "h:mm a") == "2:05 PM"
    assert format_datetime("2024-05-06 14:05:09.5") == "2024-05-06 14:05:09"
    assert format_datetime("") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("31-12-2024", "%d-%m-%Y"), ("2024-12-31 10:00", "%Y-%m-%d %H:%M"), ("soon", None)]
)
def test_the_format_of_a_date_is_guessed(text: str, expected: str | None) -> None:
    assert guess_date_format(text) == expected


@given(st.integers(0, 10**9))
def test_a_length_in_words_and_back(seconds: int) -> None:
    words = durations.format_duration(seconds)
    assert words == "" if not seconds else durations.duration_to_seconds(words) == seconds


def test_lengths_in_words() -> None:
    assert durations.format_duration(93784) == "1d 2h 3m 4s"
    assert durations.format_duration(93784, hide_days=True) == "26h 3m 4s"
    assert durations.duration_to_seconds("1h 30m") == 5400


@pytest.mark.parametrize("text", ["", "soon", "5", "30m 1h", "1x", "1h1"])
def test_other_texts_are_no_length(text: str) -> None:
    with pytest.raises(Exception, match="is not a duration"):
        durations.duration_to_seconds(text)
