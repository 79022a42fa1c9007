"""The processes of the Procfile behind nginx, configured as the files in deploy/ have it."""

from __future__ import annotations

import queue
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from e2e.cluster import Cluster
from e2e.product import PASSWORD, ROOT, SITE, free_port, wait_for
from e2e.rest import Rest

pytestmark = [pytest.mark.services, pytest.mark.nginx]
DEPLOY = ROOT / "deploy"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx in front of every process of the Procfile."""
    cluster = Cluster(tmp_path_factory.mktemp("deploy") / "bench")
    nginx: subprocess.Popen[bytes] | None = None
    try:
        cluster.set_up()
        web, live, listen = free_port(), free_port(), free_port()
        for command in procfile().values():
            ports = {"WEB_PORT": str(web), "LIVE_PORT": str(live), "WEB_WORKERS": "2", "FRAPPE_SITE": SITE}
            cluster.start("sh", "-c", f"exec {with_our_python(command)}", **ports)
        nginx = run_nginx(tmp_path_factory.mktemp("nginx"), WEB=web, LIVE=live, LISTEN=listen)
        yield cluster.wait_for(f"http://127.0.0.1:{listen}")
    finally:
        if nginx:
            nginx.terminate()
            nginx.wait(20)
        cluster.stop()
        cluster.remove()


def procfile() -> dict[str, str]:
    lines = (DEPLOY / "Procfile").read_text().splitlines()
    return {line.split(": ", 1)[0]: line.split(": ", 1)[1] for line in lines if line and not line.startswith("#")}


def with_our_python(command: str) -> str:
    """Call a program of the virtual environment by its module, as nothing is installed into the path here."""
    modules = {"gunicorn": "gunicorn", "frappe": "frappe.cli"}
    program, _, rest = command.partition(" ")
    return f"{sys.executable} -m {modules[program]} {rest}"


def run_nginx(folder: Path, **ports: int) -> subprocess.Popen[bytes]:
    """Start nginx with the example, without touching the one of the machine."""
    values = {name: f"127.0.0.1:{port}" for name, port in ports.items()} | {"NAME": SITE}
    template = (DEPLOY / "nginx" / "helpdesk.conf.template").read_text()
    server = re.sub(r"\$\{(WEB|LIVE|LISTEN|NAME)\}", lambda found: values[found[1]], template)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}"
        f" http {{ access_log off; {temporary} {server} }}"
    )
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    options = ["-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", str(folder / "error.log")]
    return subprocess.Popen([program, *options])


def test_the_desk_and_its_files_come_through(front: str) -> None:
    admin = Rest(front).sign_in("Administrator", PASSWORD)
    page = admin.http.get(f"{front}/helpdesk")
    assert page.status_code == 200
    script = page.text.partition('src="/assets/')[2].partition('"')[0]
    answer = admin.http.get(f"{front}/assets/{script}")
    assert answer.status_code == 200
    assert answer.headers["Content-Encoding"] == "gzip"


def test_a_ticket_is_written_and_its_live_event_arrives(front: str) -> None:
    admin = Rest(front).sign_in("Administrator", PASSWORD)
    heard: queue.Queue[Any] = queue.Queue()
    client = socketio.Client(reconnection=False)
    client.on("list_update", heard.put, namespace=f"/{SITE}")
    cookie = f"sid={admin.http.cookies['sid']}"
    client.connect(front, headers={"Cookie": cookie}, namespaces=[f"/{SITE}"], transports=["websocket"])
    try:
        client.emit("doctype_subscribe", ("ToDo",), namespace=f"/{SITE}")
        made = wait_for("The live event", lambda: _make_until_heard(admin, heard))
        assert admin.get("ToDo", made)["name"] == made
    finally:
        client.disconnect()


def _make_until_heard(admin: Rest, heard: queue.Queue[Any]) -> str | None:
    """Make a record; return its name once somebody tells of one (the subscription may come later than the first)."""
    admin.insert("ToDo", description="somebody must hear of this")
    try:
        return str(heard.get(timeout=2)["name"])
    except queue.Empty:
        return None


def test_the_workers_work(front: str) -> None:
    admin = Rest(front).sign_in("Administrator", PASSWORD)
    health = wait_for("A queue that is empty", lambda: _when_idle(admin))
    assert health["scheduler"]["active"]


def _when_idle(admin: Rest) -> dict[str, Any] | None:
    health = admin.call("frappe.health.health", "GET")
    waiting = sum(counts.get("queued", 0) for counts in health["queue"]["jobs"].values())
    return None if waiting else dict(health)
