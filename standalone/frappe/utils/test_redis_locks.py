"""Locks hold between processes and machines, whether they are files or in Redis."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from frappe import context
from frappe.exceptions import LocksAwayError
from frappe.testing.services import from_environment
from frappe.utils import file_lock, redis_locks
from frappe.utils.synchronization import FileLock, LockTimeoutError, filelock, lock_of

KINDS = ["file"] if from_environment().missing_redis() else ["file", "redis"]

HOLDER = """
import sys, frappe
from frappe.utils.synchronization import lock_of
frappe.init("one", sys.argv[1])
assert lock_of("schedule").acquire(5)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    services, name = from_environment(), f"frappe_test_{secrets.token_hex(6)}"
    config = {"db_name": name, **({"redis_queue": services.redis} if request.param == "redis" else {})}
    (tmp_path / "sites" / "one").mkdir(parents=True)
    (tmp_path / "sites" / "one" / "site_config.json").write_text(json.dumps(config))
    context.init("one", str(tmp_path / "sites"), force=True)
    yield tmp_path
    context.destroy()
    if request.param == "redis":
        services.forget_keys(name)


def test_one_at_a_time_under_the_same_name(bench: Path) -> None:
    with filelock("import"), pytest.raises(LockTimeoutError), filelock("import", timeout=0.01):
        pass
    with filelock("import", timeout=0), filelock("export", timeout=0):
        pass


def test_a_lock_knows_whether_it_is_held(bench: Path) -> None:
    ours, theirs = lock_of("schedule"), lock_of("schedule")
    assert not ours.is_held()
    assert ours.acquire(0)
    assert ours.is_held()
    assert not theirs.acquire(0)
    ours.release()
    assert not ours.is_held()
    assert theirs.acquire(0)
    theirs.release()


def test_a_killed_process_lets_go(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = [sys.executable, "-c", HOLDER.replace("import sys", SHORT), str(bench / "sites")]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        lock = lock_of("schedule")
        assert not lock.acquire(0)
        holder.kill()
    assert lock.acquire(5)
    lock.release()


SHORT = "import frappe.utils.redis_locks as locks; locks.LEASE_SECONDS = 1.0\nimport sys"


def test_marks_are_set_once_and_have_an_age(bench: Path) -> None:
    assert file_lock.create_lock("ticket")
    assert not file_lock.create_lock("ticket")
    assert file_lock.lock_exists("ticket")
    assert 0 <= file_lock.lock_age("ticket") < 60
    assert file_lock.delete_lock("ticket")
    assert not file_lock.delete_lock("ticket")
    assert not file_lock.lock_exists("ticket")
    with pytest.raises(FileNotFoundError):
        file_lock.lock_age("ticket")


@pytest.mark.slow
@pytest.mark.parametrize("bench", KINDS[1:], indirect=True)
def test_a_lease_is_renewed_as_long_as_the_lock_is_held(bench: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_locks, "LEASE_SECONDS", 0.5)
    monkeypatch.setattr(redis_locks, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(redis_locks, "_keeper", redis_locks._Keeper())
    lock = lock_of("import")
    assert lock.acquire(0)
    assert not lock_of("import").acquire(1.5)
    assert lock.is_held()
    lock.release()


def test_without_redis_a_lock_is_a_file(bench: Path) -> None:
    assert isinstance(lock_of("import"), FileLock) is not redis_locks.is_used()


@pytest.fixture
def redis_away(bench: Path) -> None:
    context.local.conf.redis_queue = "redis://127.0.0.1:1"


def test_while_redis_is_away_locks_are_refused_in_words_and_no_mark_stands_in_the_way(redis_away: None) -> None:
    with pytest.raises(LocksAwayError, match="try again"), filelock("import", timeout=1):
        pass
    with pytest.raises(LocksAwayError):
        file_lock.create_lock("ticket")
    assert not file_lock.lock_exists("ticket")


def test_work_under_a_lock_is_kept_when_the_lock_cannot_be_given_back(redis_away: None) -> None:
    lock = redis_locks.RedisLock("import")
    lock._lock.local.token = b"ours"
    lock.release()
    assert not lock._lock.local.token
