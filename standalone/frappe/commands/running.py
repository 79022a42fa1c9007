"""What runs: the server, workers, the schedule, and how they do."""

from __future__ import annotations

import json
import signal
import threading
from datetime import datetime
from types import FrameType
from typing import Any

import click

import frappe
from frappe.commands import connected, each_site, get_site, pass_context, say, sites_of
from frappe.exceptions import IncorrectSitePath
from frappe.jobs.signal import work_waits
from frappe.socketio import redis_bus
from frappe.socketio.redis_bus import Listener


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, help="Default: the site's webserver_port, or 8000.")
@click.option("--threads", type=int, default=8, show_default=True, help="Requests answered at the same time.")
@click.option("--without-jobs", is_flag=True, help="No background jobs and no schedule in this process.")
@click.option("--access-log", is_flag=True, help="Print each request.")
@click.option("--noreload", is_flag=True, hidden=True)  # it never reloads
@pass_context
def serve(
    context: Any,
    host: str,
    port: int | None,
    threads: int,
    without_jobs: bool,
    access_log: bool,
    noreload: bool,
) -> None:
    """Serve a site: pages, API, live updates, background jobs and the schedule, in one process."""
    from frappe.config import load
    from frappe.server import ServerOptions
    from frappe.server import serve as run

    site = get_site(context) or ""
    chosen = port or int(load(".", site).webserver_port or 8000)
    run(ServerOptions(site, ".", host, chosen, threads, not without_jobs, access_log))


@click.command("worker")
@click.option("--queue", help="Queues to serve, with commas between. Default: all.")
@click.option("--burst", is_flag=True, help="End when nothing waits.")
@click.option("--quiet", is_flag=True, hidden=True)
@click.option("--strategy", hidden=True)
@pass_context
def worker(context: Any, queue: str | None, burst: bool, quiet: bool, strategy: str | None) -> None:
    """Run background jobs of a site in this process."""
    _work(get_site(context) or "", queue, burst, 1)


@click.command("worker-pool")
@click.option("--queue")
@click.option("--num-workers", type=int, default=2, show_default=True)
@click.option("--burst", is_flag=True)
@click.option("--quiet", is_flag=True, hidden=True)
@pass_context
def worker_pool(context: Any, queue: str | None, num_workers: int, burst: bool, quiet: bool) -> None:
    """Run background jobs of a site in several threads."""
    _work(get_site(context) or "", queue, burst, num_workers)


def _work(site: str, queue: str | None, burst: bool, count: int) -> None:
    from frappe.jobs.worker import WorkerPool
    from frappe.utils.background_jobs import get_queue_list

    with frappe.init_site(site):
        queues = get_queue_list(queue)
    pool = WorkerPool(site, lanes=[queues] * count)
    if burst:
        try:
            say(f"{pool.run_until_empty(queues)} job(s) ran.")
        finally:
            pool.stop()
        return
    pool.start()
    listener = _listen_for_work(site)
    wait_for_signal()
    if listener:
        listener.stop()
    pool.stop()


def _listen_for_work(site: str) -> Listener | None:
    """Wake the workers of this process when another one commits a job; without Redis they look by themselves."""
    with frappe.init_site(site):
        bus = redis_bus.of_active_site()
    if bus is None:
        return None
    listener = Listener(bus, lambda record: work_waits.set() if record.get("control") == "wake" else None)
    listener.start()
    return listener


@click.command("schedule")
@pass_context
def schedule(context: Any) -> None:
    """Queue scheduled jobs of a site when they are due. Of several such processes one works, the others wait."""
    from frappe.utils.scheduler import SchedulerThread

    scheduler = SchedulerThread(get_site(context) or "")
    scheduler.start()
    wait_for_signal()
    scheduler.stop()


def wait_for_signal() -> None:
    """Block until SIGINT or SIGTERM."""
    told = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        told.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    told.wait()


