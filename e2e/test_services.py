"""Several processes serve one site on MariaDB and Redis, and go on when one of them is killed."""

from __future__ import annotations

import json
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from e2e.cluster import Cluster
from e2e.product import PASSWORD, SITE, wait_for
from e2e.rest import Refused, Rest

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("services") / "bench")
    try:
        made.set_up()
        yield made
    finally:
        made.stop()
        made.remove()


@pytest.fixture(scope="module")
def urls(cluster: Cluster) -> list[str]:
    """The addresses of gunicorn, and of a server that has live events as well."""
    return [cluster.gunicorn(), cluster.serve()]


@pytest.fixture(scope="module")
def admins(urls: list[str]) -> list[Rest]:
    return [Rest(url).sign_in("Administrator", PASSWORD) for url in urls]


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[], list[str]]:
    """What the jobs of this test have written down."""
    return lambda: (tmp_path / "lines").read_text().split() if (tmp_path / "lines").exists() else []


def ask(cluster: Cluster, method: str, tmp_path: Path, **more: Any) -> None:
    values = {"method": method, "path": str(tmp_path / "lines"), **more}
    cluster.run("execute", "e2e.slow_jobs.ask", "--kwargs", json.dumps(values))


def test_what_one_process_writes_every_other_shows_at_once(admins: list[Rest]) -> None:
    one, other = admins
    ticket = one.insert("HD Ticket", subject="The printer is on fire", raised_by="cleo@customer.test")["name"]
    for number in range(10):
        writer, reader = (one, other) if number % 2 else (other, one)
        writer.update("HD Ticket", ticket, subject=f"Fire, hour {number}")
        assert reader.get("HD Ticket", ticket)["subject"] == f"Fire, hour {number}"


def test_a_changed_doctype_and_changed_roles_count_in_every_process(admins: list[Rest]) -> None:
    one, other = admins
    assert "floor" not in other.get("HD Ticket", one.insert("HD Ticket", subject="x", raised_by="c@c.test")["name"])
    one.insert("Custom Field", dt="HD Ticket", fieldname="floor", label="Floor", fieldtype="Data")
    made = other.insert("HD Ticket", subject="y", raised_by="c@c.test", floor="third")["name"]
    assert one.get("HD Ticket", made)["floor"] == "third"


def test_failed_logins_are_counted_together(cluster: Cluster, urls: list[str], admins: list[Rest]) -> None:
    admins[0].insert("User", email="xenia@outside.test", first_name="Xenia", send_welcome_email=0)
    for number in range(12):
        with pytest.raises(Refused):
            Rest(urls[number % 2]).sign_in("xenia@outside.test", "wrong")
    for url in urls:
        with pytest.raises(Refused) as caught:
            Rest(url).sign_in("xenia@outside.test", "wrong")
        assert caught.value.status == 429, caught.value.said
    cluster.forget_guesses()


def test_a_live_event_crosses_processes(urls: list[str], admins: list[Rest]) -> None:
    heard: queue.Queue[tuple[str, Any]] = queue.Queue()
    client = socketio.Client(reconnection=False)
    client.on("*", lambda event, *args: heard.put((event, args[0] if args else None)), namespace=f"/{SITE}")
    cookie = f"sid={admins[1].http.cookies['sid']}"
    client.connect(urls[1], headers={"Cookie": cookie}, namespaces=[f"/{SITE}"], transports=["websocket"])
    try:
        client.emit("doctype_subscribe", ("ToDo",), namespace=f"/{SITE}")
        client.emit("ping", namespace=f"/{SITE}")
        assert heard.get(timeout=10)[0] == "pong"
        made = admins[0].insert("ToDo", description="somebody must hear of this")
        wait_for("The live event", lambda: ("list_update", made["name"]) == _list_update(heard.get(timeout=10)))
    finally:
        client.disconnect()


def _list_update(heard: tuple[str, Any]) -> tuple[str, Any]:
    event, message = heard
    return event, message.get("name") if isinstance(message, dict) else None


def test_a_job_runs_once_whoever_asks(cluster: Cluster, tmp_path: Path, lines: Callable[[], list[str]]) -> None:
    workers = [cluster.worker(), cluster.worker("--queue", "short,default")]
    for number in range(5):
        ask(cluster, "note", tmp_path, text=f"job-{number}")
    wait_for("The jobs", lambda: len(lines()) >= 5)
    wait_for("The end of the jobs", lambda: not cluster.query("select 1 from `__jobs` where status = 'started'"))
    assert sorted(lines()) == [f"job-{number}" for number in range(5)]
    for worker in workers:
        worker.terminate()
        assert worker.wait(20) == 0


def test_the_job_of_a_killed_worker_is_found_again(
    cluster: Cluster, tmp_path: Path, admins: list[Rest], lines: Callable[[], list[str]]
) -> None:
    first = cluster.worker()
    ask(cluster, "hold", tmp_path, go=str(tmp_path / "go"))
    wait_for("The job", lambda: lines() == ["begun"])
    second = cluster.worker()
    first.kill()
    first.wait()
    wait_for("The second try", lambda: lines() == ["begun", "begun"], 60)
    (tmp_path / "go").touch()
    wait_for("The end", lambda: lines() == ["begun", "begun", "done"])
    held = f"select count(*) from tabToDo where description = 'held {tmp_path / 'lines'}'"
    wait_for("What it leaves", lambda: cluster.query(held) == ((1,),))
    second.terminate()
    assert second.wait(20) == 0


def test_one_scheduler_works_and_the_other_takes_over(cluster: Cluster) -> None:
    def holder() -> Any:
        return cluster.services.holder_of(f"{cluster.database}:lock:schedule")

    logs = cluster.bench / "logs"
    first = cluster.scheduler()
    token = wait_for("The first scheduler", holder)
    second = cluster.scheduler()
    wait_for("The second scheduler", lambda: any("takes over" in path.read_text() for path in logs.rglob("*.log")))
    assert holder() == token
    first.kill()
    first.wait()
    wait_for("The change", lambda: (now := holder()) and now != token, 40)
    assert second.poll() is None
    queued = "select 1 from `__jobs` where job_id like '%%scheduled_job::%%'"
    wait_for("Scheduled jobs", lambda: cluster.query(queued))
    second.terminate()
    assert second.wait(20) == 0
    assert holder() is None


def test_a_backup_brings_back_what_was_there(cluster: Cluster, admins: list[Rest]) -> None:
    kept = admins[0].insert("ToDo", description="before the backup")["name"]
    made = cluster.run("backup").split()
    lost = admins[0].insert("ToDo", description="after the backup")["name"]
    cluster.stop()
    cluster.run("restore", "--yes", next(path for path in made if "database" in path))
    rest = Rest(cluster.serve()).sign_in("Administrator", PASSWORD)
    assert rest.get("ToDo", kept)["description"] == "before the backup"
    with pytest.raises(Refused):
        rest.get("ToDo", lost)
    cluster.run("migrate")
    assert rest.get("ToDo", kept)["name"] == kept
