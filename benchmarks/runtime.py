"""What the runtime itself costs, without a server between: documents and lists, each beside bare driver calls.

The floor does by hand what must be done at the least: the same rows through `sqlite3`, in a database set up like the
site's, one transaction for each write. `--profile NAME` shows instead where the time of one figure goes.
"""

from __future__ import annotations

import argparse
import cProfile
import itertools
import pstats
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frappe
from frappe.app import get_test_client
from frappe.database import database_path
from frappe.testing.sites import PASSWORD, TestBench

from benchmarks.figures import Figure, median_seconds

Work = Callable[[], Any]
TIMES = 300
ROWS = 1_000


@dataclass(frozen=True)
class Measured:
    """An operation, and the least that a driver must do for it."""

    ours: Work
    floor: Work


class Driver:
    """Bare sqlite3 on a copy of the site's tables."""

    def __init__(self, source: Path, folder: Path):
        self.connection = sqlite3.connect(folder / "floor.db", isolation_level=None)
        with sqlite3.connect(source) as original:
            original.backup(self.connection)
        self.connection.execute("pragma journal_mode=wal")
        self.connection.execute("pragma synchronous=normal")
        row = self.connection.execute('select * from "tabToDo" limit 1')
        self.columns = [column[0] for column in row.description]
        self.values = list(row.fetchone())
        self.numbers = itertools.count()

    def insert(self) -> None:
        marks = ", ".join("?" * len(self.columns))
        values = [f"bare-{next(self.numbers)}", *self.values[1:]]
        self.write(f'insert into "tabToDo" ({", ".join(self.columns)}) values ({marks})', values)

    def save(self) -> None:
        self.connection.execute("begin immediate")
        self.connection.execute('select modified from "tabToDo" where name = ?', [self.values[0]]).fetchone()
        assigned = ", ".join(f"{column} = ?" for column in self.columns[1:])
        self.connection.execute(f'update "tabToDo" set {assigned} where name = ?', [*self.values[1:], self.values[0]])
        self.connection.execute("commit")

    def read(self) -> None:
        self.connection.execute('select * from "tabToDo" where name = ?', [self.values[0]]).fetchone()

    def read_list(self) -> None:
        self.connection.execute(
            'select name, status, priority from "tabToDo" order by creation desc limit 20'
        ).fetchall()

    def write(self, statement: str, values: list[Any]) -> None:
        self.connection.execute("begin immediate")
        self.connection.execute(statement, values)
        self.connection.execute("commit")


def insert() -> Any:
    doc = frappe.get_doc({"doctype": "ToDo", "description": "Measured", "priority": "High"}).insert()
    frappe.db.commit()
    return doc


def operations(driver: Driver) -> dict[str, Measured]:
    """Return what is measured, by name."""
    doc = insert()
    numbers = itertools.count()
    client = get_test_client()
    client.post("/api/method/login", json={"usr": "Administrator", "pwd": PASSWORD})

    def save() -> None:
        doc.description = f"Measured {next(numbers)}"
        doc.save()
        frappe.db.commit()

    def rest_insert() -> None:
        answer = client.post("/api/resource/ToDo", json={"description": "Measured", "priority": "High"})
        assert answer.status_code == 200, answer.text

    def get_list() -> None:
        frappe.get_list("ToDo", fields=["name", "status", "priority"], order_by="creation desc", limit=20)

    return {
        "insert": Measured(insert, driver.insert),
        "save": Measured(save, driver.save),
        "get_doc": Measured(lambda: frappe.get_doc("ToDo", doc.name), driver.read),
        "get_value": Measured(lambda: frappe.db.get_value("ToDo", doc.name, "status"), driver.read),
        "get_list, 20 rows": Measured(get_list, driver.read_list),
        "REST read": Measured(lambda: client.get(f"/api/resource/ToDo/{doc.name}"), driver.read),
        "REST insert": Measured(rest_insert, driver.insert),
    }


def figures(work: dict[str, Measured], times: int) -> list[Figure]:
    return [
        Figure(name, median_seconds(one.ours, times), median_seconds(one.floor, times), compared_with="bare sqlite3")
        for name, one in work.items()
    ]


def profile(work: Measured, times: int) -> None:
    """Print the functions that take the most time themselves."""
    work.ours()
    with cProfile.Profile() as profiler:
        for _ in range(times):
            work.ours()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


def measure(times: int = TIMES, profiled: str | None = None) -> list[Figure]:
    """Measure on a site of its own, with a thousand rows in it."""
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-runtime-bench-"))
    bench = TestBench(folder / "bench", ("frappe",))
    bench.make()
    bench.connect()
    try:
        for _ in range(min(ROWS, times * 5)):
            insert()
        work = operations(Driver(Path(database_path(frappe.conf.db_name)), folder))
        if profiled:
            profile(work[profiled], times)
            return []
        return figures(work, times)
    finally:
        bench.disconnect()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", metavar="NAME")
    options = parser.parse_args()
    for figure in measure(profiled=options.profile):
        print(figure.row())


if __name__ == "__main__":
    main()
