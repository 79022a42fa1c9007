"""Background jobs: rows of the table `__jobs` in the site's own database.

    payload   what a row carries: the arguments, as JSON where that is exact and pickled otherwise
    table     the rows: insert, claim, renew, finish, find, count
    outbox    the jobs of the current transaction, written in its last statement, so that a job exists if and only if
              the transaction that asked for it was committed
    runner    one job: its own state, user, hooks, transaction, retries
    worker    threads that claim and run jobs, keep their leases alive, and find again what a killed worker left behind

Apps use `frappe.enqueue` (`frappe.utils.background_jobs`). Nothing runs by itself in tests; `drain()` runs what waits.
"""

from __future__ import annotations

from typing import Any


def drain(limit: int = 1000) -> list[Any]:
    """Run the waiting jobs now, in the current transaction, and return their results. The first error is raised.

    For tests and scripts. Jobs that the jobs enqueue are run as well; more than `limit` of them are an error.
    """
    from frappe.jobs.runner import run_inline

    return run_inline(limit)


def wake() -> None:
    """Tell the workers of the active site that a job waits: those of this process, or of the server beside it."""
    from frappe.jobs.signal import work_waits
    from frappe.socketio import bus

    work_waits.set()
    bus.ring()