@click.command("scheduler")
@click.argument("state", type=click.Choice(["status", "enable", "disable", "pause", "resume"]))
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@each_site
def scheduler(state: str, form: str) -> None:
    """Show or change whether scheduled jobs run."""
    from frappe.installer import update_site_config
    from frappe.utils import scheduler as schedule_of

    if state in ("enable", "disable"):
        schedule_of.toggle_scheduler(state == "enable")
    elif state in ("pause", "resume"):
        update_site_config("pause_scheduler", 1 if state == "pause" else None)
    reason = schedule_of.inactive_reason()
    said = f"inactive ({reason})" if reason else "active"
    say(frappe.as_json({"status": said}) if form == "json" else f"The scheduler of {frappe.local.site} is {said}.")


@click.command("enable-scheduler")
@each_site
def enable_scheduler() -> None:
    """Let scheduled jobs run."""
    from frappe.utils.scheduler import enable_scheduler as enable

    enable()


@click.command("disable-scheduler")
@each_site
def disable_scheduler() -> None:
    """Let scheduled jobs rest."""
    from frappe.utils.scheduler import disable_scheduler as disable

    disable()


@click.command("trigger-scheduler-event")
@click.argument("event")
@each_site
def trigger_scheduler_event(event: str) -> None:
    """Queue the jobs of a cadence (`hourly`) or one method now."""
    from frappe.utils.scheduler import trigger

    for method in trigger(event):
        say(method)


@click.command("set-maintenance-mode")
@click.argument("state", type=click.Choice(["on", "off"]))
@pass_context
def set_maintenance_mode(context: Any, state: str) -> None:
    """Answer every request with 503, or no longer."""
    from frappe.installer import update_site_config

    for site in sites_of(context):
        with frappe.init_site(site):
            update_site_config("maintenance_mode", 1 if state == "on" else 0)


@click.command("doctor")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def doctor(context: Any, form: str) -> None:
    """Look whether a site is well; ends with status 1 when it is not."""
    ill = False
    for site in sites_of(context):
        report = _examine(site)
        ill = ill or bool(report["findings"])
        say(json.dumps(report, default=str)) if form == "json" else _print_report(site, report)
    if ill:
        raise SystemExit(1)


def _examine(site: str) -> dict[str, Any]:
    from frappe.health import examine

    try:
        with connected(site):
            return examine()
    except IncorrectSitePath:
        raise
    except Exception as error:  # whatever it is that keeps a site from being examined is what is wrong with it
        return {"findings": [f"The site cannot be examined: {type(error).__name__}: {error}"]}


def _print_report(site: str, report: dict[str, Any]) -> None:
    from rich.console import Console

    console = Console()
    if "database" in report:
        console.print(_table_of(site, report))
    for finding in report["findings"]:
        console.print(f"✗ {finding}", style="red", markup=False, soft_wrap=True)


def _table_of(site: str, report: dict[str, Any]) -> Any:
    from rich.table import Table

    table = Table(title=site, show_header=False)
    table.add_row("database", f"{report['database']['type']}, answers in {report['database']['answered_in_ms']} ms")
    for queue, counts in sorted(report["queue"]["jobs"].items()):
        table.add_row(f"queue {queue}", ", ".join(f"{count} {status}" for status, count in sorted(counts.items())))
    table.add_row("longest wait", f"{report['queue']['longest_wait_seconds']} s")
    active = report["scheduler"]["active"]
    table.add_row("scheduler", "active" if active else f"inactive: {report['scheduler']['reason']}")
    table.add_row("mail", f"{report['mail']['unsent']} unsent, {report['mail']['failed']} failed")
    return table


@click.command("show-pending-jobs")
@each_site
def show_pending_jobs() -> None:
    """List the background jobs that wait or run."""
    from frappe.jobs import table

    for status in table.ACTIVE:
        for job in table.listed(status, limit=1000, newest_first=False):
            since = datetime.fromtimestamp(job.enqueued_at).isoformat(" ", "seconds")
            say(f"{status:<8} {job.queue:<8} {since}  {job.job_name or job.method}")


@click.command("purge-jobs")
@click.option("--queue", "queues", multiple=True)
@click.option("--event", hidden=True)
@each_site
def purge_jobs(queues: tuple[str, ...], event: str | None) -> None:
    """Delete waiting jobs."""
    from frappe.jobs import table

    say(f"{table.purge(queues, statuses=(table.QUEUED,))} job(s) deleted.")
