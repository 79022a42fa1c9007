"""Controller of the DocType Scheduled Job Type: one method of an app that runs at a cadence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.model.naming import append_number_if_name_exists

CADENCES = {
    "Hourly": "0 * * * *",
    "Hourly Long": "0 * * * *",
    "Hourly Maintenance": "0 * * * *",
    "Daily": "0 0 * * *",
    "Daily Long": "0 0 * * *",
    "Daily Maintenance": "0 0 * * *",
    "Weekly": "0 0 * * 0",
    "Weekly Long": "0 0 * * 0",
    "Monthly": "0 0 1 * *",
    "Monthly Long": "0 0 1 * *",
    "Yearly": "0 0 1 1 *",
    "Annual": "0 0 1 1 *",
}
HEAVY = (" Long", " Maintenance")
MAX_JITTER_SECONDS = 600
ALL_SECONDS = 60
"""Seconds between two runs of the cadence "All", unless conf `scheduler_interval` says otherwise."""


class ScheduledJobType(Document):
    """A method, when it runs, and when it ran last."""

    def autoname(self) -> None:
        method = str(self.method)
        name = ".".join(method.split(".")[-2:])
        if frappe.db.exists("Scheduled Job Type", name):
            name = append_number_if_name_exists("Scheduled Job Type", method[-130:])
        self.name = name

    def validate(self) -> None:
        if self.frequency == "Cron":
            _refuse_bad_cron(self.cron_format)

    def on_trash(self) -> None:
        frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": self.name})

    @property
    def next_execution(self) -> datetime | None:
        return self.get_next_execution()

    @property
    def rq_job_id(self) -> str:
        """The id under which the queue knows a run of this."""
        return job_id_of(self.name)

    def get_queue_name(self) -> str:
        return queue_of(self.frequency)

    def get_next_execution(self) -> datetime | None:
        """Return when it is due next, in system time; None while stopped."""
        return None if self.stopped else next_moment(self, frappe.utils.now_datetime(), interval_of(self.method))

    def is_event_due(self, current_time: datetime | None = None) -> bool:
        """Tell whether it should have run by `current_time` (now, by default)."""
        moment = self.get_next_execution()
        return moment is not None and moment <= (current_time or frappe.utils.now_datetime())

    def is_job_in_queue(self) -> bool:
        from frappe.utils.background_jobs import is_job_enqueued

        return is_job_enqueued(self.rq_job_id)

    def enqueue(self, force: bool = False) -> bool:
        """Queue a run if it is due (or `force`) and none waits; return whether that was so."""
        if not force and not self.is_event_due():
            return False
        return enqueue_run(self.name, self.method, self.frequency)

    def execute(self) -> None:
        """Run the method now, and record how that went; the error, if any, is raised after that."""
        self.db_set("last_execution", frappe.utils.now_datetime(), update_modified=False, commit=True)
        try:
            self._run()
        except Exception:
            frappe.db.rollback()
            self._log("Failed", frappe.get_traceback())
            frappe.db.commit()
            raise
        if self.create_log:
            self._log("Complete")
        frappe.db.commit()

    def _run(self) -> None:
        if self.server_script:
            raise frappe.ServerScriptNotEnabled("Scheduled server scripts do not run in this runtime.")
        frappe.get_attr(self.method)()

    def _log(self, status: str, details: str | None = None) -> None:
        log = {"doctype": "Scheduled Job Log", "scheduled_job_type": self.name, "status": status, "details": details}
        frappe.get_doc(log).insert(ignore_permissions=True, ignore_links=True)


def _refuse_bad_cron(expression: str | None) -> None:
    from croniter import croniter

    if not expression or not croniter.is_valid(expression):
        raise frappe.ValidationError(f"{expression!r} is not a cron expression.")


def job_id_of(name: str) -> str:
    return f"scheduled_job::{name}"


def queue_of(frequency: str) -> str:
    return "long" if frequency.endswith(HEAVY) else "default"


def cron_of(frequency: str, cron_format: str | None) -> str:
    """Return the cron expression of a cadence."""
    if frequency == "Cron" and cron_format:
        return cron_format
    if frequency == "All":
        minutes = max(int(frappe.conf.scheduler_interval or ALL_SECONDS) // 60, 1)
        return f"*/{minutes} * * * *"
    return CADENCES[frequency]


def interval_of(method: str) -> float | None:
    """Return the seconds that the configuration sets between two runs of `method`, None when it says nothing.

    `mail_pull_interval` is for the pull of incoming mail, `scheduler_intervals` (`{method: seconds}`) for any.
    """
    configured = (frappe.conf.scheduler_intervals or {}).get(method)
    if configured is None and method == MAIL_PULL:
        configured = frappe.conf.mail_pull_interval or MAIL_PULL_SECONDS
    return float(configured) if configured else None


CLOCKS_DIFFER = timedelta(minutes=1)
"""By how much the clocks of two machines may differ without a meaning."""
MAIL_PULL_SECONDS = 60
MAIL_PULL = "frappe.email.doctype.email_account.email_account.pull"


def next_moment(row: Any, now: datetime, interval: float | None = None) -> datetime:
    """Return when a row (method, frequency, cron_format, last_execution, creation) is due next.

    That is now if it last ran at a time that has yet to come: the clock was set back, as at the end of summer time.
    """
    last: datetime = frappe.utils.get_datetime(row.last_execution or row.creation)
    if last > now + CLOCKS_DIFFER:
        return now
    if interval is not None:
        return last + timedelta(seconds=interval)
    moment = _next_of_cron(cron_of(row.frequency, row.cron_format), last)
    return moment + _jitter(str(row.method), moment) if row.frequency.endswith(HEAVY) else moment


@lru_cache(maxsize=512)
def _next_of_cron(expression: str, last: datetime) -> datetime:
    from croniter import croniter

    moment: datetime = croniter(expression, last).get_next(datetime)
    return moment


def _jitter(method: str, moment: datetime) -> timedelta:
    """Spread heavy jobs over ten minutes; the same job at the same time always gets the same delay."""
    return timedelta(seconds=Random(f"{method}{moment}").randint(1, MAX_JITTER_SECONDS))


def enqueue_run(name: str, method: str, frequency: str) -> bool:
    """Queue a run, unless one is queued or running."""
    handle = frappe.enqueue(
        "frappe.core.doctype.scheduled_job_type.scheduled_job_type.run_scheduled_job",
        queue=queue_of(frequency),
        job_id=job_id_of(name),
        deduplicate=True,
        job_name=method,
        scheduled_job_type=name,
        job_type=method,
    )
    return handle is not None


def run_scheduled_job(scheduled_job_type: str, job_type: str | None = None) -> None:
    """Run a Scheduled Job Type by name; one that was removed or stopped meanwhile is not run."""
    if frappe.db.get_value("Scheduled Job Type", scheduled_job_type, "stopped") == 0:
        frappe.get_doc("Scheduled Job Type", scheduled_job_type).execute()


@frappe.whitelist(methods=["POST"])
def execute_event(doc: str | dict[str, Any]) -> dict[str, Any]:
    """Queue a run of a Scheduled Job Type now."""
    frappe.only_for("System Manager")
    name = frappe.parse_json(doc)["name"]
    job: ScheduledJobType = frappe.get_doc("Scheduled Job Type", name)
    job.enqueue(force=True)
    return job.as_dict()


# -- from hooks to rows -----------------------------------------------------------------------------------------------


def declared_jobs(events: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (method, frequency, cron expression or "") of hook `scheduler_events`."""
    for cadence, entries in events.items():
        if cadence == "cron":
            for expression, methods in entries.items():
                yield from ((method, "Cron", expression) for method in methods)
        else:
            yield from ((method, _frequency(cadence), "") for method in entries)


