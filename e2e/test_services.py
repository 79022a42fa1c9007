"""Several processes serve one site on MariaDB and Redis, and go on when one of them is killed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio

from e2e.cluster import Cluster, administrators
from e2e.product import PASSWORD, SITE, wait_for
from e2e.rest import Refused, Rest

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("services") / "bench") as made:
        made.set_up()
        yield made


@pytest.fixture(scope="module")
def urls(cluster: Cluster) -> list[str]:
    """The addresses of gunicorn, and of a server that has live events as well."""
    return [cluster.gunicorn(), cluster.serve()]


@pytest.fixture(scope="module")
def admins(urls: list[str]) -> list[Rest]:
    return administrators(urls)


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


class Browser:
    """Somebody's page that is connected to one of the servers."""

    def __init__(self, url: str, rest: Rest):
        self.heard: list[tuple[str, Any]] = []
        self._client = socketio.Client(reconnection=False)
        self._client.on("*", lambda event, *args: self.heard.append((event, args[0] if args else None)), f"/{SITE}")
        headers = {"Cookie": f"sid={rest.http.cookies['sid']}"}
        self._client.connect(url, headers=headers, namespaces=[f"/{SITE}"], transports=["websocket"], wait_timeout=30)

    def follow(self, *doctypes: str) -> None:
        """Ask for the events of DocTypes; back when the server has decided on that."""
        for doctype in doctypes:
            self._client.emit("doctype_subscribe", (doctype,), namespace=f"/{SITE}")
        self._client.emit("ping", namespace=f"/{SITE}")
        self.wait("pong", None)

    def wait(self, event: str, message: Any) -> None:
        wait_for(f"{event} {message}", lambda: self.has_heard(event, message))

    def has_heard(self, event: str, message: Any) -> bool:
        return any(event == name and message in (None, text, _name_in(text)) for name, text in self.heard)

    def close(self) -> None:
        self._client.disconnect()


def _name_in(message: Any) -> Any:
    return message.get("name") if isinstance(message, dict) else None


@pytest.fixture
def browsers(cluster: Cluster, urls: list[str], admins: list[Rest]) -> Iterator[list[Browser]]:
    """The administrator at one server, a customer at the same, and the administrator at another."""
    second = cluster.serve()
    admins[0].insert("User", email="cleo@customer.test", first_name="Cleo", send_welcome_email=0, new_password=PASSWORD)
    cleo = Rest(urls[1]).sign_in("cleo@customer.test", PASSWORD)
    admin = Rest(second).sign_in("Administrator", PASSWORD)
    opened = [Browser(urls[1], admins[1]), Browser(urls[1], cleo), Browser(second, admin)]
    yield opened
    for browser in opened:
        browser.close()


def test_a_live_event_reaches_the_browsers_of_every_server_that_may_hear_it(
    cluster: Cluster, admins: list[Rest], browsers: list[Browser]
) -> None:
    for browser in browsers:
        browser.follow("HD Agent", "ToDo")
    here, cleo, elsewhere = browsers
    made = admins[0].insert("ToDo", description="somebody must hear of this")["name"]
    agent = admins[0].insert("HD Agent", user="Administrator", agent_name="Mona")["name"]
    for browser in (here, elsewhere):
        browser.wait("list_update", made)
        browser.wait("list_update", agent)
    for user in ("Administrator", "cleo@customer.test"):
        publish(cluster, event="for_one", message=user, user=user)
    cleo.wait("for_one", "cleo@customer.test")
    for browser in (here, elsewhere):
        browser.wait("for_one", "Administrator")
        assert not browser.has_heard("for_one", "cleo@customer.test")
    assert not cleo.has_heard("for_one", "Administrator")
    assert not cleo.has_heard("list_update", agent)


def publish(cluster: Cluster, **what: Any) -> None:
    """Send an event from a process of its own."""
    cluster.run("execute", "frappe.publish_realtime", "--kwargs", json.dumps(what))


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
