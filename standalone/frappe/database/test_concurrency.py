"""Many at once on one database: nothing is lost, nobody waits for ever, what was acknowledged stays."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import frappe
from frappe.context import current_state
from frappe.database import errors, get_db
from frappe.database.schema.model import Column, CreateTable, Table
from frappe.database.sqlite import SQLiteDriver
from frappe.database.sqlite_database import SQLiteDatabase
from frappe.database.sqlite_pool import WriteQueue
from frappe.exceptions import DatabaseAwayError, QueryDeadlockError

pytestmark = pytest.mark.slow

WRITERS, ROUNDS = 20, 15

COUNTER = Table(
    "tabCounter", (Column("name", "varchar(140)", False, primary=True), Column("value", "int(11)", False, "0"))
)


def in_threads(number: int, work: Callable[[int], None]) -> list[BaseException]:
    """Run `work` in threads with a connection each; return what they raised."""
    state, failures = current_state(), []
    start = threading.Barrier(number)

    def run(index: int) -> None:
        frappe.init("bare", state.sites_path)
        frappe.flags.in_install_db = True
        frappe.connect()
        try:
            start.wait()
            work(index)
        except BaseException as error:
            failures.append(error)
        finally:
            frappe.destroy()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return failures


@pytest.fixture
def counter(db: Any) -> Any:
    db.apply([CreateTable(COUNTER)])
    db.bulk_insert("Counter", ["name", "value"], [("shared", 0)])
    db.commit()
    return db


def test_twenty_writers_lose_nothing_and_never_deadlock(counter: Any) -> None:
    def work(index: int) -> None:
        for round_ in range(ROUNDS):
            value = frappe.db.get_value("Counter", "shared", "value", for_update=True)
            frappe.db.set_value("Counter", "shared", "value", value + 1, update_modified=False)
            frappe.db.bulk_insert("Counter", ["name", "value"], [(f"{index}-{round_}", 1)])
            frappe.db.commit()

    assert in_threads(WRITERS, work) == []
    assert counter.get_value("Counter", "shared", "value") == WRITERS * ROUNDS
    assert counter.count("Counter", {"name": ("!=", "shared")}) == WRITERS * ROUNDS


def test_a_reader_that_begins_to_write_never_meets_a_stale_snapshot(counter: Any) -> None:
    def work(index: int) -> None:
        for _ in range(ROUNDS):
            frappe.db.get_value("Counter", "shared", "value")
            frappe.db.sql("update tabCounter set value = value + 1 where name = 'shared'")
            frappe.db.commit()

    assert in_threads(8, work) == []
    counter.rollback()
    assert counter.get_value("Counter", "shared", "value") == 8 * ROUNDS


def test_sequences_give_every_number_once(counter: Any) -> None:
    counter.create_sequence("Counter")
    counter.commit()
    drawn: list[int] = []

    def work(index: int) -> None:
        for _ in range(ROUNDS):
            drawn.append(frappe.db.get_next_sequence_val("Counter"))
            frappe.db.commit()

    assert in_threads(6, work) == []
    assert sorted(drawn) == list(range(1, 6 * ROUNDS + 1))


def test_threads_may_share_one_connection(counter: Any) -> None:
    database = current_state().db
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(50):
                database.sql("select value from tabCounter where name = %s", ("shared",))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []


# -- SQLite alone -----------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = str(tmp_path / "some.db")
    database = SQLiteDatabase(path)
    database.sql("create table `tabCounter` (name text primary key, value integer)")
    database.commit()
    database.close()
    return path


def test_two_writers_in_one_thread_fail_at_once_instead_of_waiting(file: str) -> None:
    first, second = SQLiteDatabase(file), SQLiteDatabase(file)
    first.sql("insert into `tabCounter` values ('a', 1)")
    with pytest.raises(QueryDeadlockError) as caught:
        second.sql("insert into `tabCounter` values ('b', 1)")
    assert second.is_deadlocked(caught.value)
    first.commit()
    second.sql("insert into `tabCounter` values ('b', 1)")
    second.commit()
    first.close()
    second.close()


def test_a_lock_held_by_another_process_ends_in_a_deadlock_error(file: str) -> None:
    foreign = sqlite3.connect(file, isolation_level=None)
    foreign.execute("begin immediate")
    database = SQLiteDatabase(file, busy_timeout_ms=20)
    with pytest.raises(QueryDeadlockError):
        database.sql("insert into `tabCounter` values ('a', 1)")
    assert database.sql("select count(*) from `tabCounter`") == ((0,),)
    foreign.execute("rollback")
    foreign.close()
    database.sql("insert into `tabCounter` values ('a', 1)")
    database.commit()
    database.close()


def test_a_dropped_database_lets_go_of_the_turn_to_write(file: str) -> None:
    database = SQLiteDatabase(file)
    database.sql("insert into `tabCounter` values ('a', 1)")
    del database
    other = SQLiteDatabase(file)
    other.sql("insert into `tabCounter` values ('a', 2)")
    other.commit()
    other.close()


@pytest.mark.parametrize(("free", "code"), [(0, errors.FULL), (10**9, "")])
def test_a_log_that_finds_no_room_is_a_full_disk(
    file: str, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=free))
    trouble = sqlite3.OperationalError("disk I/O error")
    trouble.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    assert SQLiteDriver(file).error_code(trouble) == code


def test_a_closed_database_rolls_back(file: str) -> None:
    database = SQLiteDatabase(file)
    database.sql("insert into `tabCounter` values ('a', 1)")
    database.close()
    assert database.sql("select count(*) from `tabCounter`") == ((0,),)
    database.close()


def test_a_transaction_that_sqlite_gave_up_cannot_be_committed(file: str) -> None:
    driver = SQLiteDriver(file)
    driver.execute(driver.prepare("insert into `tabCounter` values ('a', 1)", False), ())
    driver.execute(driver.prepare("create unique index x on `tabCounter` (value)", False), ())
    with pytest.raises(sqlite3.IntegrityError):
        driver.execute(driver.prepare("insert or rollback into `tabCounter` values ('b', 1)", False), ())
    with pytest.raises(sqlite3.OperationalError, match="rolled the transaction back"):
        driver.execute(driver.prepare("insert into `tabCounter` values ('c', 3)", False), ())
    with pytest.raises(DatabaseAwayError):
        driver.rollback_to("gone with it")
    with pytest.raises(sqlite3.OperationalError, match="rolled the transaction back"):
        driver.commit()
    driver.rollback()
    driver.execute(driver.prepare("insert into `tabCounter` values ('d', 4)", False), ())
    driver.commit()
    assert driver.execute(driver.prepare("select name from `tabCounter`", False), ()).rows == [("d",)]
    driver.close()


def test_the_queue_serves_in_the_order_of_arrival() -> None:
    queue = WriteQueue()
    served: list[int] = []
    owners = [object() for _ in range(4)]
    assert queue.acquire(owners[0], 1)
    arrived = threading.Semaphore(0)

    def wait_for_turn(index: int) -> None:
        arrived.release()
        assert queue.acquire(owners[index], 10)
        served.append(index)
        queue.release(owners[index])

    threads = []
    for index in (1, 2, 3):
        threads.append(threading.Thread(target=wait_for_turn, args=(index,)))
        threads[-1].start()
        arrived.acquire()
        while len(queue._waiting) < index:
            threading.Event().wait(0.001)
    queue.release(owners[0])
    for thread in threads:
        thread.join(10)
    assert served == [1, 2, 3]


def test_a_turn_that_does_not_come_is_given_up() -> None:
    queue = WriteQueue()
    holder = threading.Thread(target=lambda: queue.acquire("holder", 1))
    holder.start()
    holder.join()
    assert not queue.acquire("waiter", 0.01)
    queue.release("holder")
    assert queue.acquire("waiter", 0.01)


WRITER = """
import sys
from frappe.database.sqlite_database import SQLiteDatabase
database = SQLiteDatabase(sys.argv[1])
for number in range(100_000):
    database.sql("insert into `tabCounter` values (%s, %s)", (f"n{number}", number))
    database.commit()
    print(number, flush=True)
