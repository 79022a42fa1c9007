"""Threads that run the jobs of one site, and what keeps their claims honest.

A process that runs workers holds a lock file; the operating system lets go of it when the process dies, however it
dies. So a job whose worker is gone is found at once by any other process of this machine. Processes on other machines
find it when its lease ends.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import frappe
from frappe.jobs import table
from frappe.jobs.runner import JobTimeoutException, run_claimed
from frappe.jobs.signal import work_waits
from frappe.utils.logger import get_logger

POLL_SECONDS = 5.0
"""How long a job committed by another process may go unnoticed; the own process rings the bell."""
RENEW_SECONDS = 20.0
RECOVER_SECONDS = 15.0
"""How often it is looked whether workers have died."""
CLEAN_SECONDS = 300.0


class Identity:
    """The name of this process as a worker, and the lock that proves that it lives."""

    def __init__(self, locks: Path):
        self.token = secrets.token_hex(8)
        self.name = f"{socket.gethostname()}/{os.getpid()}/{self.token}"
        self._path = _lock_path(locks, self.token)
        locks.mkdir(parents=True, exist_ok=True)
        self._file: IO[str] = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


def _lock_path(locks: Path, token: str) -> Path:
    return locks / f"worker-{token}.lock"


def is_alive(worker: str, locks: Path) -> bool | None:
    """Tell whether the process that called itself `worker` lives; None for one on another machine."""
    host, _, rest = worker.partition("#")[0].partition("/")
    if host != socket.gethostname():
        return None
    token = rest.rpartition("/")[2]
    try:
        with _lock_path(locks, token).open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    _lock_path(locks, token).unlink(missing_ok=True)
    return False


def release_lost_jobs(given_up: Collection[str] = ()) -> int:
    """Queue the jobs of dead workers and of the claims `given_up` again; return how many. The caller commits."""
    table.follow_clock()
    locks = Path(frappe.get_site_path("locks"))
    now = time.time()
    known: dict[str, bool | None] = {}
    lost = []
    for row in table.started():
        _, worker, until, _ = row
        if worker not in known:
            known[worker] = is_alive(worker, locks)
        alive = known[worker]
        if worker in given_up or alive is False or (alive is None and until < now):
            lost.append(row)
    table.release_lost(lost)
    return len(lost)


@dataclass
class Running:
    """A job that a thread is busy with."""

    job: table.Job
    thread_id: int
    deadline: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: bool = False


class WorkerPool:
    """The workers of one site in this process: some threads, and one that renews leases and stops late jobs."""

    def __init__(self, site: str, sites_path: str = ".", lanes: Sequence[Sequence[str]] | None = None):
        self.site, self.sites_path = site, sites_path
        self._lanes = lanes
        self._stop = threading.Event()
        self._running: dict[int, Running] = {}
        self._given_up: set[str] = set()
        self._guard = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._identity: Identity | None = None

    def start(self) -> None:
        """Start the threads, after giving back what a killed predecessor left."""
        lanes = copy_context().run(self._prepare)  # the caller may have a site open, even this one
        for number, queues in enumerate(lanes, start=1):
            self._spawn(f"worker-{number}", self._work, tuple(queues))
        self._spawn("worker-keeper", self._keep)

    def _prepare(self) -> Sequence[Sequence[str]]:
        """Become a known worker, give back what dead ones held, and return the queues of each thread."""
        self._identity = Identity(Path(self.sites_path, self.site, "locks"))
        self.recover()
        return self._lanes or self._default_lanes()

    def _default_lanes(self) -> list[list[str]]:
        """Return the queues of each thread; the first is never busy with long jobs, so that mail need not wait."""
        from frappe.utils.background_jobs import get_queue_list

        with frappe.init_site(self.site, self.sites_path):
            every = get_queue_list()
            count = max(int(frappe.conf.background_workers or 2), 1)
        quick = [name for name in every if name != "long"]
        return [every] if count == 1 else [quick, *[every] * (count - 1)]

    def _spawn(self, name: str, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, name=name, daemon=True)
        thread.start()
        self._threads.append(thread)

    @property
    def name(self) -> str:
        if self._identity is None:
            raise RuntimeError("The worker pool has not been started.")
        return self._identity.name

    def stop(self, timeout: float = 10.0) -> bool:
        """Take no more jobs, and wait for the running ones; return False when some were cut short.

        Those are run again by the next process: their transactions are never committed.
        """
        self._stop.set()
        work_waits.set()
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        done = not any(thread.is_alive() for thread in self._threads)
        if done and self._identity:
            self._identity.close()
        return done

    def run_until_empty(self, queues: Sequence[str]) -> int:
        """Run what waits in `queues` in this thread and return how many jobs that were (`frappe worker --burst`)."""
        if self._identity is None:
            copy_context().run(self._prepare)
            self._spawn("worker-keeper", self._keep)
        count = 0
        while not self._stop.is_set() and self._run_next(queues):
            count += 1
        return count

    # -- a worker thread ----------------------------------------------------------------------------------------------

    def _work(self, queues: Sequence[str]) -> None:
        while not self._stop.is_set():
            seen = work_waits.rings
            try:
                if self._run_next(queues):
                    continue
                pause = self._pause(queues)
            except Exception:  # the thread is needed as soon as the database is back, or whatever it was
                get_logger("worker").exception("Taking the next job failed; trying again.")
                pause = POLL_SECONDS
            if not self._stop.is_set():
                work_waits.wait(seen, pause)

    def _run_next(self, queues: Sequence[str]) -> bool:
        """Claim and run one job; return whether there was one."""
        job = self._claim(queues)
        if job is None:
            return False
        running = Running(job, threading.get_ident(), time.monotonic() + job.timeout)
        with self._guard:
            self._running[job.id] = running
        try:
            self._run(running)
        except Exception:
            self._given_up.add(str(job.worker))  # how it ended could not be written down; the keeper queues it again
            raise
        finally:
            with self._guard:
                self._running.pop(job.id, None)
        return True

    def _run(self, running: Running) -> None:
        job = running.job
        try:
            run_claimed(job, self.site, self.sites_path)
        except JobTimeoutException:  # it struck between the job and its record
            with frappe.init_site(self.site, self.sites_path):
                frappe.connect()
                table.fail(job.id, str(job.worker), f"The job ran for more than {job.timeout} seconds.")
                frappe.db.commit()
        finally:
            with running.lock:
                running.over = True
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(running.thread_id), None)

    def _claim(self, queues: Sequence[str]) -> table.Job | None:
        """Take the next job; when another worker is quicker, look again."""
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            while (found := table.next_queued(queues)) is not None:
                job = table.claim(found, self.name)
                frappe.db.commit()
                if job:
                    return job
        return None

    def _pause(self, queues: Sequence[str]) -> float:
        """Return how long there is nothing to do, unless the bell rings."""
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            moment = table.next_moment(queues)
        if moment is None:
            return POLL_SECONDS
        return min(POLL_SECONDS, max(0.01, moment - time.time()))

    # -- the keeper ---------------------------------------------------------------------------------------------------

    def _keep(self) -> None:
        """Renew leases, stop jobs that run too long, find lost jobs, forget old ones."""
        renewed = cleaned = recovered = time.monotonic()
        while not self._stop.wait(1.0 if self._running else POLL_SECONDS):
            now = time.monotonic()
            self._stop_late_jobs(now)
            if self._running and now - renewed > RENEW_SECONDS:
                self._safely(self._renew)
                renewed = now
            if now - recovered > RECOVER_SECONDS:
                self._safely(self.recover)
                recovered = now
            if now - cleaned > CLEAN_SECONDS:
                self._safely(self._forget_old)
                cleaned = now

    def _safely(self, task: Callable[[], None]) -> None:
        try:
            task()
        except Exception:  # the keeper must outlive whatever happens to the database
            get_logger("worker").exception("Looking after the job queue failed; trying again.")

    def _renew(self) -> None:
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            with self._guard:
                held = [str(running.job.worker) for running in self._running.values()]
            table.renew(held)
            frappe.db.commit()

    def recover(self) -> None:
        """Queue again what has lost its worker, here or elsewhere."""
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            given_up = frozenset(self._given_up)
            count = release_lost_jobs(given_up)
            frappe.db.commit()
            self._given_up -= given_up
            if count:
                get_logger("worker").warning("%s job(s) that lost their worker are queued again.", count)
                work_waits.set()

    def _forget_old(self) -> None:
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            table.forget_old()
            frappe.db.commit()

    def _stop_late_jobs(self, now: float) -> None:
        with self._guard:
            late = [running for running in self._running.values() if running.deadline < now]
        for running in late:
            with running.lock:
                if running.over:
                    continue
                running.deadline = now + RENEW_SECONDS  # strike again if the job shrugs it off
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(running.thread_id), ctypes.py_object(JobTimeoutException)
                )
