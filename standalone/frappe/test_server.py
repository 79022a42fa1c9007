"""The server as a process: it starts, answers, ends when told to, and loses nothing when it is killed."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

import frappe
from frappe.jobs import table
from frappe.server import GRACE_SECONDS
from frappe.testing.sites import TestBench
from frappe.utils.background_jobs import get_job_status

pytestmark = pytest.mark.slow
HERE = "frappe.test_server"


def until(look: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until `look` is true."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if look():
            return
        pause.wait(0.02)
    raise AssertionError("It did not happen.")


def begin_and_wait(begun: str, go: str) -> None:
    """A job that says that it has begun and ends when it may; its record stays only if it comes to its end."""
    frappe.get_doc({"doctype": "ToDo", "description": "written by the job"}).insert(ignore_permissions=True)
    Path(begun).touch()
    until(lambda: Path(go).exists(), seconds=60)


class Process:
    """A started server."""

    def __init__(self, bench: TestBench):
        self.bench = bench
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._log = bench.root / "server.log"

    def start(self) -> None:
        command = [sys.executable, "-m", "frappe.cli", "--site", self.bench.site, "serve", "--port", str(self.port)]
        root = str(Path(frappe.__file__).parents[1])
        environment = {**os.environ, "PYTHONPATH": root}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.bench.sites_path, env=environment, stdout=log, stderr=log
            )
        until(self.answers)

    def said(self) -> str:
        """Return everything the server printed."""
        return self._log.read_text(encoding="utf-8")

    def answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.said()
        try:
            return bool(self.get("/api/method/ping") == {"message": "pong"})
        except OSError:
            return False

    def get(self, path: str) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def end(self, number: int) -> int:
        """Send a signal and return the exit status."""
        assert self._process is not None
        self._process.send_signal(number)
        status = self._process.wait(timeout=20)
        self._process = None
        return status

    def make_sure(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@pytest.fixture
def bench(frappe_bench: TestBench, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[TestBench]:
    """A bench of its own, connected: the server writes into it."""
    copy = TestBench(tmp_path / "bench", frappe_bench.apps)
    copy.prepare(request.config.cache.mkdir("frappe-sites"))
    copy.connect()
    yield copy
    copy.disconnect()


@pytest.fixture
def server(bench: TestBench) -> Iterator[Process]:
    process = Process(bench)
    yield process
    process.make_sure()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_server_without_an_error(server: Process, number: int) -> None:
    server.start()
    assert server.get("/api/method/frappe.health.health") == {"message": {"status": "ok"}}
    assert server.end(number) == 0


def test_a_second_server_for_the_same_site_is_refused_in_words(server: Process, bench: TestBench) -> None:
    server.start()
    command = [sys.executable, "-m", "frappe.cli", "--site", bench.site, "serve", "--port", "0"]
    second = subprocess.run(command, cwd=bench.sites_path, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "already served" in second.stderr


def test_a_job_of_a_killed_server_is_run_again_as_a_whole(server: Process, bench: TestBench, tmp_path: Path) -> None:
    begun, go = tmp_path / "begun", tmp_path / "go"
    server.start()
    frappe.enqueue(f"{HERE}.begin_and_wait", begun=str(begun), go=str(go), job_id="long", queue="long")
    frappe.db.commit()
    until(begun.exists)
    server.end(signal.SIGKILL)
    go.touch()
    server.start()
    until(lambda: get_job_status("long") == "finished")
    assert frappe.db.count("ToDo", {"description": "written by the job"}) == 1
    until(lambda: table.started() == [])  # the schedule of the new server may be at work as well


def test_a_job_of_another_process_is_run_by_the_server(server: Process, bench: TestBench) -> None:
    server.start()
    frappe.enqueue("frappe.ping", job_id="from-outside")
    frappe.db.commit()
    until(lambda: get_job_status("from-outside") == "finished", seconds=3)


@pytest.mark.parametrize("transport", ["websocket", "polling"])
def test_connected_browsers_do_not_hold_up_or_break_the_end(server: Process, transport: str) -> None:
    server.start()
    browsers = [socketio.Client(reconnection=False) for _ in range(8)]
    for browser in browsers:
        url = f"http://127.0.0.1:{server.port}"
        headers = {"Cookie": "sid=Guest"}
        browser.connect(url, headers=headers, namespaces=["/x"], transports=[transport], wait_timeout=30)
    websockets = [browser.eio.ws for browser in browsers if browser.eio.ws is not None]
    started = time.monotonic()
    assert server.end(signal.SIGINT) == 0
    assert time.monotonic() - started < GRACE_SECONDS
    assert "Traceback" not in server.said()
    for browser in browsers:
        browser.disconnect()
    for websocket in websockets:
        websocket.shutdown()  # the client forgets it when the server hangs up first
