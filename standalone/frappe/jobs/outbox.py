"""The jobs that the current transaction asks for; they are written just before it commits.

Those asked for after a savepoint are forgotten when the transaction returns to it.

A request that only reads ends with a rollback although nothing went wrong. Jobs it asked for are kept all the same,
written in a transaction of their own.
"""

from __future__ import annotations

import frappe
from frappe.jobs import table, wake
from frappe.jobs.table import NewJob

_READING = ("GET", "HEAD", "OPTIONS")


def put(job: NewJob) -> None:
    """Have `job` written with the current transaction."""
    pending().append(job)
    frappe.db.before_commit.add(_write)
    frappe.db.after_rollback.add(_rolled_back)


def pending() -> list[NewJob]:
    """Return the jobs that will be written by the next commit."""
    jobs: list[NewJob] = frappe.db.waiting("jobs")
    return jobs


def take() -> list[NewJob]:
    """Return the pending jobs and forget them."""
    jobs = list(pending())
    pending().clear()
    return jobs


def is_pending(job_id: str) -> bool:
    """Tell whether a job of that id will be written by the next commit."""
    return any(job.job_id == job_id for job in pending())


def _write() -> None:
    jobs = take()
    if jobs:
        table.insert(jobs)
        frappe.db.after_commit.add(wake)


def _rolled_back() -> None:
    jobs = take()
    request = frappe.local.request
    if jobs and request and request.method in _READING:
        table.insert(jobs)
        frappe.db.after_commit.add(wake)
        frappe.db.commit()
