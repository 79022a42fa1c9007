"""What every store promises, and how processes learn of each other's changes. Runs on Redis where one answers."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.cache import journal as journals
from frappe.cache.journal import FileJournal
from frappe.cache.memory import MemoryStore
from frappe.cache.redis_store import RedisStore, connect
from frappe.cache.store import Store
from frappe.testing.redis_server import RedisServer
from frappe.testing.services import from_environment

KINDS = ["memory"] if from_environment().missing_redis() else ["memory", "redis"]
NAMESPACE = f"frappe_test_{secrets.token_hex(6)}_"
Open = Callable[[], Store]


@pytest.fixture(params=KINDS)
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Open the store of one site as one more process would."""
    if request.param == "memory":
        (tmp_path / "site").mkdir()
        yield lambda: MemoryStore(FileJournal(tmp_path / "site" / "locks" / "cache.journal"), ("s|rl:",))
        return
    namespace = f"{NAMESPACE}{secrets.token_hex(6)}"
    with connect(from_environment().redis) as client:
        yield lambda: RedisStore(client, namespace, secrets.token_hex(4))
        for used in client.scan_iter(match=f"{NAMESPACE}*"):
            client.delete(used)


@pytest.fixture
def store(another: Open) -> Store:
    return another()


@pytest.fixture
def key() -> str:
    return f"{NAMESPACE}{secrets.token_hex(6)}|k"


@pytest.mark.parametrize("value", ["text", 7, 1.5, {"a": [1, None]}, ("x",), {"set"}, b"raw", True])
def test_a_value_comes_back_as_it_was(store: Store, key: str, value: Any) -> None:
    store.set(key, value)
    assert store.get(key) == value
    assert type(store.get(key)) is type(value)


def test_what_is_missing_is_none(store: Store, key: str) -> None:
    assert store.get(key) is None
    assert store.hget(key, "field") is None
    assert store.items(key) == []
    assert store.members(key) == frozenset()
    assert store.ttl(key) == -2


def test_a_value_with_an_end_ends(store: Store, key: str) -> None:
    store.set(key, "soon gone", expires_in_sec=100)
    assert 95 <= store.ttl(key) <= 100
    store.expire(key, 0.001)
    until(lambda: store.get(key) is None)


def test_counters_count(store: Store, key: str) -> None:
    assert [store.incrby(key, 2), store.incrby(key, 3)] == [2, 5]
    assert store.get(key) == 5
    assert [store.hincrby(f"{key}h", "f", 1), store.hincrby(f"{key}h", "f", 1)] == [1, 2]
    assert store.hget(f"{key}h", "f") == 2


def test_lists_have_two_ends(store: Store, key: str) -> None:
    store.push(key, ["b", "a"], front=True)
    store.push(key, ["c", "d"], front=False)
    assert store.items(key) == ["a", "b", "c", "d"]
    assert store.items(key, 1, 2) == ["b", "c"]
    assert [store.pop(key, front=True), store.pop(key, front=False)] == ["a", "d"]
    store.trim(key, 0, 0)
    assert store.items(key) == ["b"]


def test_sets_hold_everything_once(store: Store, key: str) -> None:
    store.add(key, ["a", "b", "a"])
    store.discard(key, ["b"])
    assert store.members(key) == {"a"}


def test_hashes_are_read_whole_and_by_field(store: Store, key: str) -> None:
    store.hset(key, "one", [1])
    store.hset(key, "two", None)
    assert store.hgetall(key)["one"] == [1]
    store.hdel(key, ["one"])
    assert store.hget(key, "one") is None


def test_a_prefix_is_forgotten_except_what_lasts(store: Store, key: str) -> None:
    for name in ("::a", "::b", "rl:x"):
        store.set(f"{key}{name}", name)
    store.delete_prefix(key, [f"{key}rl:"])
    assert [store.get(f"{key}{name}") for name in ("::a", "::b", "rl:x")] == [None, None, "rl:x"]


