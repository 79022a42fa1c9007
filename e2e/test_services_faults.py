"""MariaDB drops connections and Redis dies while several processes serve a site: told, survived, healed by itself."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pymysql
import pytest
from frappe.testing.redis_server import RedisServer

from e2e.cluster import Cluster, administrators
from e2e.conftest import FAST
from e2e.product import PASSWORD, wait_for
from e2e.rest import Refused, Rest

pytestmark = pytest.mark.services
PEOPLE = 6
LOSSES = 15


@pytest.fixture(scope="module")
def own_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with RedisServer(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def cluster(own_redis: RedisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with Cluster(tmp_path_factory.mktemp("services") / "bench", redis=own_redis.url) as made:
        made.set_up(**FAST)
        made.worker()
        made.scheduler()
        yield made


@pytest.fixture(scope="module")
def urls(cluster: Cluster) -> list[str]:
    return [cluster.gunicorn(), cluster.serve()]


@pytest.fixture(scope="module")
def admins(urls: list[str]) -> list[Rest]:
    return administrators(urls)


@dataclass
class Writer:
    """Somebody who writes tickets without a pause, and notes what came of it."""

    number: int
    rest: Rest
    made: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def work(self, stop: threading.Event) -> None:
        for count in itertools.count():
            if stop.is_set():
                return
            subject = f"Writer {self.number}, {count}"
            try:
                self.rest.insert("HD Ticket", subject=subject)
                self.made.append(subject)
            except Refused as refused:
                self.refused.append(refused)


def test_connections_that_mariadb_drops_lose_nothing_that_was_confirmed(
    cluster: Cluster, urls: list[str], admins: list[Rest]
) -> None:
    people = [Writer(n, Rest(urls[n % 2]).sign_in("Administrator", PASSWORD)) for n in range(PEOPLE)]
    stop = threading.Event()
    threads = [threading.Thread(target=one.work, args=(stop,), daemon=True) for one in people]
    for thread in threads:
        thread.start()
    for _ in range(LOSSES):
        enough = sum(len(one.made) for one in people) + PEOPLE
        wait_for("more tickets", lambda enough=enough: sum(len(one.made) for one in people) >= enough, 120)  # type: ignore[misc]
        drop_connections(cluster)
    stop.set()
    for thread in threads:
        thread.join(60)
    refused = [one for person in people for one in person.refused]
    assert {one.status for one in refused} <= {503}, [str(one) for one in refused if one.status != 503]
    assert all("again" in one.said for one in refused)
    stored = subjects(admins[0])
    assert len(stored) == len(set(stored))
    assert {subject for one in people for subject in one.made} <= set(stored)
    the_schedule_goes_on(cluster)


def drop_connections(cluster: Cluster) -> None:
    """Close every connection of the site's user, as an administrator or a restart of the server does."""
    found = cluster.query(f"select id from information_schema.processlist where user = '{cluster.database}'")
    for (id,) in found:
        with suppress(pymysql.OperationalError):  # gone already
            cluster.query(f"kill connection {id}")


def subjects(admin: Rest) -> list[str]:
    filters = {"subject": ["like", "Writer %"]}
    return [
        row["subject"] for row in admin.list("HD Ticket", filters=filters, fields=["subject"], limit_page_length="0")
    ]


def the_schedule_goes_on(cluster: Cluster) -> None:
    last = "select max(last_execution) from `tabScheduled Job Type`"
    before = cluster.query(last)
    wait_for("a scheduled job", lambda: cluster.query(last) != before, 60)


def test_a_dead_redis_stops_nobody_and_nothing_is_stale_when_it_is_back(
    cluster: Cluster, own_redis: RedisServer, admins: list[Rest]
) -> None:
    one, other = admins
    ticket = one.insert("HD Ticket", subject="Before", raised_by="cleo@customer.test")["name"]
    assert other.get("HD Ticket", ticket)["subject"] == "Before"
    own_redis.save()
    own_redis.kill()
    for rest in admins:
        rest.update("HD Ticket", ticket, subject=f"Without Redis, by {rest.url}")
        assert rest.insert("HD Ticket", subject="While it is dead")["name"]
    assert one.get("HD Ticket", ticket)["subject"] == f"Without Redis, by {other.url}"
    own_redis.start()
    wait_for("an emptied cache", lambda: "its cache was emptied" in logs(cluster))
    for reader in (one, other):
        assert reader.get("HD Ticket", ticket)["subject"] == f"Without Redis, by {other.url}"
    one.update("HD Ticket", ticket, subject="After")
    assert other.get("HD Ticket", ticket)["subject"] == "After"
    the_schedule_goes_on(cluster)


def logs(cluster: Cluster) -> str:
    return "".join(path.read_text(errors="replace") for path in cluster.bench.rglob("*.log"))
