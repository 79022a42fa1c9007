"""Working time arithmetic: the worked examples of the rules, and what holds for every calendar."""

import unittest
from datetime import date, datetime, time, timedelta

from helpdesk.sla.calendar import Calendar, Hours, NoOpenHours
from helpdesk.sla.clock import due_at, working_seconds
from helpdesk.tests.properties import given, settings, st

HOUR = 3600
OFFICE_HOURS = {weekday: Hours(time(10), time(18)) for weekday in range(5)}
OFFICE = Calendar(OFFICE_HOURS)

TARGETS = {
    "Urgent": (HOUR / 2, 2 * HOUR),
    "High": (HOUR, 4 * HOUR),
    "Medium": (8 * HOUR, 24 * HOUR),
    "Low": (24 * HOUR, 72 * HOUR),
}


def monday(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    """Return a moment in the week of Monday, 2 March 2026."""
    return datetime(2026, 3, 2, hour, minute) + timedelta(days=days)


class TestDueDates(unittest.TestCase):
    def assert_due(self, priority: str, start: datetime, response: datetime, resolution: datetime, *holidays: date):
        calendar = Calendar(OFFICE_HOURS, frozenset(holidays))
        dues = tuple(due_at(start, seconds, calendar) for seconds in TARGETS[priority])
        self.assertEqual(dues, (response, resolution))

    def test_e01_hours_go_on_the_next_day(self):
        self.assert_due("Medium", monday(13, days=1), monday(13, days=2), monday(13, days=4))

    def test_e02_before_opening_counts_from_the_opening(self):
        self.assert_due("Urgent", monday(6, 15, days=2), monday(10, 30, days=2), monday(12, days=2))

    def test_e03_the_closing_instant_counts_from_the_next_opening(self):
        self.assert_due("High", monday(18, days=1), monday(11, days=2), monday(14, days=2))

    def test_e04_a_weekend_request_ends_at_closing_time_on_an_exact_fit(self):
        self.assert_due("Medium", monday(12, days=-1), monday(18), monday(18, days=2))

    def test_e05_the_weekend_does_not_count(self):
        self.assert_due("High", monday(16, 30, days=4), monday(17, 30, days=4), monday(12, 30, days=7))

    def test_e06_three_working_days_and_nine(self):
        self.assert_due("Low", monday(12, days=3), monday(12, days=8), monday(12, days=16))

    def test_e07_a_holiday_is_skipped(self):
        wednesday = date(2026, 3, 4)
        self.assert_due("High", monday(17, 30, days=1), monday(10, 30, days=3), monday(13, 30, days=3), wednesday)

    def test_e08_an_exact_fit_ends_at_closing_and_not_at_the_next_opening(self):
        self.assertEqual(due_at(monday(10), 8 * HOUR, OFFICE), monday(18))

    def test_e09_hold_lengthens_the_work_and_does_not_shift_the_start(self):
        start = monday(14, days=1)
        self.assertEqual(due_at(start, 4 * HOUR, OFFICE), monday(18, days=1))
        self.assertEqual(due_at(start, 4 * HOUR + 60, OFFICE), monday(10, 1, days=2))

    def test_nothing_to_wait_for_is_due_at_once(self):
        self.assertEqual(due_at(monday(3), 0, OFFICE), monday(3))

    def test_a_calendar_without_a_working_day_is_refused(self):
        with self.assertRaises(NoOpenHours):
            due_at(monday(10), 1, Calendar({}))

    def test_hours_that_end_before_they_start_are_refused(self):
        with self.assertRaises(ValueError):
            Hours(time(18), time(10))


class TestElapsedTime(unittest.TestCase):
    def test_e10_holidays_and_nights_do_not_count(self):
        friday = date(2026, 3, 6)
        calendar = Calendar(OFFICE_HOURS, frozenset({friday}))
        self.assertEqual(working_seconds(monday(16, days=3), monday(11, 30, days=7), calendar), 12_600)

    def test_e11_nothing_passes_backwards(self):
        self.assertEqual(working_seconds(monday(12), monday(11), OFFICE), 0)
        self.assertEqual(working_seconds(monday(12), monday(12), OFFICE), 0)

    def test_fractions_of_a_second_are_dropped(self):
        start = monday(12).replace(microsecond=900_000)
        end = monday(12, 1).replace(microsecond=100_000)
        self.assertEqual(working_seconds(start, end, OFFICE), 60)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 1)).map(lambda moment: moment.replace(microsecond=0))
seconds = st.integers(1, 400 * HOUR)


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    start = draw(st.integers(0, 24 * 60 - 2))
    end = draw(st.integers(start + 1, 24 * 60 - 1))
    return Hours(time(start // 60, start % 60), time(end // 60, end % 60))


calendars = st.builds(
    Calendar,
    st.dictionaries(st.integers(0, 6), hours(), min_size=1),
    st.frozensets(st.dates(date(2026, 1, 1), date(2026, 4, 1)), max_size=20),
)


class TestClockProperties(unittest.TestCase):
    @settings(deadline=None)
    @given(moments, moments, moments, calendars)
    def test_adjacent_intervals_add_up(self, first, second, third, calendar):
        first, second, third = sorted((first, second, third))
        parts = working_seconds(first, second, calendar) + working_seconds(second, third, calendar)
        self.assertEqual(parts, working_seconds(first, third, calendar))

    @settings(deadline=None)
    @given(moments, seconds, calendars)
    def test_exactly_the_promised_work_fits_before_the_deadline(self, start, work, calendar):
        self.assertEqual(working_seconds(start, due_at(start, work, calendar), calendar), work)

    @settings(deadline=None)
    @given(moments, seconds, st.integers(0, 40 * HOUR), calendars)
    def test_more_hold_never_moves_a_deadline_earlier(self, start, work, hold, calendar):
        self.assertGreaterEqual(due_at(start, work + hold, calendar), due_at(start, work, calendar))

    @settings(deadline=None)
    @given(moments, moments, seconds, calendars)
    def test_who_comes_later_is_never_due_earlier(self, one, other, work, calendar):
        earlier, later = sorted((one, other))
        self.assertLessEqual(due_at(earlier, work, calendar), due_at(later, work, calendar))

    @settings(deadline=None)
    @given(moments, seconds, calendars)
    def test_a_deadline_never_falls_outside_open_hours(self, start, work, calendar):
        due = due_at(start, work, calendar)
        opens, closes = calendar.window(due.date())
        self.assertTrue(opens < due <= closes)

    @settings(deadline=None)
    @given(moments, moments, calendars)
    def test_working_time_is_never_longer_than_time(self, one, other, calendar):
        start, end = sorted((one, other))
        self.assertLessEqual(working_seconds(start, end, calendar), (end - start).total_seconds())

    @settings(deadline=None)
    @given(moments, seconds, calendars, st.dates(date(2026, 1, 1), date(2026, 4, 1)))
    def test_a_further_holiday_holds_no_work_and_brings_no_deadline_forward(self, start, work, calendar, day):
        longer = Calendar(calendar.hours, calendar.holidays | {day})
        midnight = datetime.combine(day, time())
        self.assertEqual(working_seconds(midnight, midnight + timedelta(days=1), longer), 0)
        due = due_at(start, work, longer)
        self.assertGreaterEqual(due, due_at(start, work, calendar))
        self.assertNotEqual(due.date(), day)
