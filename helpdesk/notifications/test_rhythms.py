"""When mails may reach somebody."""

from datetime import datetime, time, timedelta
from unittest import TestCase

from helpdesk.notifications.rhythms import DAILY, WEEKLY, Rhythm, after_quiet, leaves_at, next_digest

NIGHT = Rhythm(quiet_from=time(22), quiet_until=time(7))
NOON = Rhythm(quiet_from=time(12), quiet_until=time(14))
TUESDAY = datetime(2026, 3, 3)


class TestHours(TestCase):
    def test_quiet_hours_may_go_over_midnight(self):
        for hour, minute, until in (
            (21, 59, TUESDAY + timedelta(hours=21, minutes=59)),
            (22, 0, TUESDAY + timedelta(days=1, hours=7)),
            (3, 0, TUESDAY + timedelta(hours=7)),
            (7, 0, TUESDAY + timedelta(hours=7)),
        ):
            with self.subTest(hour=hour, minute=minute):
                self.assertEqual(after_quiet(NIGHT, TUESDAY.replace(hour=hour, minute=minute)), until)

    def test_quiet_hours_of_a_noon_end_on_the_same_day(self):
        self.assertEqual(after_quiet(NOON, TUESDAY.replace(hour=13)), TUESDAY.replace(hour=14))
        self.assertEqual(after_quiet(NOON, TUESDAY.replace(hour=15)), TUESDAY.replace(hour=15))

    def test_a_digest_comes_on_the_next_morning_or_the_next_monday(self):
        for digest, hour, expected in (
            (DAILY, 7, TUESDAY.replace(hour=8)),
            (DAILY, 8, TUESDAY + timedelta(days=1, hours=8)),
            (WEEKLY, 7, TUESDAY + timedelta(days=6, hours=8)),
        ):
            with self.subTest(digest=digest, hour=hour):
                self.assertEqual(next_digest(digest, TUESDAY.replace(hour=hour)), expected)
        monday = TUESDAY - timedelta(days=1)
        self.assertEqual(next_digest(WEEKLY, monday.replace(hour=7)), monday.replace(hour=8))
        self.assertEqual(next_digest(WEEKLY, monday.replace(hour=8)), monday + timedelta(days=7, hours=8))

    def test_a_digest_waits_for_the_end_of_quiet_hours_and_what_is_urgent_for_no_digest(self):
        late = Rhythm(DAILY, time(20), time(9, 30))
        now = TUESDAY.replace(hour=15)
        self.assertEqual(leaves_at(late, now, is_urgent=False), TUESDAY + timedelta(days=1, hours=9, minutes=30))
        self.assertEqual(leaves_at(late, now, is_urgent=True), now)
        self.assertEqual(
            leaves_at(late, TUESDAY.replace(hour=21), is_urgent=True), TUESDAY + timedelta(days=1, hours=9, minutes=30)
        )

    def test_whatever_is_chosen_nothing_leaves_in_quiet_hours_or_before_it_was_written(self):
        for rhythm in (NIGHT, NOON, Rhythm(DAILY, time(22), time(7)), Rhythm(WEEKLY, time(6), time(9))):
            for minutes in range(0, 7 * 24 * 60, 35):
                now = TUESDAY + timedelta(minutes=minutes)
                due = leaves_at(rhythm, now, is_urgent=False)
                self.assertGreaterEqual(due, now)
                self.assertEqual(after_quiet(rhythm, due), due)
                self.assertLessEqual(due - now, timedelta(days=8))
