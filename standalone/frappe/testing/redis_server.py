"""A Redis of a test's own, to be killed and started again."""

from __future__ import annotations

import socket
import subprocess
import threading
from pathlib import Path

import redis


class RedisServer:
    """Runs `redis-server` on a free port; what `save` keeps is there after the next start."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> RedisServer:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self._port), "--dir", str(self._folder), "--save", ""]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        pause = threading.Event()
        for _ in range(1500):
            if self._answers():
                return
            pause.wait(0.02)
        raise RuntimeError("redis-server does not answer.")

    def save(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.save()

    def kill(self) -> None:
        """SIGKILL, as the kernel does when memory is short."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_connect_timeout=1) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
