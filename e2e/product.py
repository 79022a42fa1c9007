"""Starts the product for a test and ends it again, gently or with SIGKILL."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).resolve().parent.parent
SITE = "helpdesk.localhost"
PASSWORD = "correct horse battery"
Answer = TypeVar("Answer")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, look: Callable[[], Answer | None], seconds: float = 30) -> Answer:
    """Look again and again until there is an answer; fail with a sentence that says what never came."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    while True:
        answer = look()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not happen within {seconds:.0f} s.")
        time.sleep(pause)  # the pause between two looks, not a guess at how long something takes
        pause = min(pause * 1.5, 0.25)


@dataclass
class Product:
    """One Helpdesk in a bench folder of its own."""

    bench: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def site_path(self) -> Path:
        return self.bench / "sites" / SITE

    def set_up(self, **config: Any) -> None:
        """Make the site as a newcomer's `./start` does, and add keys to its configuration."""
        command = [str(ROOT / "start"), "--data", str(self.bench), "--setup-only", "--admin-password", PASSWORD]
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        self.configure(**config)

    def configure(self, **config: Any) -> None:
        """Add keys to the configuration of the site; they count from the next request on."""
        path = self.site_path / "site_config.json"
        changed = path.with_suffix(".changed")
        changed.write_text(json.dumps({**json.loads(path.read_text()), **config}))
        changed.replace(path)

    def copy_of(self, template: Path) -> None:
        """Take a site that was set up before instead of making one."""
        shutil.copytree(template, self.bench, symlinks=True)

    def start(self, **more: str) -> None:
        """Serve, with `more` variables in the environment."""
        command = [sys.executable, "-m", "frappe.cli", "--site", SITE, "serve", "--port", str(self.port)]
        self.run(command, cwd=self.bench / "sites", env={**os.environ, **more})

    def run(self, command: list[str], *, cwd: Path, env: dict[str, str] | None = None) -> None:
        """Serve by any command that listens on our port, and wait until it answers."""
        (self.bench / "logs").mkdir(parents=True, exist_ok=True)
        with (self.bench / "logs" / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=cwd, env=env, stdout=log, stderr=log)
        wait_for("an answer to ping", self.answers, 120)

    def answers(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            raise AssertionError("The server ended:\n" + self.log_tail())
        try:
            with urllib.request.urlopen(f"{self.url}/api/method/ping", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def log_tail(self) -> str:
        return (self.bench / "logs" / "server.log").read_text(errors="replace")[-4000:]

    def kill(self) -> None:
        """SIGKILL: no chance to finish anything."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """Ctrl-C: finish what is running and end."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError("The server did not end within 20 s of Ctrl-C.") from None
        self.process = None

    def memory_mb(self) -> float:
        """Resident memory of the server process, in megabytes."""
        assert self.process is not None
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in text.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def execute(self, dotted: str, **kwargs: Any) -> Any:
        """Run a function on the site, as `frappe execute` does, and return its JSON answer."""
        command = [
            sys.executable,
            "-m",
            "frappe.cli",
            "--site",
            SITE,
            "execute",
            dotted,
            "--kwargs",
            json.dumps(kwargs),
        ]
        done = subprocess.run(command, cwd=self.bench / "sites", check=True, capture_output=True, text=True)
        return json.loads(done.stdout) if done.stdout.strip() else None


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
