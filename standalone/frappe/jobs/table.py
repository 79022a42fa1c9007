"""The rows of `__jobs`. Moments are seconds since the epoch; nothing here commits.

A claim is decided by how many rows its update changed, and has a name of its own: the worker's, `#` and a random part.
Whoever ends a job must still hold that claim, so that neither two threads of one process nor a worker that was given up
too early can do the work of a job twice.

A waiting job is `queued`, one that a worker holds `started`; in the end it is `finished` or `failed`. A worker holds a
job under a lease that it renews; a job whose lease ran out, or whose worker is known to be dead, is `queued` again.
`dedupe_key` is unique and only set while a deduplicated job is queued or started.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import frappe

QUEUED, STARTED, FINISHED, FAILED = "queued", "started", "finished", "failed"
ACTIVE = (QUEUED, STARTED)

LEASE_SECONDS = 120
CLOCKS_DIFFER_SECONDS = 60
"""By how much the clocks of two machines may differ without a meaning."""
MAX_LOSSES = 5
"""How often a job may lose its worker before it counts as failed: it is probably what kills them."""
FINISHED_TTL = 600
FAILED_TTL = 7 * 24 * 3600

_COLUMNS = (
    "queue", "method", "body", "user", "status", "job_id", "dedupe_key", "job_name", "priority", "timeout",
    "enqueued_at", "run_after",
)  # fmt: skip

_SQLITE_TABLE = """
create table if not exists `__jobs` (
  id integer primary key autoincrement,
  queue text not null, method text not null, body text not null, user text not null,
  status text not null default 'queued',
  job_id text not null, dedupe_key text unique, job_name text,
  priority integer not null default 0, attempts integer not null default 0, losses integer not null default 0,
  worker text, timeout integer not null,
  enqueued_at real not null, run_after real not null default 0,
  started_at real, lease_until real, ended_at real, exc_info text
)"""

_MARIADB_TABLE = """
create table if not exists `__jobs` (
  id bigint primary key auto_increment,
  queue varchar(40) not null, method varchar(255) not null, body longtext not null, user varchar(140) not null,
  status varchar(10) not null default 'queued',
  job_id varchar(255) not null, dedupe_key varchar(255) unique, job_name varchar(255),
  priority int not null default 0, attempts int not null default 0, losses int not null default 0,
  worker varchar(255), timeout int not null,
  enqueued_at double not null, run_after double not null default 0,
  started_at double, lease_until double, ended_at double, exc_info longtext,
  index jobs_by_status (status, queue, priority, id), index jobs_by_job_id (job_id)
) engine=InnoDB row_format=dynamic character set=utf8mb4 collate=utf8mb4_bin"""

_SQLITE_INDEXES = (
    "create index if not exists jobs_by_status on `__jobs` (status, queue, priority, id)",
    "create index if not exists jobs_by_job_id on `__jobs` (job_id)",
)


@dataclass(frozen=True, slots=True)
class Job:
    """One row."""

    id: int
    queue: str
    method: str
    body: str
    user: str
    status: str
    job_id: str
    job_name: str | None
    timeout: int
    attempts: int
    losses: int
    worker: str | None
    enqueued_at: float
    started_at: float | None
    ended_at: float | None
    exc_info: str | None


@dataclass(frozen=True, slots=True)
class NewJob:
    """What becomes a row."""

    queue: str
    method: str
    body: str
    user: str
    job_id: str
    timeout: int
    deduplicate: bool = False
    job_name: str | None = None
    priority: int = 0
    delay: float = 0

    def row(self, now: float) -> tuple[Any, ...]:
        key = self.job_id if self.deduplicate else None
        after = now + self.delay if self.delay else 0
        return (
            self.queue, self.method, self.body, self.user, QUEUED, self.job_id, key, self.job_name, self.priority,
            self.timeout, now, after,
        )  # fmt: skip


_FIELDS = ", ".join(Job.__dataclass_fields__)


def create_table() -> None:
    """Make the table if it is missing."""
    if frappe.db.db_type == "sqlite":
        for statement in (_SQLITE_TABLE, *_SQLITE_INDEXES):
            frappe.db.sql_ddl(statement)
    else:
        frappe.db.sql_ddl(_MARIADB_TABLE)


def insert(jobs: Sequence[NewJob]) -> None:
    """Write all jobs in one statement; a deduplicated one that is already queued or started is left out."""
    if not jobs:
        return
    now = time.time()
    places = "(" + ", ".join(["%s"] * len(_COLUMNS)) + ")"
    values = [value for job in jobs for value in job.row(now)]
    rows = ", ".join([places] * len(jobs))
    frappe.db.sql(f"insert ignore into `__jobs` ({', '.join(_COLUMNS)}) values {rows}", values)


def next_queued(queues: Sequence[str], *, ignore_delays: bool = False) -> int | None:
    """Return the id of the job to run next: the earliest of the highest priority that may start now."""
    latest = float("1e12") if ignore_delays else time.time()
    found = frappe.db.sql(
        "select id from `__jobs` where status = 'queued' and queue in %(queues)s and run_after <= %(now)s"
        " order by priority desc, id limit 1",
        {"queues": tuple(queues), "now": latest},
    )
    return int(found[0][0]) if found else None


def next_moment(queues: Sequence[str]) -> float | None:
    """Return when the next delayed job may start."""
    found = frappe.db.sql(
        "select min(run_after) from `__jobs` where status = 'queued' and queue in %(queues)s and run_after > 0",
        {"queues": tuple(queues)},
    )
    return float(found[0][0]) if found and found[0][0] is not None else None


class ClaimLost(Exception):
    """The job is somebody else's by now; the work done for it must not be kept."""


