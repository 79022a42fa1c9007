"""The product on MariaDB and Redis: several web processes, workers and schedulers of one site."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from frappe.config import write_json
from frappe.testing.services import from_environment

from e2e.product import PASSWORD, ROOT, SITE, free_port, wait_for
from e2e.rest import Rest

FRAPPE = [sys.executable, "-m", "frappe.cli", "--site", SITE]


class Cluster:
    """The processes of one site, each ended by `stop`."""

    def __init__(self, bench: Path, redis: str | None = None):
        self.bench, self.sites = bench, bench / "sites"
        found = from_environment()
        self.services = replace(found, redis=redis or found.redis)
        self.database = f"frappe_test_{secrets.token_hex(6)}"
        self._processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self.remove()

    def set_up(self, **config: Any) -> None:
        """Make the site as the operator guide says, with more keys of the configuration."""
        for folder in ("sites", "logs", "apps", "config"):
            (self.bench / folder).mkdir(parents=True)
        (self.sites / "apps.txt").write_text("frappe\nhelpdesk\n")
        redis = dict.fromkeys(("redis_cache", "redis_queue", "redis_socketio"), self.services.redis)
        write_json(self.sites / "common_site_config.json", {**redis, "scheduler_tick_interval": 1, **config})
        self.run(
            "new-site", SITE, "--db-type", "mariadb", "--db-name", self.database, "--admin-password", PASSWORD,
            "--db-host", self.services.db_host, "--db-port", str(self.services.db_port),
            "--db-root-username", self.services.db_root_user, "--db-root-password", self.services.db_root_password,
            "--install-app", "helpdesk",
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        """Run a command to its end and return what it said."""
        done = subprocess.run(
            [*FRAPPE, *arguments], cwd=self.sites, env=_environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"frappe {arguments[0]} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start a process in a group of its own, which dies as a whole."""
        with (self.bench / "logs" / f"{len(list((self.bench / 'logs').glob('*.log')))}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                cwd=self.sites,
                env={**_environment(), **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._processes.append(process)
        return process

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        """Leave a process alone that has ended."""
        self._processes.remove(process)

    def start_gunicorn(self, port: int) -> subprocess.Popen[bytes]:
        options = ["--workers", "2", "--threads", "4", "--keep-alive", "75", "--bind", f"127.0.0.1:{port}"]
        return self.start(sys.executable, "-m", "gunicorn", *options, "frappe.app:application", FRAPPE_SITE=SITE)

    def start_serve(self, port: int) -> subprocess.Popen[bytes]:
        return self.start(*FRAPPE, "serve", "--without-jobs", "--port", str(port))

    def gunicorn(self) -> str:
        """Serve requests in two processes of gunicorn; return the address."""
        port = free_port()
        self.start_gunicorn(port)
        return self.wait_for(f"http://127.0.0.1:{port}")

    def serve(self) -> str:
        """Serve requests and live events in one process; return the address."""
        port = free_port()
        self.start_serve(port)
        return self.wait_for(f"http://127.0.0.1:{port}")

    def worker(self, *options: str) -> subprocess.Popen[bytes]:
        return self.start(*FRAPPE, "worker", *options)

    def scheduler(self) -> subprocess.Popen[bytes]:
        return self.start(*FRAPPE, "schedule")

    def wait_for(self, url: str) -> str:
        wait_for(f"An answer of {url}", lambda: answers(url), 120)
        return url

    def query(self, sql: str) -> Any:
        """Look into the database from outside."""
        from contextlib import closing

        from frappe.database.mariadb.driver import connect

        with closing(connect(self.services.root(self.database))) as connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def forget_guesses(self) -> None:
        """Unlock this machine's address after too many wrong passwords."""
        import redis

        with redis.Redis.from_url(self.services.redis) as client:
            for key in client.scan_iter(match=f"{self.database}|login_failures:*"):
                client.delete(key)

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()

    def remove(self) -> None:
        """Leave nothing on the servers."""
        from contextlib import closing

        from frappe.database.mariadb.driver import connect

        with closing(connect(self.services.root())) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop database if exists `{self.database}`")
            for host in ("localhost", "127.0.0.1", "%"):
                cursor.execute("drop user if exists %s@%s", (self.database, host))
        self.services.forget_keys(self.database)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'standalone'}"}


def administrators(urls: list[str]) -> list[Rest]:
    """Sign Administrator in at every address, with room for the sessions of a whole test."""
    made = [Rest(url).sign_in("Administrator", PASSWORD) for url in urls]
    made[0].update("User", "Administrator", simultaneous_sessions=100)
    return made


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/method/ping", timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
