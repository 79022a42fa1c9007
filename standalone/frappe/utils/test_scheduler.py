"""When things are due."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.core.doctype.scheduled_job_type.scheduled_job_type import declared_jobs, next_moment, queue_of
from frappe.testing.sites import TestBench
from frappe.utils import scheduler
from frappe.utils.scheduler import SchedulerThread, until_next_tick

NIGHT = datetime(2026, 3, 14, 22, 30)


def row(frequency: str, last: datetime = NIGHT, cron: str = "") -> frappe._dict:
    return frappe._dict(method="app.jobs.tidy", frequency=frequency, cron_format=cron, last_execution=last)


@pytest.mark.parametrize(
    ("frequency", "due"),
    [
        ("Hourly", datetime(2026, 3, 14, 23, 0)),
        ("Daily", datetime(2026, 3, 15, 0, 0)),
        ("Weekly", datetime(2026, 3, 15, 0, 0)),
        ("Monthly", datetime(2026, 4, 1, 0, 0)),
        ("Yearly", datetime(2027, 1, 1, 0, 0)),
    ],
)
def test_a_cadence_is_due_at_its_next_full_step(frequency: str, due: datetime) -> None:
    assert next_moment(row(frequency), NIGHT) == due


def test_a_cron_expression_counts_from_the_last_run() -> None:
    assert next_moment(row("Cron", cron="*/20 * * * *"), NIGHT) == datetime(2026, 3, 14, 22, 40)


def test_an_interval_from_the_configuration_wins_over_the_cadence() -> None:
    assert next_moment(row("Daily"), NIGHT, interval=5) == datetime(2026, 3, 14, 22, 30, 5)


@pytest.mark.parametrize("cadence", ["All", "Hourly", "Daily", "Weekly Long"])
def test_what_ran_before_the_clock_was_set_back_is_due_at_once(cadence: str) -> None:
    before = NIGHT + timedelta(hours=1)
    assert next_moment(row(cadence, last=before), NIGHT) == NIGHT
    assert next_moment(row(cadence, last=before), NIGHT, interval=5) == NIGHT


def test_clocks_of_two_machines_may_differ_a_little() -> None:
    ahead = NIGHT + timedelta(seconds=3)
    assert next_moment(row("Hourly", last=ahead), NIGHT) == datetime(2026, 3, 14, 23, 0)


def test_heavy_jobs_are_spread_over_ten_minutes_and_always_by_the_same_amount() -> None:
    first, second = (next_moment(row("Daily Long"), NIGHT) for _ in range(2))
    assert first == second
    assert 1 <= (first - datetime(2026, 3, 15)).total_seconds() <= 600


def test_heavy_jobs_go_to_the_long_queue() -> None:
    assert queue_of("Hourly Long") == "long"
    assert queue_of("Daily Maintenance") == "long"
    assert queue_of("Daily") == "default"


def test_hooks_become_methods_with_cadences() -> None:
    events = {"daily_long": ["a.b"], "all": ["c.d"], "cron": {"0 1 * * *": ["e.f", "g.h"]}}
    assert set(declared_jobs(events)) == {
        ("a.b", "Daily Long", ""),
        ("c.d", "All", ""),
        ("e.f", "Cron", "0 1 * * *"),
        ("g.h", "Cron", "0 1 * * *"),
    }


def test_a_cadence_that_does_not_exist_is_named() -> None:
    with pytest.raises(frappe.ValidationError, match="fortnightly"):
        list(declared_jobs({"fortnightly": ["a.b"]}))


@given(st.floats(0, 4e9), st.sampled_from([1.0, 5.0, 60.0, 240.0]))
def test_ticks_keep_step_with_the_clock(now: float, pace: float) -> None:
    pause = until_next_tick(now, pace)
    assert 0 < pause <= pace
    assert (now + pause) / pace == pytest.approx(round((now + pause) / pace), abs=1e-6)


def until(look: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not look():
        assert time.monotonic() < deadline, "It did not happen."


@pytest.mark.slow
def test_the_second_scheduler_waits_and_takes_over(site: TestBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "TAKE_OVER_SECONDS", 0.02)
    first, second = (SchedulerThread(site.site, site.sites_path) for _ in range(2))
    first.start()
    until(lambda: first.last_tick is not None)
    second.start()
    until(lambda: second._is_waiting)
    assert second.last_tick is None
    first.stop()
    until(lambda: second.last_tick is not None)
    second.stop()
