"""The product in both profiles, as something that can be killed at any instant and looked into afterwards."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from e2e.cluster import Cluster
from e2e.product import Product, free_port, wait_for


class Mortal(Protocol):
    """A running product."""

    urls: list[str]

    def strike(self, chance: random.Random) -> None:
        """Kill something with SIGKILL and replace it, as a supervisor does."""

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""

    def end(self) -> None:
        """Stop everything."""


class OneProcess:
    """The embedded profile: everything dies together."""

    def __init__(self, product: Product):
        self._product = product
        self.urls = [product.url]
        product.start()

    def strike(self, chance: random.Random) -> None:
        self._product.kill()
        self._product.start()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        path = next((self._product.site_path / "db").glob("*.db"))
        with closing(sqlite3.connect(path, timeout=30)) as connection:
            return connection.execute(sql).fetchall()

    def end(self) -> None:
        self._product.kill()


@dataclass
class Part:
    """One process of several, and how to start it again."""

    start: Callable[[], subprocess.Popen[bytes]]
    process: subprocess.Popen[bytes]


class ManyProcesses:
    """The services profile: two web servers, of which one forks, two workers and two schedulers; one dies at a time."""

    def __init__(self, cluster: Cluster):
        self._cluster = cluster
        gunicorn, serve = free_port(), free_port()
        self.urls = [f"http://127.0.0.1:{port}" for port in (gunicorn, serve)]
        self._gunicorn = self._part(lambda: cluster.start_gunicorn(gunicorn))
        self._others = [
            self._part(start)
            for start in (lambda: cluster.start_serve(serve), *[cluster.worker] * 2, *[cluster.scheduler] * 2)
        ]
        for url in self.urls:
            cluster.wait_for(url)

    @staticmethod
    def _part(start: Callable[[], subprocess.Popen[bytes]]) -> Part:
        return Part(start, start())

    def strike(self, chance: random.Random) -> None:
        """Kill a worker, a scheduler or a web server – or one child of gunicorn, which gunicorn replaces itself."""
        victim = chance.choice([self._gunicorn, self._gunicorn, *self._others])
        children = _children(victim.process.pid)
        if children and chance.random() < 0.5:
            os.kill(chance.choice(children), signal.SIGKILL)
            return
        os.killpg(victim.process.pid, signal.SIGKILL)
        victim.process.wait()
        self._cluster.forget(victim.process)
        victim.process = victim.start()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self._cluster.query(sql.replace('"', "`").replace("%", "%%")))

    def end(self) -> None:
        self._cluster.stop()


def _children(pid: int) -> list[int]:
    wait_for("the process", lambda: Path(f"/proc/{pid}").exists())
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
