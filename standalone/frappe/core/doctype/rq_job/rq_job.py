"""Controller of the virtual DocType RQ Job: the rows of the job queue, to look at and to delete."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

import frappe
from frappe.jobs import payload, table
from frappe.model.document import Document

SHOWN_ARGUMENTS = 2000


class RQJob(Document):
    """One background job; its name is the id of its row."""

    def load_from_db(self) -> RQJob:
        job = table.get(_row_id(self.name))
        if job is None:
            raise frappe.DoesNotExistError(f"There is no background job {self.name}.", doctype="RQ Job")
        Document.__init__(self, described(job, with_arguments=True))
        return self

    def delete(self, *args: Any, **kwargs: Any) -> None:
        """Delete a job that does not run."""
        frappe.only_for("System Manager")
        job = table.get(_row_id(self.name))
        if job and job.status == table.STARTED:
            raise frappe.ValidationError(f"Job {self.name} is running; it can be deleted when it has ended.")
        frappe.db.sql("delete from `__jobs` where id = %s", (_row_id(self.name),))

    def db_insert(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise frappe.ValidationError("Background jobs are made with frappe.enqueue.")

    def db_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise frappe.ValidationError("Background jobs cannot be changed.")

    @staticmethod
    def get_list(args: Any = None, **kwargs: Any) -> list[frappe._dict]:
        """Return jobs, the newest first, filtered by status and queue."""
        given = frappe._dict(args or kwargs)
        wanted = _filters(given.filters)
        limit = frappe.utils.cint(given.limit or given.page_length or given.limit_page_length) or 20
        start = frappe.utils.cint(given.start or given.limit_start)
        return [described(job) for job in table.listed(wanted.get("status"), wanted.get("queue"), limit, start)]

    @staticmethod
    def get_count(args: Any = None, **kwargs: Any) -> int:
        """Return how many jobs there are with that status and queue."""
        wanted = _filters(frappe._dict(args or kwargs).filters)
        return sum(
            number
            for queue, statuses in table.counts().items()
            for status, number in statuses.items()
            if wanted.get("queue") in (None, queue) and wanted.get("status") in (None, status)
        )

    @staticmethod
    def get_stats(args: Any = None, **kwargs: Any) -> dict[str, Any]:
        return {}


def _row_id(name: Any) -> int:
    return frappe.utils.cint(name)


def _filters(filters: Any) -> dict[str, str]:
    """Return the equality filters on status and queue, in any of the forms a list view sends."""
    if isinstance(filters, dict):
        found = {key: value[-1] if isinstance(value, list | tuple) else value for key, value in filters.items()}
    else:
        found = {entry[-3]: entry[-1] for entry in filters or []}
    return {key: value for key, value in found.items() if key in ("status", "queue") and value}


def described(job: table.Job, with_arguments: bool = False) -> frappe._dict:
    """Return a row as the list and the form show it."""
    ended, started = _moment(job.ended_at), _moment(job.started_at)
    row = frappe._dict(
        doctype="RQ Job",
        name=str(job.id),
        job_name=job.job_name or job.method,
        creation=_moment(job.enqueued_at),
        modified=ended or started or _moment(job.enqueued_at),
        owner=job.user,
        modified_by=job.user,
        started_at=started,
        ended_at=ended,
        time_taken=(job.ended_at or 0) - (job.started_at or 0) if job.ended_at and job.started_at else None,
    )
    for key in ("queue", "status", "method", "timeout", "exc_info"):
        row[key] = getattr(job, key)
    if with_arguments:
        row.arguments = repr(payload.decode(job.body)["kwargs"])[:SHOWN_ARGUMENTS]
    return row


def _moment(seconds: float | None) -> str | None:
    return str(datetime.fromtimestamp(seconds)) if seconds else None


@frappe.whitelist(methods=["POST"])
def remove_failed_jobs() -> int:
    """Delete the failed jobs and return how many there were."""
    frappe.only_for("System Manager")
    return table.purge(statuses=(table.FAILED,))