def _frequency(cadence: str) -> str:
    frequency = cadence.replace("_", " ").title()
    if frequency != "All" and frequency not in CADENCES:
        known = ", ".join(["all", "cron", *(name.lower().replace(" ", "_") for name in CADENCES)])
        raise frappe.ValidationError(f"Hook scheduler_events has an unknown cadence {cadence!r}; known are {known}.")
    return frequency


def sync_jobs(hooks: dict[str, Any] | None = None) -> None:
    """Make the rows of Scheduled Job Type follow the hooks: new ones, changed cadences, and those that are gone."""
    events = hooks if hooks is not None else frappe.get_hooks("scheduler_events", {})
    wanted = {(method, cron): frequency for method, frequency, cron in declared_jobs(events)}
    fields = ["name", "method", "frequency", "cron_format", "server_script"]
    rows = {
        (row.method, row.cron_format or ""): row
        for row in frappe.get_all("Scheduled Job Type", fields=fields, limit=0)
        if not row.server_script
    }
    for key, row in rows.items():
        if key not in wanted:
            frappe.delete_doc("Scheduled Job Type", row.name, force=True, ignore_permissions=True)
    for (method, cron), frequency in wanted.items():
        row = rows.get((method, cron))
        if row is None:
            _insert(method, frequency, cron)
        elif row.frequency != frequency:
            frappe.db.set_value("Scheduled Job Type", row.name, "frequency", frequency)


def _insert(method: str, frequency: str, cron: str) -> None:
    values = {
        "doctype": "Scheduled Job Type",
        "method": method,
        "frequency": frequency,
        "cron_format": cron,
        "create_log": int(frequency not in ("All", "Cron")),
    }
    frappe.get_doc(values).insert(ignore_permissions=True)