def test_what_one_process_drops_is_stale_in_the_others_and_nothing_else(another: Open, key: str) -> None:
    ours, theirs = another(), another()
    for process in (ours, theirs):
        process.catch_up()
        for name in ("a", "b", "c"):
            process.set(f"{key}{name}", "kept")
        process.hset(f"{key}hash", "one", "kept")
        process.hset(f"{key}hash", "two", "kept")
        process.set(f"{key}number", 1)
    for process in (ours, theirs):
        process.catch_up()
    ours.get(f"{key}a"), ours.hget(f"{key}hash", "one"), ours.get(f"{key}c")
    theirs.delete([f"{key}a"])
    theirs.delete_prefix(f"{key}b")
    theirs.hdel(f"{key}hash", ["one"])
    ours.catch_up()
    assert [ours.get(f"{key}a"), ours.get(f"{key}b"), ours.hget(f"{key}hash", "one")] == [None, None, None]
    assert [ours.get(f"{key}c"), ours.hget(f"{key}hash", "two"), ours.get(f"{key}number")] == ["kept", "kept", 1]


def until(look: Callable[[], bool]) -> None:
    import time

    deadline = time.monotonic() + 5
    while not look():
        assert time.monotonic() < deadline, "It did not happen."


# -- the embedded journal ---------------------------------------------------------------------------------------------


def test_limits_outlive_a_journal_that_was_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    path = tmp_path / "site" / "locks" / "cache.journal"
    monkeypatch.setattr(journals, "MAX_BYTES", 100)
    ours, theirs = (MemoryStore(FileJournal(path), ("s|rl:",)) for _ in range(2))
    ours.catch_up()
    ours.incrby("s|rl:guesses", 9)
    ours.set("s|roles", ["Agent"])
    for number in range(20):
        theirs.delete([f"s|something-{number}"])
    ours.catch_up()
    assert ours.get("s|roles") is None
    assert ours.get("s|rl:guesses") == 9
    assert path.stat().st_size < 200


def test_clearing_the_cache_leaves_limits_and_locks_of_this_and_other_processes(site: Any) -> None:
    counter = frappe.cache.make_key("rl:login:1.2.3.4")
    frappe.cache.incrby(counter)
    frappe.cache.set_value("worked_out", 1)
    frappe.clear_cache()
    assert frappe.cache.get(counter) == b"1"
    assert frappe.cache.get_value("worked_out") is None
    frappe.cache.flushall()
    assert frappe.cache.get(counter) is None


# -- Redis ------------------------------------------------------------------------------------------------------------


def test_without_redis_nothing_is_remembered_but_guesses_are_still_counted() -> None:
    store = RedisStore(connect("redis://127.0.0.1:1"), "nobody", "us")
    store.catch_up()
    store.set("key", "value")
    assert store.get("key") is None
    assert [store.incrby("rl:x", 1), store.incrby("rl:x", 1)] == [1, 2]
    assert store.ping() is False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("server", [None] if shutil.which("redis-server") else [], indirect=True)
def test_what_changed_while_redis_was_dead_is_not_read_from_it_afterwards(server: RedisServer) -> None:
    with connect(server.url) as client, connect(server.url) as other_client:
        ours, theirs = (RedisStore(one, "s", str(id(one)), lasting=("s|rl:",)) for one in (client, other_client))
        ours.set("s|subject", "old")
        ours.incrby("s|rl:guesses", 3)
        assert theirs.get("s|subject") == "old"
        server.save()
        server.kill()
        ours.delete(["s|subject"])
        assert ours.get("s|subject") is None
        server.start()
        until(lambda: not ours._missed.locked())
        theirs.catch_up()
        assert theirs.get("s|subject") is None
        assert theirs.get("s|rl:guesses") == 3
        ours.set("s|subject", "new")
        assert theirs.get("s|subject") == "new"