def claim(id: int, worker: str) -> Job | None:
    """Take a queued job for `worker`; None when another one was quicker. The caller commits.

    `Job.worker` is the name of the claim, which `finish`, `fail` and `give_back` want to see again.
    """
    now = time.time()
    values = {"id": id, "worker": f"{worker}#{secrets.token_hex(6)}", "now": now, "until": now + LEASE_SECONDS}
    taken = _change(
        "update `__jobs` set status = 'started', worker = %(worker)s, started_at = %(now)s, lease_until = %(until)s,"
        " attempts = attempts + 1 where id = %(id)s and status = 'queued'",
        values,
    )
    return get(id) if taken else None


def _change(statement: str, values: dict[str, Any]) -> int:
    """Run an update and return how many rows it changed."""
    changed: int = frappe.db.execute(statement, values).changed
    return changed


def get(id: int) -> Job | None:
    """Return a job by the id of its row."""
    return _one("id = %(id)s", {"id": id})


def find(job_id: str) -> Job | None:
    """Return the newest job of that job id."""
    return _one("job_id = %(job_id)s", {"job_id": job_id})


def _one(where: str, values: dict[str, Any]) -> Job | None:
    rows = frappe.db.sql(f"select {_FIELDS} from `__jobs` where {where} order by id desc limit 1", values)
    return Job(*rows[0]) if rows else None


def listed(
    status: str | None = None, queue: str | None = None, limit: int = 100, start: int = 0, newest_first: bool = True
) -> list[Job]:
    """Return jobs, the newest first."""
    conditions = [f"{name} = %({name})s" for name, value in (("status", status), ("queue", queue)) if value]
    where = " and ".join(conditions) or "1 = 1"
    order = "desc" if newest_first else "asc"
    rows = frappe.db.sql(
        f"select {_FIELDS} from `__jobs` where {where} order by id {order} limit %(limit)s offset %(start)s",
        {"status": status, "queue": queue, "limit": int(limit), "start": int(start)},
    )
    return [Job(*row) for row in rows]


def is_active(job_id: str) -> bool:
    """Tell whether a job of that id is queued or started."""
    return bool(
        frappe.db.sql(
            "select 1 from `__jobs` where job_id = %(job_id)s and status in ('queued', 'started') limit 1",
            {"job_id": job_id},
        )
    )


def finish(id: int, worker: str) -> None:
    """Mark a job as done, in the same transaction as its work: either both are kept or none.

    Raises ClaimLost when `worker` does not hold the job any more; the caller rolls its work back.
    """
    if not _end(id, worker, FINISHED, None):
        raise ClaimLost(f"Job {id} is no longer held by {worker}.")


def fail(id: int, worker: str, exc_info: str) -> None:
    """Mark a job as failed, with the traceback; does nothing to a job that `worker` does not hold."""
    _end(id, worker, FAILED, exc_info)


def _end(id: int, worker: str, status: str, exc_info: str | None) -> int:
    return _change(
        "update `__jobs` set status = %(status)s, ended_at = %(now)s, dedupe_key = null, lease_until = null,"
        " exc_info = %(exc)s where id = %(id)s and worker = %(worker)s and status = 'started'",
        {"id": id, "worker": worker, "status": status, "now": time.time(), "exc": exc_info},
    )


