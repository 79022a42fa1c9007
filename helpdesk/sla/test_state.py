"""When a promise turns from green to amber to red."""

import unittest
from dataclasses import replace
from datetime import datetime, time, timedelta

from helpdesk.sla.calendar import Calendar, Hours
from helpdesk.sla.progress import Progress, Target, agreement_status, with_targets
from helpdesk.sla.state import (
    BREACHED,
    ON_TRACK,
    WARNING,
    resolution_used,
    response_used,
    sla_state,
    warning_on,
)
from helpdesk.tests.properties import given, st

OFFICE = Calendar({weekday: Hours(time(10), time(18)) for weekday in range(5)})
TEN = datetime(2026, 3, 3, 10)
FOUR_HOURS = Target(3600, 14_400)
ANSWERED = with_targets(Progress(TEN, first_responded_on=TEN + timedelta(minutes=5)), FOUR_HOURS, OFFICE)


def state(progress: Progress, now: datetime, target: Target = FOUR_HOURS, share: float = 0.75) -> str:
    status = agreement_status(progress, now, tracked=True)
    return sla_state(status, warning_on(progress, target, OFFICE, share, tracked=True), now)


class TestState(unittest.TestCase):
    def test_four_hours_are_amber_from_the_third_and_red_after_the_fourth(self):
        self.assertEqual(state(ANSWERED, TEN + timedelta(hours=2, minutes=59)), ON_TRACK)
        self.assertEqual(state(ANSWERED, TEN + timedelta(hours=3)), WARNING)
        self.assertEqual(state(ANSWERED, TEN + timedelta(hours=4)), WARNING)
        self.assertEqual(state(ANSWERED, TEN + timedelta(hours=4, seconds=1)), BREACHED)

    def test_the_first_response_warns_for_itself(self):
        fresh = with_targets(Progress(TEN), FOUR_HOURS, OFFICE)
        self.assertEqual(state(fresh, TEN + timedelta(minutes=44)), ON_TRACK)
        self.assertEqual(state(fresh, TEN + timedelta(minutes=45)), WARNING)

    def test_a_pause_neither_warns_nor_counts(self):
        paused = replace(ANSWERED, on_hold_since=TEN + timedelta(hours=1))
        self.assertEqual(state(paused, TEN + timedelta(hours=3, minutes=30)), "Paused")
        held = with_targets(replace(ANSWERED, total_hold_time=3600), FOUR_HOURS, OFFICE)
        self.assertEqual(state(held, TEN + timedelta(hours=3, minutes=59)), ON_TRACK)
        self.assertEqual(state(held, TEN + timedelta(hours=4)), WARNING)

    def test_what_is_used_is_a_share_of_the_promise_and_stands_still_in_a_pause(self):
        paused = replace(ANSWERED, on_hold_since=TEN + timedelta(hours=2))
        for progress, hours, wanted in ((ANSWERED, 1, 0.25), (ANSWERED, 5, 1.25), (paused, 5, 0.5)):
            now = TEN + timedelta(hours=hours)
            self.assertEqual(resolution_used(progress, FOUR_HOURS, now, OFFICE, tracked=True), wanted)
        self.assertEqual(response_used(ANSWERED, FOUR_HOURS, TEN + timedelta(hours=5), OFFICE), 300 / 3600)
        self.assertIsNone(resolution_used(ANSWERED, FOUR_HOURS, TEN, OFFICE, tracked=False))

    def test_without_a_promised_resolution_an_answer_ends_it(self):
        self.assertIsNone(warning_on(ANSWERED, FOUR_HOURS, OFFICE, 0.75, tracked=False))

    @given(
        st.floats(0.01, 1),
        st.integers(60, 10**6),
        st.integers(0, 10**6),
        st.integers(0, 10**5),
        st.booleans(),
    )
    def test_a_warning_is_never_later_than_its_deadline_and_never_earlier_after_a_hold(
        self, share, response, more, hold, answered
    ):
        target = Target(response, response + more)
        start = Progress(TEN, first_responded_on=TEN if answered else None)
        moments = []
        for held in (0, hold):
            progress = with_targets(replace(start, total_hold_time=held), target, OFFICE)
            warns = warning_on(progress, target, OFFICE, share, tracked=True)
            due = progress.resolution_by if answered else progress.response_by
            self.assertLessEqual(warns, due)
            moments.append(warns)
        self.assertLessEqual(*moments)