"""


def test_what_was_acknowledged_survives_the_death_of_the_process(file: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(frappe.__file__).parents[1])}
    process = subprocess.Popen([sys.executable, "-c", WRITER, file], stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    acknowledged = -1
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged == 50:
            process.send_signal(signal.SIGKILL)
            break
    acknowledged = max([acknowledged, *(int(line) for line in process.stdout)])
    process.wait(10)
    process.stdout.close()
    database = SQLiteDatabase(file)
    assert (
        database.sql("select count(*) from `tabCounter` where value <= %s", (acknowledged,))[0][0] == acknowledged + 1
    )
    assert database.sql("pragma integrity_check") == (("ok",),)
    database.close()


def test_get_db_names_an_unknown_kind_of_database(sqlite_db: Any) -> None:
    frappe.conf.db_type = "oracle"
    with pytest.raises(frappe.ImproperDBConfigurationError, match="oracle"):
        get_db()


def test_full_text_search_works_through_raw_sql(sqlite_db: Any) -> None:
    sqlite_db.sql_ddl('create virtual table notes using fts5(title, body, tokenize = "porter unicode61")')
    sqlite_db.sql("insert into notes (title, body) values (%s, %s)", ("Printer", "The printers are burning"))
    query = (
        "select title, snippet(notes, 1, '<b>', '</b>', '…', 5) from notes where notes match %s order by bm25(notes)"
    )
    assert sqlite_db.sql(query, ('"printer"',)) == (("Printer", "The <b>printers</b> are burning"),)
