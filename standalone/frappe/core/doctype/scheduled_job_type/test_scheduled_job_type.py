"""What the hooks declare becomes rows, what is due becomes jobs, and every declared job can run."""

from datetime import timedelta

import pytest

import frappe
from frappe.core.doctype.scheduled_job_type.scheduled_job_type import run_scheduled_job, sync_jobs
from frappe.jobs import drain, table
from frappe.testing.sites import TestBench
from frappe.utils import scheduler

HERE = "frappe.core.doctype.scheduled_job_type.test_scheduled_job_type"
ran: list[str] = []


def succeed() -> None:
    ran.append(frappe.session.user)


def fail() -> None:
    raise ValueError("on purpose")


@pytest.fixture
def jobs(site: TestBench) -> None:
    ran.clear()
    sync_jobs({"hourly": [f"{HERE}.succeed"], "daily": [f"{HERE}.fail"]})
    frappe.db.commit()


def named(method: str) -> str:
    name: str = frappe.db.get_value("Scheduled Job Type", {"method": f"{HERE}.{method}"}, "name")
    return name


def later(hours: float) -> object:
    return frappe.utils.now_datetime() + timedelta(hours=hours)


def test_rows_follow_the_hooks(jobs: None) -> None:
    assert set(frappe.get_all("Scheduled Job Type", pluck="method")) == {f"{HERE}.succeed", f"{HERE}.fail"}
    sync_jobs({"weekly": [f"{HERE}.succeed"]})
    rows = frappe.get_all("Scheduled Job Type", fields=["method", "frequency"])
    assert [(row.method, row.frequency) for row in rows] == [(f"{HERE}.succeed", "Weekly")]


def test_a_method_may_be_declared_at_several_cadences(site: TestBench) -> None:
    method = f"{HERE}.succeed"
    for _ in range(2):
        sync_jobs({"daily": [method], "cron": {"0 4 * * *": [method], "0 16 * * *": [method]}})
    rows = frappe.get_all("Scheduled Job Type", {"method": method}, ["name", "cron_format"], order_by="cron_format asc")
    assert [row.cron_format or "" for row in rows] == ["", "0 16 * * *", "0 4 * * *"]
    assert len({row.name for row in rows}) == 3


def test_nothing_is_queued_before_it_is_due(jobs: None) -> None:
    assert scheduler.tick() == []


def test_what_is_due_is_queued_once_and_runs_as_administrator(jobs: None) -> None:
    assert scheduler.tick(now=later(1.5)) == [f"{HERE}.succeed"]  # type: ignore[arg-type]
    assert scheduler.tick(now=later(1.6)) == []  # type: ignore[arg-type]
    drain()
    assert ran == ["Administrator"]
    assert frappe.db.get_value("Scheduled Job Type", named("succeed"), "last_execution") is not None
    logs = frappe.get_all("Scheduled Job Log", fields=["scheduled_job_type", "status"])
    assert [(log.scheduled_job_type, log.status) for log in logs] == [(named("succeed"), "Complete")]


def test_a_failure_is_logged_with_its_traceback(jobs: None) -> None:
    with pytest.raises(ValueError, match="on purpose"):
        run_scheduled_job(named("fail"))
    log = frappe.get_last_doc("Scheduled Job Log")
    assert log.status == "Failed"
    assert "on purpose" in log.details


def test_a_stopped_job_does_not_run(jobs: None) -> None:
    frappe.db.set_value("Scheduled Job Type", named("succeed"), "stopped", 1)
    assert scheduler.tick(now=later(1.5)) == []  # type: ignore[arg-type]
    run_scheduled_job(named("succeed"))
    assert ran == []


@pytest.mark.parametrize("key", ["maintenance_mode", "pause_scheduler", "disable_scheduler"])
def test_the_configuration_stops_everything(jobs: None, key: str) -> None:
    frappe.local.conf[key] = 1
    assert scheduler.tick(now=later(30)) == []  # type: ignore[arg-type]
    assert key in (scheduler.inactive_reason() or "")


def test_a_switch_in_the_settings_stops_everything(jobs: None) -> None:
    scheduler.disable_scheduler()
    assert scheduler.tick(now=later(30)) == []  # type: ignore[arg-type]
    scheduler.enable_scheduler()
    assert len(scheduler.tick(now=later(30))) == 2  # type: ignore[arg-type]


def test_a_cadence_can_be_triggered_at_once(jobs: None) -> None:
    assert scheduler.trigger("hourly") == [f"{HERE}.succeed"]
    frappe.db.commit()
    assert table.counts() == {"default": {"queued": 1}}
    with pytest.raises(frappe.ValidationError, match="fortnightly"):
        scheduler.trigger("fortnightly")


def test_mail_is_pulled_as_often_as_configured(site: TestBench) -> None:
    frappe.local.conf.mail_pull_interval = 5
    assert scheduler.get_scheduler_tick() == 5


def test_every_job_of_the_framework_runs_on_a_new_site(site: TestBench) -> None:
    for method in frappe.get_all("Scheduled Job Type", pluck="method", limit=0):
        frappe.get_attr(method)()
