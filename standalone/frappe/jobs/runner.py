"""Running one job: its own state and user, the hooks around it, its transaction, and what happens when it fails."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.exceptions import (
    DatabaseAwayError,
    LocksAwayError,
    QueryDeadlockError,
    QueryTimeoutError,
    RetryBackgroundJobError,
)
from frappe.jobs import outbox, payload, table
from frappe.types import _dict
from frappe.utils.logger import get_logger

MAX_ATTEMPTS = 5
TRY_AGAIN = (QueryDeadlockError, QueryTimeoutError, DatabaseAwayError, LocksAwayError, RetryBackgroundJobError)


class JobTimeoutException(Exception):
    """A job ran for longer than it may."""


class AfterJob:
    """Functions to call once the job is done and its state still there: `frappe.local.job.after_job.add(fn)`."""

    def __init__(self) -> None:
        self._functions: list[Callable[[], Any]] = []

    def add(self, function: Callable[[], Any]) -> None:
        self._functions.append(function)

    def run(self) -> None:
        while self._functions:
            self._functions.pop(0)()

    def reset(self) -> None:
        self._functions.clear()


@dataclass
class Work:
    """What is to be called, for whom."""

    site: str
    sites_path: str
    method: str | Callable[..., Any]
    kwargs: dict[str, Any]
    user: str = "Administrator"
    job_name: str | None = None
    event: str | None = None
    on_success: Callable[..., Any] | None = None
    on_failure: Callable[..., Any] | None = None
    row: table.Job | None = field(default=None)

    @property
    def name(self) -> str:
        return payload.describe(self.method)


def work_of(row: table.Job, site: str, sites_path: str) -> Work:
    """Return what a row asks for."""
    content = payload.decode(row.body)
    return Work(
        site,
        sites_path,
        content["method"],
        content["kwargs"],
        row.user,
        job_name=row.job_name,
        event=content.get("event"),
        on_success=content.get("on_success"),
        on_failure=content.get("on_failure"),
        row=row,
    )


# -- a job of its own -------------------------------------------------------------------------------------------------


def run_apart(work: Work) -> Any:
    """Run `work` in a new state and commit. After a lost race for the database it is tried again, five times in all."""
    for attempt in range(1, MAX_ATTEMPTS + 1):
        with job_state(work):
            try:
                result = _call(work)
                frappe.db.commit()
            except TRY_AGAIN:
                frappe.db.rollback()
                if attempt == MAX_ATTEMPTS:
                    _log_failure(work)
                    raise
            except Exception:
                frappe.db.rollback()
                _log_failure(work)
                raise
            else:
                _run_after(work, result)
                return result
        time.sleep(attempt)
    raise AssertionError("the last attempt returns or raises")


def run_claimed(row: table.Job, site: str, sites_path: str) -> bool:
    """Run a row that was claimed and record how it ended; return whether it was done.

    The row is marked as finished in the job's own last transaction, so that a job that is killed before its end is run
    again as a whole, and one that is killed after it is not. Work for a claim that was lost meanwhile is not kept.
    """
    worker = str(row.worker)
    with job_state(Work(site, sites_path, row.method, {}, row.user, row.job_name)) as state:
        try:
            work = work_of(row, site, sites_path)
            state.job.update(method=work.name, kwargs=work.kwargs, worker=worker)
            result = _call(work)
            table.finish(row.id, worker)
            frappe.db.commit()
        except table.ClaimLost as error:
            frappe.db.rollback()
            get_logger("worker").warning("%s Its work was undone.", error)
            return False
        except TRY_AGAIN as error:
            frappe.db.rollback()
            return _try_again(row, worker, error)
        except Exception as error:  # a job may raise anything; its row keeps the traceback
            frappe.db.rollback()
            _record_failure(row, worker, error)
            return False
        _run_after(work, result)
        return True


def _try_again(row: table.Job, worker: str, error: Exception) -> bool:
    if row.attempts >= MAX_ATTEMPTS:
        _record_failure(row, worker, error)
    else:
        table.give_back(row.id, worker, delay=row.attempts)
        frappe.db.commit()
    return False


def _record_failure(row: table.Job, worker: str, error: Exception) -> None:
    trace = frappe.get_traceback() or repr(error)
    _log_failure(Work(frappe.local.site, frappe.local.sites_path, row.method, {}, row.user), trace)
    table.fail(row.id, worker, trace)
    frappe.db.commit()
    _tell_failure(row, error)


def _tell_failure(row: table.Job, error: Exception) -> None:
    """Call `on_failure` of a job whose payload can be read."""
    try:
        on_failure = payload.decode(row.body).get("on_failure")
        if on_failure:
            on_failure(row, None, type(error), error, error.__traceback__)
            frappe.db.commit()
    except Exception:  # the failure that it was to be told of is recorded already
        frappe.db.rollback()
        frappe.log_error(f"on_failure of {row.method}")
        frappe.db.commit()


def _log_failure(work: Work, trace: str | None = None) -> None:
    frappe.log_error(title=work.name, message=trace or frappe.get_traceback())
    frappe.db.commit()


@contextmanager
def job_state(work: Work) -> Iterator[Any]:
    """Open a new state for `work`, with its user; always dropped at the end."""
    frappe.init(work.site, sites_path=work.sites_path, force=True)
    try:
        frappe.connect(set_admin_as_user=False)
        frappe.set_user(work.user)
        frappe.local.job = _job_of(work)
        yield frappe.local
    finally:
        frappe.destroy()


def _job_of(work: Work) -> _dict:
    return _dict(
        site=work.site,
        method=work.name,
        job_name=work.job_name or work.name,
        kwargs=work.kwargs,
        user=work.user,
        event=work.event,
        job_id=work.row.job_id if work.row else None,
        after_job=AfterJob(),
    )


def _call(work: Work) -> Any:
    for hook in frappe.get_hooks("before_job"):
        frappe.call(hook, method=work.name, kwargs=work.kwargs, transaction_type="job")
    method = frappe.get_attr(work.method) if isinstance(work.method, str) else work.method
    return method(**work.kwargs)


def _run_after(work: Work, result: Any) -> None:
    """Run what comes after a job that is done; errors there are logged and change nothing about the job."""
    try:
        for hook in frappe.get_hooks("after_job"):
            frappe.call(hook, method=work.name, kwargs=work.kwargs, result=result)
        frappe.local.job.after_job.run()
        if work.on_success:
            work.on_success(work.row, None, result)
        frappe.db.commit()
    except Exception:  # the job is done and kept, whatever its followers do
        frappe.db.rollback()
        _log_failure(work)


# -- in the active state ----------------------------------------------------------------------------------------------


def run_here(method: str | Callable[..., Any], kwargs: dict[str, Any], user: str | None = None) -> Any:
    """Run a job in the active state and transaction, with the hooks around it. Errors undo its work and are raised."""
    state = frappe.local
    work = Work(state.site, state.sites_path, method, kwargs, user or state.session.user)
    former_job, former_user = state.job, state.session.user
    state.job = _job_of(work)
    if work.user != former_user:
        frappe.set_user(work.user)
    frappe.db.savepoint("job_run_here")
    try:
        result = _call(work)
        for hook in frappe.get_hooks("after_job"):
            frappe.call(hook, method=work.name, kwargs=work.kwargs, result=result)
        state.job.after_job.run()
    except Exception:
        frappe.db.rollback(save_point="job_run_here")
        raise
    finally:
        state.job = former_job
        if work.user != former_user:
            frappe.set_user(former_user)
    return result


def run_inline(limit: int) -> list[Any]:
    """Run all waiting jobs in the active state, delayed ones too; see `frappe.jobs.drain`."""
    from frappe.utils.background_jobs import get_queue_list

    results: list[Any] = []
    queues = get_queue_list()
    while True:
        table.insert(outbox.take())
        found = table.next_queued(queues, ignore_delays=True)
        if found is None:
            return results
        if len(results) >= limit:
            raise RuntimeError(f"More than {limit} jobs ran; they seem to enqueue each other for ever.")
        results.append(_run_row_here(found))


def _run_row_here(id: int) -> Any:
    row = table.claim(id, "inline")
    if row is None:
        raise RuntimeError(f"Job {id} was taken by a worker while draining.")
    content = payload.decode(row.body)
    try:
        result = run_here(content["method"], content["kwargs"], row.user)
    except Exception:
        table.fail(id, str(row.worker), frappe.get_traceback())
        raise
    table.finish(id, str(row.worker))
    return result
