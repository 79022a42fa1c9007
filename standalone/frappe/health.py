"""Is this installation well? A word for load balancers, the details for those who run it."""

from __future__ import annotations

import shutil
import time
from typing import Any

import frappe
from frappe.jobs import table
from frappe.utils import scheduler

LATE_JOB_SECONDS = 900
LATE_MAIL_SECONDS = 1800
LITTLE_DISK_BYTES = 512 * 1024**2


@frappe.whitelist(allow_guest=True, methods=["GET"])
def health() -> dict[str, Any]:
    """Return `{status: ok | degraded}`; a System Manager also gets the findings and the numbers behind them.

    A database that cannot be read ends in an error of its own, status 5xx.
    """
    report = inspect()
    verdict: dict[str, Any] = {"status": "ok" if not report["findings"] else "degraded"}
    if "System Manager" in frappe.get_roles():
        verdict.update(report)
    return verdict


def inspect() -> dict[str, Any]:
    """Return `{findings, database, queue, scheduler, mail}`; a finding is a sentence on what is wrong."""
    report = {
        "database": _database(),
        "queue": _queue(),
        "scheduler": scheduler.describe(),
        "mail": _mail(),
    }
    return {"findings": _findings(report), **report}


def examine() -> dict[str, Any]:
    """Return what `inspect` does, with what takes longer to find out: disk, migrations, an interrupted installation."""
    from frappe.installer import interrupted_installation
    from frappe.migration_plan import plan_migration

    report = inspect()
    findings = report["findings"]
    if app := interrupted_installation():
        findings.append(f"The installation of {app} was interrupted: run frappe install-app {app} again.")
    if not plan_migration().is_empty():
        findings.append("The code is newer than the database: run frappe migrate; --dry-run shows what it would do.")
    free = shutil.disk_usage(frappe.get_site_path()).free
    if free < LITTLE_DISK_BYTES:
        findings.append(f"The disk has only {free // 1024**2} MB left.")
    return report


def _database() -> dict[str, Any]:
    started = time.perf_counter()
    frappe.db.sql("select 1")
    return {"type": frappe.db.db_type, "answered_in_ms": round((time.perf_counter() - started) * 1000, 2)}


def _queue() -> dict[str, Any]:
    oldest = table.oldest_queued()
    waiting = round(time.time() - oldest) if oldest else 0
    return {"jobs": table.counts(), "longest_wait_seconds": waiting}


def _mail() -> dict[str, Any]:
    """Return how many mails wait to be sent, since when the oldest does, and how many could not be sent."""
    rows = frappe.db.sql(
        "select count(*), min(creation) from `tabEmail Queue` where status in ('Not Sent', 'Sending', 'Partially Sent')"
    )
    failed = frappe.db.sql("select count(*) from `tabEmail Queue` where status = 'Error'")
    count, oldest = rows[0]
    seconds = frappe.utils.time_diff_in_seconds(frappe.utils.now(), oldest) if oldest else 0
    return {"unsent": count, "oldest_unsent_seconds": round(seconds), "failed": failed[0][0]}


def _findings(report: dict[str, Any]) -> list[str]:
    findings: list[str] = []
    if not report["scheduler"]["active"]:
        findings.append(f"Scheduled jobs do not run: {report['scheduler']['reason']}.")
    if report["queue"]["longest_wait_seconds"] > LATE_JOB_SECONDS:
        findings.append(f"A background job has waited for {report['queue']['longest_wait_seconds']} seconds.")
    if report["mail"]["oldest_unsent_seconds"] > LATE_MAIL_SECONDS:
        findings.append(f"A mail has waited for {report['mail']['oldest_unsent_seconds']} seconds to be sent.")
    return findings
