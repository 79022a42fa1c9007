"""Keys that end and are never asked for again must not fill the memory (case: logins with guessed names)."""

import pytest

from frappe.cache import memory
from frappe.cache.memory import MemoryStore


def test_ended_keys_are_dropped_when_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    monkeypatch.setattr(memory, "SWEEP_FROM", 100)
    store = MemoryStore(journal=None)
    for number in range(1000):
        clock[0] += 1
        store.incrby(f"login_failures:{number}", 1)
        store.expire(f"login_failures:{number}", 10)
    assert len(store.keys("login_failures:")) <= 200
    assert store.get("login_failures:999") == 1
