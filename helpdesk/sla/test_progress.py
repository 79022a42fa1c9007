"""The two clocks of an agreement, without any ticket."""

import unittest
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from helpdesk.sla.calendar import Calendar, Hours
from helpdesk.sla.clock import working_seconds
from helpdesk.sla.progress import (
    Progress,
    Target,
    agreement_status,
    with_first_response,
    with_hold,
    with_resolution,
    with_targets,
)
from helpdesk.tests.properties import given, settings, st

HOURS = {weekday: Hours(time(10), time(18)) for weekday in range(5)}
OFFICE = Calendar(HOURS)
HIGH = Target(3600, 14_400)
MEDIUM = Target(28_800, 86_400)


class Story:
    """A request whose status changes over time, as a ticket would drive the rules."""

    def __init__(self, started: datetime, target: Target, calendar: Calendar = OFFICE, *, tracked: bool = True):
        self.calendar, self.target, self.tracked, self.category = calendar, target, tracked, "Open"
        self.progress = with_targets(Progress(started), target, calendar)

    def becomes(self, category: str, now: datetime) -> Progress:
        old, before = self.category, self.progress
        if category != "Open" and not before.first_responded_on:
            before = replace(before, first_responded_on=now)
        progress = with_first_response(before, self.calendar)
        progress = with_resolution(progress, old, category, now, self.calendar, tracked=self.tracked)
        progress = with_hold(progress, old, category, now, self.calendar, resolved_on=before.resolution_date)
        self.progress = with_targets(progress, self.target, self.calendar)
        self.category = category
        return self.progress

    def status(self, now: datetime) -> str:
        return agreement_status(self.progress, now, tracked=self.tracked)


def tuesday(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return datetime(2026, 3, 3, hour, minute) + timedelta(days=days)


class TestProgress(unittest.TestCase):
    def test_f01_a_fresh_request_waits_for_its_first_response(self):
        self.assertEqual(Story(tuesday(10), HIGH).status(tuesday(10)), "First Response Due")

    def test_f02_a_missed_first_response_fails(self):
        self.assertEqual(Story(tuesday(10), HIGH).status(tuesday(11, 1)), "Failed")

    def test_f03_f04_f05_a_pause_is_hold_and_extends_the_resolution(self):
        story = Story(tuesday(10), HIGH)
        promised = story.progress.resolution_by
        paused = story.becomes("Paused", tuesday(10, 20))
        self.assertEqual(story.status(tuesday(10, 30)), "Paused")
        self.assertEqual((paused.on_hold_since, paused.resolution_date), (tuesday(10, 20), None))
        opened = story.becomes("Open", tuesday(11))
        self.assertEqual((opened.on_hold_since, opened.total_hold_time), (None, 2400))
        self.assertEqual(opened.resolution_by, promised + timedelta(minutes=40))
        self.assertEqual(story.status(tuesday(11)), "Resolution Due")
        self.assertEqual(story.status(opened.resolution_by + timedelta(minutes=1)), "Failed")

    def test_f06_resolving_in_time_fulfils_both(self):
        story = Story(tuesday(10), HIGH)
        story.becomes("Resolved", tuesday(10, 30))
        self.assertEqual(story.status(tuesday(18)), "Fulfilled")

    def test_f07_the_resolution_time_leaves_the_pause_out(self):
        story = Story(tuesday(10), MEDIUM)
        story.becomes("Paused", tuesday(11))
        story.becomes("Open", tuesday(11, 45))
        self.assertEqual(story.becomes("Resolved", tuesday(12, 15)).resolution_time, 5400)

    def test_f08_a_pause_over_a_holiday_counts_open_hours_only(self):
        thursday = date(2026, 3, 5)
        story = Story(tuesday(17, days=1), HIGH, Calendar(HOURS, frozenset({thursday})))
        story.becomes("Paused", tuesday(17, 40, days=1))
        self.assertEqual(story.becomes("Open", tuesday(11, days=3)).total_hold_time, 4800)
        self.assertEqual(story.becomes("Resolved", tuesday(11, 30, days=3)).resolution_time, 4200)

    def test_f10_another_resolved_status_changes_no_figure(self):
        story = Story(tuesday(10), HIGH)
        first = story.becomes("Resolved", tuesday(10, 45))
        self.assertEqual(story.becomes("Resolved", tuesday(15)), first)

    def test_f11_time_spent_resolved_is_hold_after_a_reopening(self):
        story = Story(tuesday(10), HIGH)
        promised = story.becomes("Resolved", tuesday(11)).resolution_by
        reopened = story.becomes("Open", tuesday(13))
        self.assertEqual((reopened.resolution_date, reopened.total_hold_time), (None, 7200))
        self.assertEqual(working_seconds(promised, reopened.resolution_by, OFFICE), 7200)

    def test_f13_a_late_answer_says_how_late(self):
        story = Story(tuesday(10), HIGH)
        story.progress = replace(story.progress, first_responded_on=tuesday(11, 15))
        self.assertEqual(story.becomes("Paused", tuesday(11, 15)).first_response_failed_by, 900)
        self.assertEqual(story.status(tuesday(11, 15)), "Failed")

    def test_f14_late_outside_open_hours_costs_no_working_time(self):
        story = Story(tuesday(17), HIGH)
        self.assertEqual(story.becomes("Paused", tuesday(18, 20)).first_response_failed_by, 0)
        self.assertEqual(story.status(tuesday(18, 20)), "Failed")

    def test_f15_a_late_resolution_says_how_late(self):
        story = Story(tuesday(10), HIGH)
        self.assertEqual(story.becomes("Resolved", tuesday(15)).resolution_failed_by, 3600)
        self.assertEqual(story.status(tuesday(15)), "Failed")

    def test_f16_without_a_promised_resolution_an_answer_fulfils(self):
        story = Story(tuesday(10), Target(3600), tracked=False)
        story.progress = replace(story.progress, first_responded_on=tuesday(10, 30))
        self.assertIsNone(story.progress.resolution_by)
        self.assertEqual(story.status(tuesday(17)), "Fulfilled")

    def test_f19_another_paused_status_keeps_the_first_instant(self):
        story = Story(tuesday(10), HIGH)
        story.becomes("Paused", tuesday(10, 20))
        self.assertEqual(story.becomes("Paused", tuesday(12)).on_hold_since, tuesday(10, 20))

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(["Open", "Paused", "Resolved"]), st.integers(0, 100_000)), max_size=12))
    def test_deadlines_only_ever_move_later(self, steps):
        story, now = Story(tuesday(10), HIGH), tuesday(10)
        for category, seconds in steps:
            before, now = story.progress.resolution_by, now + timedelta(seconds=seconds)
            after = story.becomes(category, now)
            self.assertGreaterEqual(after.resolution_by, before)
            self.assertEqual(after.response_by, tuesday(11))
            self.assertEqual(bool(after.on_hold_since), category == "Paused")
            self.assertEqual(bool(after.resolution_date), category == "Resolved")
