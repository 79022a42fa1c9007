"""The bell that wakes workers."""

import threading

from frappe.jobs.signal import Bell


def test_a_ring_before_the_wait_is_not_missed() -> None:
    bell = Bell()
    seen = bell.rings
    bell.set()
    assert bell.wait(seen, timeout=0)


def test_every_waiter_hears_the_same_ring() -> None:
    bell = Bell()
    heard: list[bool] = []
    waiters = [threading.Thread(target=lambda: heard.append(bell.wait(0, timeout=10))) for _ in range(3)]
    for waiter in waiters:
        waiter.start()
    bell.set()
    for waiter in waiters:
        waiter.join()
    assert heard == [True, True, True]


def test_silence_ends_with_the_timeout() -> None:
    assert not Bell().wait(0, timeout=0)
