"""The schedule: what is due becomes a job. Cadences and rows are those of DocType Scheduled Job Type.

The thread ticks in step with the wall clock; conf `scheduler_tick_interval` (seconds, 60) sets the pace, and shorter
intervals of single methods (`mail_pull_interval`, `scheduler_intervals`) shorten it.
"""

from __future__ import annotations

import threading
import time
from datetime import datetime
from typing import Any

import frappe
from frappe.utils.logger import get_logger
from frappe.utils.synchronization import Lock, lock_of

TICK_SECONDS = 60.0
TAKE_OVER_SECONDS = 2.0
"""How often a process that does not schedule looks whether it should."""
_FIELDS = ["name", "method", "frequency", "cron_format", "last_execution", "creation"]


def tick(now: datetime | None = None) -> list[str]:
    """Queue every job that is due on the active site, and return the methods; the caller commits."""
    if is_scheduler_inactive(verbose=False):
        return []
    return enqueue_events(now=now)


def enqueue_events(site: str | None = None, now: datetime | None = None) -> list[str]:
    """Queue every job that is due and does not wait already; return their methods."""
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import enqueue_run, interval_of, next_moment

    moment = now or frappe.utils.now_datetime()
    queued: list[str] = []
    for row in frappe.get_all("Scheduled Job Type", filters={"stopped": 0}, fields=_FIELDS, limit=0):
        due = next_moment(row, moment, interval_of(row.method)) <= moment
        if due and enqueue_run(row.name, row.method, row.frequency):
            queued.append(row.method)
    return queued


def trigger(event: str) -> list[str]:
    """Queue the jobs of one cadence (`hourly`), or one method, now; return the methods."""
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import enqueue_run

    frequency = event.replace("_", " ").title()
    rows = frappe.get_all("Scheduled Job Type", fields=_FIELDS, or_filters={"frequency": frequency, "method": event})
    if not rows:
        raise frappe.ValidationError(f"No scheduled job has the cadence or the method {event!r}.")
    return [row.method for row in rows if enqueue_run(row.name, row.method, row.frequency)]


# -- on and off -------------------------------------------------------------------------------------------------------


def is_scheduler_inactive(verbose: bool = True) -> bool:
    """Tell whether nothing is scheduled now: maintenance, a pause, or switched off."""
    reason = inactive_reason()
    if reason and verbose:
        get_logger("scheduler").info("The scheduler of %s is inactive: %s", frappe.local.site, reason)
    return reason is not None


def inactive_reason() -> str | None:
    """Return why nothing is scheduled, None when all is well."""
    for key in ("maintenance_mode", "pause_scheduler", "disable_scheduler"):
        if frappe.conf.get(key):
            return f"{key} is set in the site's configuration"
    return "System Settings, Enable Scheduler" if is_scheduler_disabled(verbose=False) else None


def is_scheduler_disabled(verbose: bool = True) -> bool:
    """Tell whether the scheduler of the site is switched off (conf `disable_scheduler` or System Settings)."""
    if frappe.conf.disable_scheduler:
        return True
    return not frappe.utils.cint(frappe.db.get_single_value("System Settings", "enable_scheduler", cache=False))


def enable_scheduler() -> None:
    """Switch the scheduler of the site on."""
    toggle_scheduler(True)


def disable_scheduler() -> None:
    """Switch the scheduler of the site off."""
    toggle_scheduler(False)


def toggle_scheduler(enable: bool) -> None:
    frappe.db.set_single_value("System Settings", "enable_scheduler", int(enable))


@frappe.whitelist(methods=["POST"])
def activate_scheduler() -> None:
    """Switch the scheduler on from the desk."""
    frappe.only_for("System Manager")
    if frappe.local.conf.maintenance_mode:
        frappe.throw(frappe._("The scheduler stays off during maintenance."))
    if is_scheduler_disabled():
        enable_scheduler()
    if frappe.conf.pause_scheduler:
        from frappe.installer import update_site_config

        update_site_config("pause_scheduler", 0)


@frappe.whitelist()
def get_scheduler_status() -> dict[str, str]:
    """Return `{"status": "active" | "inactive"}`."""
    return {"status": "inactive" if is_scheduler_inactive(verbose=False) else "active"}


def get_scheduler_tick() -> float:
    """Return the seconds between two looks at the schedule."""
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import MAIL_PULL, interval_of

    pace = float(frappe.conf.scheduler_tick_interval or TICK_SECONDS)
    configured = [interval_of(method) for method in (MAIL_PULL, *(frappe.conf.scheduler_intervals or {}))]
    return max(1.0, min([pace, *(seconds for seconds in configured if seconds)]))


# -- the thread -------------------------------------------------------------------------------------------------------


def until_next_tick(now: float, pace: float) -> float:
    """Return the seconds until the next moment (seconds since the epoch) that is a multiple of `pace`."""
    return pace - now % pace


class SchedulerThread:
    """Ticks for one site in a thread of this process."""

    def __init__(self, site: str, sites_path: str = "."):
        self.site, self.sites_path = site, sites_path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.run, name="scheduler", daemon=True)
        self._lock: Lock | None = None
        self._is_waiting = False
        self.last_tick: float | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def run(self) -> None:
        """Tick until `stop` is called, in one process of the site at a time; the others wait to take over."""
        pace, pause = TICK_SECONDS, 0.0
        while not self._stop.wait(pause):
            if self._leads():
                pace = self._tick() or pace
                pause = until_next_tick(time.time(), pace)
            else:
                pause = TAKE_OVER_SECONDS
        if self._lock:
            self._lock.release()

    def _leads(self) -> bool:
        """Tell whether this is the process that schedules, after trying to become it."""
        try:
            with frappe.init_site(self.site, self.sites_path):
                if self._lock and self._lock.is_held():
                    return True
                lock = lock_of("schedule")
                self._lock = lock if lock.acquire(0) else None
        except Exception:  # Redis may be away; without a lock nobody schedules
            get_logger("scheduler").exception("Whether this process schedules is not known; asking again.")
            return False
        if self._lock is None and not self._is_waiting:
            get_logger("scheduler").warning("Another process schedules %s; this one takes over if it ends.", self.site)
        self._is_waiting = self._lock is None
        return self._lock is not None

    def _tick(self) -> float | None:
        """Tick once; return the pace, None when the tick failed (which is logged, and tried again)."""
        try:
            with frappe.init_site(self.site, self.sites_path):
                frappe.connect()
                tick()
                frappe.db.commit()
                self.last_tick = time.time()
                return get_scheduler_tick()
        except Exception:  # the thread must outlive whatever happens to the database
            get_logger("scheduler").exception("A tick of the scheduler failed; the next one tries again.")
            return None


def start_scheduler(site: str, sites_path: str = ".") -> None:
    """Run the scheduler in this thread until the process is stopped (`frappe schedule`)."""
    SchedulerThread(site, sites_path).run()


def describe() -> dict[str, Any]:
    """Return what `frappe doctor` and the health page say of the scheduler."""
    last = frappe.db.sql("select max(last_execution) from `tabScheduled Job Type`")[0][0]
    return {"active": not is_scheduler_inactive(verbose=False), "reason": inactive_reason(), "last_execution": last}


__all__ = [
    "activate_scheduler",
    "disable_scheduler",
    "enable_scheduler",
    "get_scheduler_status",
    "is_scheduler_disabled",
    "is_scheduler_inactive",
]
