"""Jobs exist if and only if their transaction is kept, run as whoever asked for them, and are never lost."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.exceptions import DatabaseAwayError
from frappe.jobs import drain, outbox, table, worker
from frappe.jobs.runner import run_claimed
from frappe.jobs.worker import Identity, WorkerPool, is_alive, release_lost_jobs
from frappe.testing.sites import TestBench
from frappe.utils.background_jobs import get_job, get_job_status, get_jobs, is_job_enqueued

HERE = "frappe.jobs.test_jobs"
seen: list[Any] = []


@pytest.fixture(autouse=True)
def _forget(site: TestBench) -> Iterator[None]:
    seen.clear()
    yield


def note(**what: Any) -> dict[str, Any]:
    seen.append((frappe.session.user, what))
    return what


def write_and_fail() -> None:
    frappe.get_doc({"doctype": "ToDo", "description": "must not stay"}).insert()
    raise ValueError("on purpose")


def lose_the_race() -> None:
    raise frappe.QueryDeadlockError("on purpose")


def ask_for_more(times: int) -> None:
    note(times=times)
    if times:
        frappe.enqueue(f"{HERE}.ask_for_more", times=times - 1)


def spin() -> None:
    while True:
        pass


def claimed(worker: str = "me") -> table.Job:
    found = table.next_queued(["short", "default", "long"])
    assert found is not None
    job = table.claim(found, worker)
    assert job is not None
    frappe.db.commit()
    return job


def run_next(site: TestBench) -> bool:
    """Run the next job as a worker does, and come back to the site of the test."""
    job = claimed()
    done = run_claimed(job, site.site, site.sites_path)
    site.connect()
    return done


def test_a_job_is_there_once_the_transaction_is_committed(site: TestBench) -> None:
    handle = frappe.enqueue(f"{HERE}.note", ticket=1)
    assert table.counts() == {}
    assert handle.get_status() == "queued"
    frappe.db.commit()
    assert table.counts() == {"default": {"queued": 1}}


def test_a_rollback_takes_the_job_with_it(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.note", ticket=1)
    frappe.db.rollback()
    frappe.db.commit()
    assert table.counts() == {}


@pytest.mark.parametrize("after_commit", [False, True])
def test_a_rollback_to_a_savepoint_takes_the_jobs_asked_for_since(site: TestBench, after_commit: bool) -> None:
    def ask(number: int) -> None:
        frappe.enqueue(f"{HERE}.note", number=number, enqueue_after_commit=after_commit)

    ask(1)
    frappe.db.savepoint("outer")
    ask(2)
    with frappe.database.database.savepoint():
        ask(3)
    with frappe.database.database.savepoint():
        ask(4)
        raise ValueError
    frappe.db.savepoint("inner")
    ask(5)
    frappe.db.rollback(save_point="inner")
    ask(6)
    frappe.db.commit()
    while table.next_queued(["default"]):
        run_next(site)
    assert [what["number"] for _, what in seen] == [1, 2, 3, 6]


def test_a_rollback_to_an_outer_savepoint_takes_what_inner_ones_kept(site: TestBench) -> None:
    frappe.db.savepoint("outer")
    with frappe.database.database.savepoint():
        frappe.enqueue(f"{HERE}.note", number=1)
        frappe.publish_realtime("news", after_commit=True)
    frappe.db.rollback(save_point="outer")
    assert frappe.db.waiting("events") == []
    frappe.db.commit()
    assert table.next_queued(["default"]) is None


def test_many_jobs_are_written_in_one_statement(site: TestBench) -> None:
    for number in range(20):
        frappe.enqueue(f"{HERE}.note", number=number)
    before = frappe.db.statement_count
    frappe.db.commit()
    assert frappe.db.statement_count - before == 1
    assert table.counts() == {"default": {"queued": 20}}


def test_a_request_that_only_reads_keeps_its_jobs(site: TestBench) -> None:
    frappe.local.request = frappe._dict(method="GET")
    frappe.enqueue(f"{HERE}.note")
    frappe.db.rollback()
    frappe.local.request = None
    assert table.counts() == {"default": {"queued": 1}}


def test_draining_runs_jobs_as_the_user_who_asked_and_gives_their_results(site: TestBench) -> None:
    frappe.set_user("Guest")
    frappe.enqueue(f"{HERE}.note", ticket=1)
    frappe.set_user("Administrator")
    frappe.enqueue(note, ticket=2)
    assert drain() == [{"ticket": 1}, {"ticket": 2}]
    assert seen == [("Guest", {"ticket": 1}), ("Administrator", {"ticket": 2})]
    assert frappe.session.user == "Administrator"


def test_draining_runs_what_jobs_ask_for_and_stops_at_the_limit(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.ask_for_more", times=3)
    assert len(drain()) == 4
    frappe.enqueue(f"{HERE}.ask_for_more", times=50)
    with pytest.raises(RuntimeError, match="for ever"):
        drain(limit=10)


def test_now_runs_here_and_returns_the_result(site: TestBench) -> None:
    assert frappe.enqueue(f"{HERE}.note", now=True, ticket=3) == {"ticket": 3}


def test_a_job_after_commit_gives_no_handle(site: TestBench) -> None:
    assert frappe.enqueue(f"{HERE}.note", enqueue_after_commit=True) is None
    assert len(outbox.pending()) == 1


def test_an_unknown_queue_is_named(site: TestBench) -> None:
    with pytest.raises(frappe.ValidationError, match="express"):
        frappe.enqueue(f"{HERE}.note", queue="express")


def test_deduplication_needs_an_id_and_drops_what_waits_already(site: TestBench) -> None:
    with pytest.raises(frappe.ValidationError, match="job_id"):
        frappe.enqueue(f"{HERE}.note", deduplicate=True)
    assert frappe.enqueue(f"{HERE}.note", job_id="index", deduplicate=True)
    assert frappe.enqueue(f"{HERE}.note", job_id="index", deduplicate=True) is None
    frappe.db.commit()
    assert is_job_enqueued("index")
    assert frappe.enqueue(f"{HERE}.note", job_id="index", deduplicate=True) is None
    frappe.db.commit()
    assert table.counts() == {"default": {"queued": 1}}


def test_two_transactions_cannot_both_queue_a_deduplicated_job(site: TestBench) -> None:
    job = table.NewJob("default", "a.b", "j{}", "Administrator", "same", 300, deduplicate=True)
    table.insert([job])
    table.insert([job])
    assert table.counts() == {"default": {"queued": 1}}


def test_a_deduplicated_job_may_be_queued_again_when_it_has_ended(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.note", job_id="index", deduplicate=True)
    frappe.db.commit()
    assert run_next(site)
    assert get_job_status("index") == "finished"
    assert frappe.enqueue(f"{HERE}.note", job_id="index", deduplicate=True)
    frappe.db.commit()
    assert get_job_status("index") == "queued"


def test_jobs_at_the_front_come_first(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.note", order="second")
    frappe.enqueue(f"{HERE}.note", order="first", at_front=True)
    assert drain() == [{"order": "first"}, {"order": "second"}]


def test_a_failed_job_leaves_an_error_log_and_nothing_of_its_work(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.write_and_fail", job_id="bad")
    frappe.db.commit()
    assert not run_next(site)
    job = get_job("bad")
    assert job is not None
    assert job.status == "failed"
    assert "on purpose" in (job.exc_info or "")
    assert not frappe.db.exists("ToDo", {"description": "must not stay"})
    assert frappe.db.exists("Error Log", {"method": f"{HERE}.write_and_fail"})


def test_a_lost_race_is_tried_again_later_and_given_up_after_five_times(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.lose_the_race", job_id="race")
    frappe.db.commit()
    for attempt in range(1, 5):
        run_next(site)
        job = get_job("race")
        assert job is not None
        assert (job.status, job.attempts) == ("queued", attempt)
        assert table.next_queued(["default"]) is None
        frappe.db.sql("update `__jobs` set run_after = 0")
        frappe.db.commit()
    run_next(site)
    assert get_job_status("race") == "failed"


def test_an_on_failure_function_hears_of_the_error(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.write_and_fail", on_failure=hear)
    frappe.db.commit()
    run_next(site)
    assert seen == ["on purpose"]


def hear(job: Any, connection: Any, kind: Any, error: Exception, trace: Any) -> None:
    seen.append(str(error))


def test_an_unreadable_job_fails_and_does_not_stop_the_worker(site: TestBench) -> None:
    table.insert([table.NewJob("default", "a.b", "?broken", "Administrator", "x", 300)])
    frappe.db.commit()
    assert not run_next(site)
    assert table.counts() == {"default": {"failed": 1}}


def test_waiting_jobs_are_listed_by_method(site: TestBench) -> None:
    frappe.enqueue(f"{HERE}.note")
    frappe.db.commit()
    assert get_jobs() == {site.site: [f"{HERE}.note"]}


def test_a_method_of_a_document_runs_as_a_job(site: TestBench) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    frappe.enqueue_doc("ToDo", todo.name, "db_set", fieldname="priority", value="High")
    drain()
    assert frappe.db.get_value("ToDo", todo.name, "priority") == "High"


# -- workers that die -------------------------------------------------------------------------------------------------


def test_the_job_of_a_dead_worker_is_found_again_at_once(site: TestBench) -> None:
    identity = Identity(Path(site.sites_path, site.site, "locks"))
    frappe.enqueue(f"{HERE}.note")
    frappe.db.commit()
    claimed(identity.name)
    assert release_lost_jobs() == 0
    identity.close()
    assert release_lost_jobs() == 1
    assert table.counts() == {"default": {"queued": 1}}


def test_a_job_that_keeps_killing_its_worker_is_given_up(site: TestBench, monkeypatch: pytest.MonkeyPatch) -> None:
    frappe.enqueue(f"{HERE}.note", job_id="killer")
    frappe.db.commit()
    now, pauses = time.time(), []
    monkeypatch.setattr("frappe.jobs.table.time.time", lambda: now)
    for _ in range(table.MAX_LOSSES):
        claimed("elsewhere/1/dead")
        frappe.db.sql("update `__jobs` set lease_until = 0 where status = 'started'")
        assert release_lost_jobs() == 1
        pauses.append((table.next_moment(["default"]) or now) - now)
        frappe.db.sql("update `__jobs` set run_after = 0")
        frappe.db.commit()
    assert get_job_status("killer") == "failed"
    assert pauses == [pytest.approx(pause, abs=1) for pause in (0, 4, 8, 16, 0)]


def test_a_worker_of_another_machine_keeps_its_job_until_the_lease_ends(site: TestBench) -> None:
    assert is_alive("elsewhere/1/abc", Path(site.sites_path)) is None
    frappe.enqueue(f"{HERE}.note")
    frappe.db.commit()
    claimed("elsewhere/1/abc")
    assert release_lost_jobs() == 0


@pytest.mark.parametrize("jump", [3600.0, -3600.0])
def test_a_clock_that_is_set_loses_no_job(site: TestBench, monkeypatch: pytest.MonkeyPatch, jump: float) -> None:
    frappe.enqueue(f"{HERE}.note", job_id="held")
    frappe.db.commit()
    claimed("elsewhere/1/abc")
    table.insert([table.NewJob("default", f"{HERE}.note", "{}", "Administrator", "delayed", 300, delay=40)])
    frappe.db.commit()
    begin = time.time()
    set_clock(monkeypatch, begin + jump)
    release_lost_jobs()
    set_clock(monkeypatch, begin + jump + table.LEASE_SECONDS + 1)
    release_lost_jobs()
    frappe.db.commit()
    assert table.counts() == {"default": {"queued": 2}}
    assert table.next_moment(["default"]) == pytest.approx(begin + 40 + min(jump, 0), abs=5)


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr("frappe.jobs.table.time.time", lambda: moment)


def test_a_job_whose_end_could_not_be_written_is_queued_again(site: TestBench, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(*args: Any) -> bool:
        raise DatabaseAwayError("gone")

    workers = WorkerPool(site.site, site.sites_path)
    frappe.enqueue(f"{HERE}.note", number=1)
    frappe.db.commit()
    with monkeypatch.context() as patch, pytest.raises(DatabaseAwayError):
        patch.setattr(worker, "run_claimed", lose)
        workers.run_until_empty(["default"])
    site.connect()
    assert table.counts() == {"default": {"started": 1}}
    workers.recover()
    site.connect()
    assert table.counts() == {"default": {"queued": 1}}
    assert workers.run_until_empty(["default"]) == 1
    assert workers.stop()


@pytest.mark.parametrize("second", ["another process", "the same process"])
def test_a_job_is_claimed_once_even_by_two_threads_of_one_process(site: TestBench, second: str) -> None:
    frappe.enqueue(f"{HERE}.note")
    frappe.db.commit()
    found = table.next_queued(["default"])
    assert found is not None
    assert table.claim(found, "the same process") is not None
    assert table.claim(found, second) is None


def test_work_for_a_job_that_was_given_to_somebody_else_is_undone(site: TestBench) -> None:
    frappe.enqueue("frappe.client.insert", doc={"doctype": "ToDo", "description": "twice?"})
    frappe.db.commit()
    slow = claimed("me")
    frappe.db.sql("update `__jobs` set status = 'queued', worker = null")
    frappe.db.commit()
    quick = claimed("me")
    for job, is_done in ((slow, False), (quick, True)):
        assert run_claimed(job, site.site, site.sites_path) is is_done
        site.connect()
    assert frappe.db.count("ToDo", {"description": "twice?"}) == 1
    assert table.counts() == {"default": {"finished": 1}}


# -- threads ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def pool(site: TestBench) -> Iterator[WorkerPool]:
    workers = WorkerPool(site.site, site.sites_path)
    workers.start()
    yield workers
    assert workers.stop(timeout=10)


def until(look: Callable[[], bool]) -> None:
    """Wait until `look` is true; the workers write, we read."""
    pause = threading.Event()
    for _ in range(1000):
        frappe.db.rollback()  # a transaction sees the moment of its first look
        if look():
            return
        pause.wait(0.01)
    raise AssertionError("It did not happen.")


def test_workers_run_what_is_committed_and_each_job_once(site: TestBench, pool: WorkerPool) -> None:
    for number in range(60):
        frappe.enqueue(f"{HERE}.note", number=number)
    frappe.db.commit()
    until(lambda: table.counts().get("default", {}).get("finished") == 60)
    assert sorted(what["number"] for _, what in seen) == list(range(60))


@pytest.mark.slow
def test_a_job_that_runs_too_long_is_stopped(site: TestBench, pool: WorkerPool) -> None:
    frappe.enqueue(f"{HERE}.spin", timeout=1, job_id="spin")
    frappe.db.commit()
    until(lambda: get_job_status("spin") == "failed")
    assert "JobTimeout" in (get_job("spin").exc_info or "")  # type: ignore[union-attr]


def test_a_burst_runs_what_waits_and_ends(site: TestBench) -> None:
    for _ in range(3):
        frappe.enqueue(f"{HERE}.note")
    frappe.db.commit()
    workers = WorkerPool(site.site, site.sites_path)
    done = threading.Thread(target=lambda: seen.append(workers.run_until_empty(["default"])))
    done.start()
    done.join(timeout=20)
    assert workers.stop()
    assert seen[-1] == 3
