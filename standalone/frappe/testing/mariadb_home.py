"""The database of a throw-away site on a MariaDB server, put back table by table.

A second database holds the tables as they were. InnoDB counts the rows that each table has had changed, by whichever
process and whether or not it was committed; the tables whose count or shape differs from what was noted are filled
again from the copy. A table's statistics would set its count back when they are renewed, so that is switched off.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from frappe.config import SITE_CONFIG, read_json, write_json
from frappe.database.mariadb import dump
from frappe.database.mariadb.driver import close_idle, connect
from frappe.database.schema.model import quote
from frappe.testing.services import Services

DUMP = "database.sql"
PREFIX = "frappe_test"
_CHANGES = "select table_id, modified_counter, autoinc from information_schema.innodb_sys_tablestats where name like %s"
_TABLES = """
    select table_id, convert(cast(substring_index(name, '/', -1) as binary) using filename), n_cols
    from information_schema.innodb_sys_tables where name like %s
"""
_INDEXES = "select table_id, count(*) from information_schema.innodb_sys_indexes group by table_id"

Run = Callable[..., Any]


class TableState(NamedTuple):
    """What tells whether a table has changed: its identity and shape, and how many changes it has had."""

    id: int
    changes: int
    next_number: int
    columns: int
    indexes: int

    def has_shape_of(self, other: TableState | None) -> bool:
        return other is not None and (self.id, self.columns, self.indexes) == (other.id, other.columns, other.indexes)


class MariaDBHome:
    """A database of its own, and another one that remembers."""

    def __init__(self, services: Services, site: Path, name: str):
        self._services, self._site = services, site
        self.name = f"{_own_prefix()}_{os.getpid()}_{name}"
        self._copy = f"{self.name}__"
        self._noted: dict[str, TableState] = {}
        self._sequences: dict[str, int] = {}

    def plan(self) -> dict[str, Any]:
        return {
            "db_type": "mariadb",
            "db_name": self.name,
            "db_password": "secret",
            "db_host": self._services.db_host,
            "db_port": self._services.db_port,
            "db_root_username": self._services.db_root_user,
            "db_root_password": self._services.db_root_password,
        }

    # -- templates ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        with (self._site / DUMP).open("w", encoding="utf-8") as file:
            dump.write(self._services.root(self.name), file.write)

    def fill(self) -> None:
        config = read_json(self._site / SITE_CONFIG)
        write_json(self._site / SITE_CONFIG, {**config, "db_name": self.name, "db_user": self.name})
        run = _as_root(self._services)
        run(f"drop database if exists {quote(self.name)}")
        run(f"create database {quote(self.name)} character set utf8mb4 collate utf8mb4_unicode_ci")
        for host in ("localhost", "127.0.0.1"):
            who = f"{quote(self.name)}@'{host}'"
            run(f"create or replace user {who} identified by 'secret'")
            run(f"grant all privileges on {quote(self.name)}.* to {who}")
        with (self._site / DUMP).open(encoding="utf-8") as file:
            dump.read(self._services.root(self.name), file)

    # -- remembering --------------------------------------------------------------------------------------------------

    def keep(self) -> None:
        close_idle()
        run = _as_root(self._services)
        run(f"drop database if exists {quote(self._copy)}")
        run(f"create database {quote(self._copy)} character set utf8mb4 collate utf8mb4_unicode_ci")
        for table in self._tables(run, self.name):
            run(f"alter table {self._of(table)} stats_auto_recalc = 0")
            run(f"create table {self._of(table, self._copy)} like {self._of(table)}")
            run(f"insert into {self._of(table, self._copy)} select * from {self._of(table)}")
        self._sequences = dict(self._read_sequences(run))
        self._noted = self._state(run)

    def is_touched(self) -> bool:
        run = _as_root(self._services)
        return self._state(run) != self._noted or dict(self._read_sequences(run)) != self._sequences

    def put_back(self) -> None:
        close_idle()
        run = _as_root(self._services)
        now = self._state(run)
        reshaped = {name for name in now if not now[name].has_shape_of(self._noted.get(name))}
        self._make_again(run, reshaped | (set(self._noted) - set(now)))
        self._fill_again(run, [name for name in now if name not in reshaped and now[name] != self._noted[name]])
        self._reset_sequences(run)
        self._noted = self._state(run)

    def _make_again(self, run: Run, tables: Iterable[str]) -> None:
        known = set(self._tables(run, self._copy))
        for table in sorted(tables):
            run(f"drop table if exists {self._of(table)}")
            if table in known:
                run(f"create table {self._of(table)} like {self._of(table, self._copy)}")
                run(f"insert into {self._of(table)} select * from {self._of(table, self._copy)}")

    def _fill_again(self, run: Run, tables: Iterable[str]) -> None:
        numbered = []
        run("start transaction")
        try:
            for table in tables:
                run(f"delete from {self._of(table)}")
                run(f"insert into {self._of(table)} select * from {self._of(table, self._copy)}")
                if self._noted[table].next_number:
                    numbered.append(table)
        finally:
            run("commit")
        for table in numbered:
            run(f"alter table {self._of(table)} auto_increment = {self._noted[table].next_number}")

    def _reset_sequences(self, run: Run) -> None:
        for name, following in self._read_sequences(run):
            if name not in self._sequences:
                run(f"drop sequence {self._of(name)}")
            elif following != self._sequences[name]:
                run(f"alter sequence {self._of(name)} restart {self._sequences[name]}")

    def remove(self) -> None:
        close_idle()
        self._services.forget_keys(self.name)
        run = _as_root(self._services)
        _drop(run, self.name)

    # -- the server ---------------------------------------------------------------------------------------------------

    def _of(self, table: str, database: str = "") -> str:
        return f"{quote(database or self.name)}.{quote(table)}"

    def _tables(self, run: Run, database: str) -> list[str]:
        kind = "select table_name from information_schema.tables where table_schema = %s and table_type = 'BASE TABLE'"
        return [row[0] for row in run(kind, (database,))]

    def _state(self, run: Run) -> dict[str, TableState]:
        own = (self.name.replace("_", r"\_") + "/%",)
        indexes, changes = dict(run(_INDEXES)), {id: rest for id, *rest in run(_CHANGES, own)}
        named = {
            str(name): TableState(id, int(changes[id][0]), int(changes[id][1]), columns, indexes.get(id, 0))
            for id, name, columns in run(_TABLES, own)
            if id in changes
        }
        sequences = {name for name, _ in self._read_sequences(run)}
        return {name: state for name, state in named.items() if name not in sequences and not name.startswith("FTS_")}

    def _read_sequences(self, run: Run) -> list[tuple[str, int]]:
        kind = "select table_name from information_schema.tables where table_schema = %s and table_type = 'SEQUENCE'"
        names = [row[0] for row in run(kind, (self.name,))]
        return [(name, int(run(f"select next_not_cached_value from {self._of(name)}")[0][0])) for name in names]


@lru_cache
def _as_root(services: Services) -> Run:
    """Return what runs a statement as root and returns its rows; one connection serves the whole test run."""
    connection = connect(services.root())
    connection.autocommit(True)

    def run(query: str, values: tuple[Any, ...] | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()

    run("set foreign_key_checks = 0, unique_checks = 0, lock_wait_timeout = 20, innodb_lock_wait_timeout = 20")
    run("set sql_mode = 'NO_AUTO_VALUE_ON_ZERO'")
    return run


def _drop(run: Run, name: str) -> None:
    for database in (name, f"{name}__"):
        run(f"drop database if exists {quote(database)}")
    for host in ("localhost", "127.0.0.1"):
        run(f"drop user if exists {quote(name)}@'{host}'")


def _own_prefix() -> str:
    """Return what the databases of this checkout begin with, so that another one's are never taken for ours."""
    place = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:6]
    return f"{PREFIX}_{place}"


def remove_left_over(services: Services) -> None:
    """Remove the databases of test runs of this checkout that were killed."""
    run = _as_root(services)
    for (name,) in run("show databases"):
        match = re.fullmatch(rf"({_own_prefix()}_(\d+)_.*?)(__)?", name)
        if match and not _is_running(int(match[2])):
            _drop(run, match[1])
            services.forget_keys(match[1])


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
