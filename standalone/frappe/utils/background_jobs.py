"""`frappe.enqueue` and what apps ask about jobs. How jobs are kept and run is in `frappe.jobs`."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

import frappe
from frappe.exceptions import ValidationError
from frappe.jobs import outbox, payload, table
from frappe.jobs.table import NewJob

QUEUE_TIMEOUTS = {"short": 300, "default": 300, "long": 1500}
SEPARATOR = "||"


def get_queues_timeout() -> dict[str, int]:
    """Return the default timeout in seconds of each queue; conf `workers` adds queues."""
    extra = frappe.conf.workers or {}
    return {**QUEUE_TIMEOUTS, **{name: int(spec.get("timeout", 300)) for name, spec in extra.items()}}


def get_queue_list(queue_list: str | list[str] | None = None, build_queue_name: bool = False) -> list[str]:
    """Return the names of queues, all of them by default. Raises ValidationError for an unknown one."""
    known = list(get_queues_timeout())
    names = queue_list.split(",") if isinstance(queue_list, str) else list(queue_list or known)
    for name in names:
        validate_queue(name.strip())
    return [name.strip() for name in names]


def validate_queue(queue: str) -> None:
    """Refuse a queue that does not exist."""
    known = get_queues_timeout()
    if queue not in known:
        raise ValidationError(f"There is no queue {queue!r}; the queues are {', '.join(known)}.")


@dataclass(frozen=True)
class JobHandle:
    """What `frappe.enqueue` returns: the id, and where the job stands."""

    id: str
    queue: str
    method: str

    def get_status(self) -> str | None:
        """Return queued, started, finished or failed; None when nothing is known of it (any more)."""
        return _status(self.id)

    @property
    def is_queued(self) -> bool:
        return self.get_status() == table.QUEUED

    @property
    def is_started(self) -> bool:
        return self.get_status() == table.STARTED

    @property
    def is_finished(self) -> bool:
        return self.get_status() == table.FINISHED

    @property
    def is_failed(self) -> bool:
        return self.get_status() == table.FAILED


def enqueue(
    method: str | Callable[..., Any],
    queue: str = "default",
    timeout: int | None = None,
    event: str | None = None,
    is_async: bool = True,
    job_name: str | None = None,
    now: bool = False,
    enqueue_after_commit: bool = False,
    *,
    on_success: Callable[..., Any] | None = None,
    on_failure: Callable[..., Any] | None = None,
    at_front: bool = False,
    job_id: str | None = None,
    deduplicate: bool = False,
    delay: float = 0,
    **kwargs: Any,
) -> Any:
    """Have `method(**kwargs)` run by a worker once the current transaction is committed.

    `now` runs it here instead and returns its result. `deduplicate` needs a `job_id`, and drops the job while one of
    that id is queued or started. `on_success(job, connection, result)` and `on_failure(job, connection, type, value,
    traceback)` are called by the worker. `delay` (seconds) is an addition of this runtime.
    """
    if deduplicate and not job_id:
        raise ValidationError("`deduplicate` needs a `job_id` to recognise the job by.")
    if now or (not is_async and not frappe.flags.in_test):
        return frappe.call(method, **kwargs)
    validate_queue(queue)
    if not is_async:
        from frappe.jobs.runner import run_here

        return run_here(method, kwargs)
    identity = create_job_id(job_id)
    if deduplicate and is_job_enqueued(job_id or ""):
        return None
    job = NewJob(
        queue=queue,
        method=payload.describe(method),
        body=_body(method, kwargs, event, on_success, on_failure),
        user=frappe.session.user or "Administrator",
        job_id=identity,
        timeout=int(timeout or get_queues_timeout()[queue]),
        deduplicate=deduplicate,
        job_name=job_name,
        priority=1 if at_front else 0,
        delay=delay,
    )
    outbox.put(job)
    return None if enqueue_after_commit else JobHandle(identity, queue, job.method)


def _body(
    method: str | Callable[..., Any], kwargs: dict[str, Any], event: str | None, on_success: Any, on_failure: Any
) -> str:
    path = method if isinstance(method, str) else payload.path_of(method)
    content: dict[str, Any] = {"method": path or method, "kwargs": kwargs}
    extra = {"event": event, "on_success": on_success, "on_failure": on_failure}
    content.update({key: value for key, value in extra.items() if value})
    return payload.encode(content)


def enqueue_doc(
    doctype: str,
    name: Any = None,
    method: str | None = None,
    queue: str = "default",
    timeout: int = 300,
    now: bool = False,
    **kwargs: Any,
) -> Any:
    """Have a method of a document run by a worker; permissions are not checked there."""
    return enqueue(
        "frappe.utils.background_jobs.run_doc_method",
        doctype=doctype,
        name=name,
        doc_method=method,
        queue=queue,
        timeout=timeout,
        now=now,
        **kwargs,
    )


def run_doc_method(doctype: str, name: Any, doc_method: str, **kwargs: Any) -> Any:
    """Load a document (a Single without a name) and call a method of it."""
    doc = frappe.get_doc(doctype, name) if name is not None else frappe.get_doc(doctype)
    return getattr(doc, doc_method)(**kwargs)


def create_job_id(job_id: str | None = None) -> str:
    """Return the id under which the queue knows a job of the active site."""
    return f"{frappe.local.site}{SEPARATOR}{job_id or uuid.uuid4()}"


def is_job_enqueued(job_id: str) -> bool:
    """Tell whether a job of that id is queued or started, or will be with the current transaction."""
    identity = create_job_id(job_id)
    return outbox.is_pending(identity) or table.is_active(identity)


def get_job_status(job_id: str) -> str | None:
    """Return queued, started, finished or failed; None for an unknown job."""
    return _status(create_job_id(job_id))


def _status(identity: str) -> str | None:
    if outbox.is_pending(identity):
        return table.QUEUED
    job = table.find(identity)
    return job.status if job else None


def get_job(job_id: str) -> table.Job | None:
    """Return the newest job of that id; None for an unknown one."""
    return table.find(create_job_id(job_id))


def get_jobs(site: str | None = None, queue: str | None = None, key: str = "method") -> dict[str, list[str]]:
    """Return `{site: [method, …]}` of the jobs that wait or run on the active site, or their job_name or job_id."""
    if key not in ("method", "job_name", "job_id"):
        raise ValidationError(f"Jobs can be listed by method, job_name or job_id, not by {key!r}.")
    jobs = [job for status in table.ACTIVE for job in table.listed(status, queue, limit=1000)]
    return {site or frappe.local.site: [str(getattr(job, key)) for job in jobs]}


def execute_job(
    site: str,
    method: str | Callable[..., Any],
    event: str | None,
    job_name: str | None,
    kwargs: dict[str, Any],
    user: str | None = None,
    is_async: bool = True,
    retry: int = 0,
) -> Any:
    """Run one job: in a state of its own, or (`is_async=False`) in the active one."""
    from frappe.jobs.runner import Work, run_apart, run_here

    if not is_async:
        return run_here(method, kwargs)
    return run_apart(Work(site, frappe.local.sites_path, method, kwargs, user or "Administrator", job_name=job_name))


def get_redis_conn(*_: Any, **__: Any) -> NoReturn:
    """Refuse: the queue is in the site's database."""
    raise frappe.exceptions.MissingFrameworkFeature(
        "There is no Redis queue in this runtime: jobs are rows of the site's database. Use frappe.enqueue, "
        "is_job_enqueued and get_jobs."
    )


__all__ = [
    "enqueue",
    "enqueue_doc",
    "execute_job",
    "get_job",
    "get_job_status",
    "get_jobs",
    "get_queues_timeout",
    "get_redis_conn",
    "is_job_enqueued",
    "run_doc_method",
]
