"""Windows of days."""

import unittest
from datetime import date

from helpdesk.analytics.windows import Window, change, delta, filled, last_days
from helpdesk.tests.properties import given, settings, st

DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))


class TestWindows(unittest.TestCase):
    def test_v02_twice_as_many_is_a_hundred_percent_and_nothing_before_is_zero(self):
        self.assertEqual((delta(4, 2), delta(4, 0)), (100, 0))

    def test_growth_from_nothing_has_no_percentage(self):
        self.assertEqual((change(3, 0), change(0, 0), change(1, 2)), (None, 0, -50))

    def test_v05_a_day_without_anything_is_zero(self):
        window = Window(date(2026, 3, 1), date(2026, 3, 3))
        series = filled({date(2026, 3, 2): 5}, window)
        self.assertEqual(series, [(date(2026, 3, 1), 0), (date(2026, 3, 2), 5), (date(2026, 3, 3), 0)])

    @settings(deadline=None)
    @given(DATES, st.integers(1, 400))
    def test_windows_join_without_gap_or_overlap(self, today, days):
        window = last_days(days, today)
        before = window.before()
        self.assertEqual((window.days, before.days), (days, days))
        self.assertEqual((window.start - before.end).days, 1)
        self.assertEqual(len(window.dates()), days)