def give_back(id: int, worker: str, delay: float = 0) -> None:
    """Queue a started job again, to start not before `delay` seconds from now."""
    frappe.db.sql(
        "update `__jobs` set status = 'queued', worker = null, lease_until = null, started_at = null,"
        " run_after = %(after)s where id = %(id)s and worker = %(worker)s and status = 'started'",
        {"id": id, "worker": worker, "after": time.time() + delay},
    )


def renew(claims: Iterable[str]) -> None:
    """Extend the leases of claims that are still held."""
    held = tuple(claims)
    if held:
        frappe.db.sql(
            "update `__jobs` set lease_until = %(until)s where worker in %(held)s and status = 'started'",
            {"held": held, "until": time.time() + LEASE_SECONDS},
        )


def started() -> list[tuple[int, str, float, int]]:
    """Return (id, worker, lease_until, losses) of every started job."""
    rows = frappe.db.sql("select id, worker, lease_until, losses from `__jobs` where status = 'started'")
    return [(int(id), str(worker), float(until or 0), int(losses)) for id, worker, until, losses in rows]


def release_lost(lost: Sequence[tuple[int, str, float, int]]) -> None:
    """Queue jobs again that lost their worker: at once after the first loss, then after longer and longer pauses.

    After `MAX_LOSSES` they are failed.
    """
    for id, worker, _, losses in lost:
        if losses + 1 >= MAX_LOSSES:
            fail(id, worker, f"The worker was lost {losses + 1} times while this job ran; it was not tried again.")
        else:
            frappe.db.sql(
                "update `__jobs` set status = 'queued', worker = null, lease_until = null, started_at = null,"
                " run_after = %s, losses = losses + 1 where id = %s and worker = %s and status = 'started'",
                (time.time() + 2 ** (losses + 1) if losses else 0, id, worker),
            )


def follow_clock() -> None:
    """After the clock was set back, bring near again what would have to wait until it is where it was."""
    now = time.time()
    values = {"now": now, "ahead": now + CLOCKS_DIFFER_SECONDS, "lease": LEASE_SECONDS}
    enqueued = "status = 'queued' and enqueued_at > %(ahead)s"
    leased = "status = 'started' and lease_until > %(ahead)s + %(lease)s"
    if not frappe.db.sql(f"select 1 from `__jobs` where ({enqueued}) or ({leased}) limit 1", values):
        return
    frappe.db.sql(
        f"update `__jobs` set run_after = run_after - (enqueued_at - %(now)s), enqueued_at = %(now)s where {enqueued}",
        values,
    )
    frappe.db.sql(f"update `__jobs` set lease_until = %(now)s + %(lease)s where {leased}", values)


def counts() -> dict[str, dict[str, int]]:
    """Return `{queue: {status: jobs}}`."""
    found: dict[str, dict[str, int]] = {}
    for queue, status, count in frappe.db.sql("select queue, status, count(*) from `__jobs` group by queue, status"):
        found.setdefault(queue, {})[status] = int(count)
    return found


def oldest_queued() -> float | None:
    """Return when the job that waits longest, and could run, was enqueued."""
    rows = frappe.db.sql(
        "select min(enqueued_at) from `__jobs` where status = 'queued' and run_after <= %s", (time.time(),)
    )
    return float(rows[0][0]) if rows and rows[0][0] is not None else None


def purge(queues: Sequence[str] = (), statuses: Sequence[str] = (QUEUED, FINISHED, FAILED)) -> int:
    """Delete the jobs of these queues (all, when none is given) and statuses; return how many."""
    where = "status in %(statuses)s" + (" and queue in %(queues)s" if queues else "")
    values = {"statuses": tuple(statuses), "queues": tuple(queues)}
    count = int(frappe.db.sql(f"select count(*) from `__jobs` where {where}", values)[0][0])
    frappe.db.sql(f"delete from `__jobs` where {where}", values)
    return count


def forget_old() -> None:
    """Delete what has ended long enough ago: finished jobs after ten minutes, failed ones after a week."""
    now = time.time()
    failed_ttl = float(frappe.conf.rq_job_failure_ttl or FAILED_TTL)
    finished_ttl = float(frappe.conf.rq_results_ttl or FINISHED_TTL)
    frappe.db.sql(
        "delete from `__jobs` where (status = 'finished' and ended_at < %s) or (status = 'failed' and ended_at < %s)",
        (now - finished_ttl, now - failed_ttl),
    )
