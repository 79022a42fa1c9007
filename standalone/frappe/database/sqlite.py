"""SQLite as a database engine: one file in WAL mode, many readers, one writer.

Reading outside a transaction sees the latest committed state. The first write opens the transaction with
`begin immediate`, so it never has to be upgraded from a snapshot; `for update` opens it too, which makes
"lock, look, change" as safe as row locks do elsewhere. Savepoints that nothing was written in cost nothing.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from frappe.database import errors, sqlite_schema
from frappe.database.driver import Result, Row, Values
from frappe.database.schema.model import Column, Index, Operation, quote
from frappe.database.sqlite_dialect import compile_statement
from frappe.database.sqlite_pool import pool_for
from frappe.database.statements import Kind, Statement, bind, show
from frappe.database.values import guess, to_column
from frappe.exceptions import (
    DatabaseAwayError,
    DataError,
    DiskFullError,
    InReadOnlyMode,
    QueryDeadlockError,
    QueryTimeoutError,
    TableMissingError,
)

T = TypeVar("T")

BUSY_TIMEOUT_MS = 30_000
ROOM_TO_WORK = 1024 * 1024
STREAM_ROWS = 500

LOST = "The database rolled the transaction back after an error: nothing was saved. Try again in a moment."


class TransactionLost(DatabaseAwayError, sqlite3.OperationalError):
    """SQLite has rolled the transaction back."""


class MissingTable(TableMissingError, sqlite3.OperationalError, sqlite3.ProgrammingError):
    """A table does not exist. SQLite calls that operational, other engines a mistake in the program: it is both."""


class BadSyntax(sqlite3.OperationalError, sqlite3.ProgrammingError):
    """A statement that is not SQL."""


class UnfitValue(DataError, sqlite3.DataError):
    """A value that no column can hold."""


class SQLiteDriver:
    """One connection to a SQLite file, opened on first use and shared by the threads that hold this object."""

    db_type = "sqlite"

    def __init__(self, path: str, busy_timeout_ms: int = BUSY_TIMEOUT_MS):
        self.path = path
        self.busy_timeout_ms = busy_timeout_ms
        self._connection: sqlite3.Connection | None = None
        self._mutex = threading.RLock()
        self._pool = pool_for(path)
        self._savepoints: list[str] = []
        self._sent_savepoints = 0
        self._writing = False
        self._reading_only = False
        self._lost = False
        self._turn = object()

    def __del__(self) -> None:
        self.close()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection itself, for what SQL cannot do, such as online backups."""
        if self._connection is None:
            self._connection = self._pool.take(self.busy_timeout_ms)
        return self._connection

    @property
    def in_transaction(self) -> bool:
        return self._writing

    # -- statements ---------------------------------------------------------------------------------------------------

    def prepare(self, query: str, formatted: bool) -> Statement:
        return compile_statement(query, formatted)

    def execute(self, statement: Statement, values: Values) -> Result:
        query, flat = bind(statement, values, to_column)
        with self._mutex:
            self._open_for(statement)
            return self._guarded(lambda: _result(self.connection.execute(query, flat), statement.guesses))

    def execute_many(self, statement: Statement, rows: Iterable[Sequence[Any]]) -> int:
        adapted = ([to_column(value) for value in row] for row in rows)
        with self._mutex:
            self._open_for(statement)
            return self._guarded(lambda: self.connection.executemany(statement.text, adapted).rowcount)

    def stream(self, statement: Statement, values: Values) -> tuple[tuple[str, ...], Iterator[Row]]:
        query, flat = bind(statement, values, to_column)
        with self._mutex:
            self._open_for(statement)
            cursor = self._guarded(lambda: self.connection.execute(query, flat))
        return _columns(cursor), self._in_chunks(cursor, statement.guesses)

    def _in_chunks(self, cursor: sqlite3.Cursor, guesses: tuple[int, ...]) -> Iterator[Row]:
        while True:
            with self._mutex:
                chunk = list(islice(cursor, STREAM_ROWS))
            if not chunk:
                return
            yield from _with_dates(chunk, guesses)

    def render(self, statement: Statement, values: Values) -> str:
        return show(statement, values, self._literal)

    def _literal(self, value: Any) -> str:
        value = to_column(value)
        return "null" if value is None else str(value) if isinstance(value, (int, float)) else self.escape(str(value))

    def escape(self, value: str) -> str:
        return "'" + value.replace("'", "''").replace("\0", "") + "'"

    def _open_for(self, statement: Statement) -> None:
        if statement.kind is Kind.READ and not statement.locks:
            return
        if self._reading_only:
            if statement.locks and statement.kind is Kind.READ:
                return
            raise InReadOnlyMode("This request may only read, but something tried to change the database.")
        self._begin_writing()

    def _guarded(self, action: Callable[[], T]) -> T:
        """Run `action`; translate what callers treat specially, and notice when SQLite gave the transaction up."""
        try:
            return action()
        except UnicodeEncodeError as error:
            raise UnfitValue(
                f"The text is not valid Unicode near {error.object[error.start : error.start + 5]!r}."
            ) from error
        except OverflowError as error:
            raise UnfitValue("The number is too large for the database.") from error
        except sqlite3.OperationalError as error:
            self._raise_trouble(error)
            raise
        finally:
            if self._writing and not self.connection.in_transaction:
                self._abandon()

    def _raise_trouble(self, error: sqlite3.OperationalError) -> None:
        code = self.error_code(error)
        if code == errors.DEADLOCK:
            raise QueryDeadlockError("Somebody else is changing the database; try again.") from error
        if code == errors.STATEMENT_TIMEOUT:
            raise QueryTimeoutError("The query took too long and was stopped.") from error
        if code == errors.FULL:
            raise DiskFullError(errors.DISK_IS_FULL) from error
        if code == errors.TABLE_MISSING:
            raise MissingTable(*error.args) from error
        if code == errors.SYNTAX:
            raise BadSyntax(*error.args) from error

    # -- transaction --------------------------------------------------------------------------------------------------

    def begin(self, read_only: bool = False) -> None:
        """Prepare a transaction; the lock is taken by the first write. A read-only one sees a single moment."""
        with self._mutex:
            self._end()
            if read_only:
                self.connection.execute("begin deferred")
                self._reading_only = True

    def _begin_writing(self) -> None:
        if self._lost:
            raise TransactionLost(LOST)
        if self._writing:
            self._send_savepoints()
            return
        if not self._pool.writers.acquire(self._turn, self.busy_timeout_ms / 1000):
            raise QueryDeadlockError("Somebody else has been changing the database for too long; try again.")
        try:
            self.connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            self._pool.writers.release(self._turn)
            self._raise_trouble(error)
            raise
        self._writing = True
        self._send_savepoints()

    def _send_savepoints(self) -> None:
        for name in self._savepoints[self._sent_savepoints :]:
            self.connection.execute(f"savepoint {quote(name)}")
        self._sent_savepoints = len(self._savepoints)

    def commit(self) -> None:
        with self._mutex:
            if self._lost:
                raise TransactionLost(LOST)
            self._end("commit")

    def rollback(self) -> None:
        with self._mutex:
            self._end("rollback")

    def _end(self, verb: str = "rollback") -> None:
        self._lost = False
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.execute(verb)
        except sqlite3.OperationalError as error:
            self._raise_trouble(error)
            raise
        finally:
            if self._connection is None or not self._connection.in_transaction:
                self._forget_transaction()

    def _forget_transaction(self) -> None:
        self._savepoints.clear()
        self._sent_savepoints = 0
        self._writing = self._reading_only = False
        self._pool.writers.release(self._turn)

    def _abandon(self) -> None:
        """SQLite rolled the whole transaction back (disk full, I/O error): let nothing be built upon half of it."""
        self._forget_transaction()
        self._lost = True

    def savepoint(self, name: str) -> None:
        with self._mutex:
            quote(name)
            self._savepoints.append(name)
            if self._writing:
                self._send_savepoints()

    def release_savepoint(self, name: str) -> None:
        with self._mutex:
            position = self._position(name)
            if position < self._sent_savepoints:
                self.connection.execute(f"release {quote(name)}")
            self._cut_savepoints(position)

    def rollback_to(self, name: str) -> None:
        with self._mutex:
            position = self._position(name)
            if position < self._sent_savepoints:
                self.connection.execute(f"rollback to {quote(name)}")
            self._cut_savepoints(position + 1)

    def _position(self, name: str) -> int:
        if self._lost:
            raise TransactionLost(LOST)
        for position in range(len(self._savepoints) - 1, -1, -1):
            if self._savepoints[position] == name:
                return position
        raise sqlite3.OperationalError(f"no such savepoint: {name}")

    def _cut_savepoints(self, length: int) -> None:
        del self._savepoints[length:]
        self._sent_savepoints = min(self._sent_savepoints, length)

    def close(self) -> None:
        with self._mutex:
            connection, self._connection = self._connection, None
            try:
                if connection is not None and connection.in_transaction:
                    connection.execute("rollback")
            finally:
                self._forget_transaction()
                if connection is not None:
                    self._pool.give_back(connection)

    # -- schema -------------------------------------------------------------------------------------------------------

    def tables(self) -> list[str]:
        return [row[0] for row in self._rows(sqlite_schema.TABLES)]

    def columns(self, table: str) -> list[Column]:
        rows = self._rows(f"pragma table_info({quote(table)})")
        return sqlite_schema.columns(rows, self._table_sql(table))

    def indexes(self, table: str) -> list[Index]:
        found = []
        for _, name, unique, origin, *_rest in self._rows(f"pragma index_list({quote(table)})"):
            if origin == "c":
                columns = tuple(row[2] for row in self._rows(f"pragma index_info({quote(name)})"))
                found.append(Index(name, columns, bool(unique)))
        return found

    def _table_sql(self, table: str) -> str:
        rows = self._rows("select sql from sqlite_master where type = 'table' and name = ? collate nocase", [table])
        return rows[0][0] if rows else ""

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._mutex:
            return self.connection.execute(query, values).fetchall()

    def column_type(self, abstract: str) -> str:
        return sqlite_schema.column_type(abstract)

    def ddl(self, operation: Operation) -> list[str]:
        return sqlite_schema.render(operation)

    # -- sequences ----------------------------------------------------------------------------------------------------

    def create_sequence(self, name: str, start: int) -> None:
        self._write("create table if not exists `__sequences` (`name` text primary key, `next_value` integer not null)")
        self._write("insert or ignore into `__sequences` values (?, ?)", [name, start])

    def next_value(self, name: str) -> int:
        rows = self._write(
            "update `__sequences` set `next_value` = `next_value` + 1 where `name` = ? returning `next_value` - 1",
            [name],
        )
        if not rows:
            raise sqlite3.OperationalError(f"no such table: sequence {name}")
        return int(rows[0][0])

    def set_next_value(self, name: str, value: int) -> None:
        self._write("update `__sequences` set `next_value` = ? where `name` = ?", [value, name])

    def _write(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._mutex:
            if self._reading_only:
                raise InReadOnlyMode("This request may only read, but it needs the next number of a sequence.")
            self._begin_writing()
            return self._guarded(lambda: self.connection.execute(query, values).fetchall())

    # -- errors -------------------------------------------------------------------------------------------------------

    def error_code(self, error: BaseException) -> str:
        if isinstance(error, QueryDeadlockError):
            return errors.DEADLOCK
        if isinstance(error, QueryTimeoutError):
            return errors.TIMEOUT
        if not isinstance(error, sqlite3.Error):
            return ""
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith(_WITHOUT_ROOM) and self._is_disk_full():
            return errors.FULL
        named = _BY_NAME.get(name)
        if named:
            return named
        text = str(error).lower()
        return next((code for fragment, code in _BY_TEXT if fragment in text), "")

    def _is_disk_full(self) -> bool:
        return shutil.disk_usage(os.path.dirname(os.path.abspath(self.path))).free < ROOM_TO_WORK


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description) if cursor.description else ()


def _result(cursor: sqlite3.Cursor, guesses: tuple[int, ...]) -> Result:
    columns = _columns(cursor)
    return Result(columns, _with_dates(cursor.fetchall(), guesses) if columns else [], cursor.rowcount)


def _with_dates(rows: list[Row], guesses: tuple[int, ...]) -> list[Row]:
    if not guesses or not rows:
        return rows
    positions = {position % len(rows[0]) for position in guesses}
    return [tuple(guess(value) if at in positions else value for at, value in enumerate(row)) for row in rows]


_WITHOUT_ROOM = ("SQLITE_IOERR", "SQLITE_CANTOPEN")
"""How SQLite names a full disk when its log, the index of its log or its journal find no room, not the database."""

_BY_NAME = {
    "SQLITE_CONSTRAINT_PRIMARYKEY": errors.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_ROWID": errors.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_UNIQUE": errors.UNIQUE,
    "SQLITE_BUSY": errors.DEADLOCK,
    "SQLITE_BUSY_SNAPSHOT": errors.DEADLOCK,
    "SQLITE_BUSY_RECOVERY": errors.DEADLOCK,
    "SQLITE_LOCKED": errors.DEADLOCK,
    "SQLITE_INTERRUPT": errors.STATEMENT_TIMEOUT,
    "SQLITE_TOOBIG": errors.TOO_LONG,
    "SQLITE_FULL": errors.FULL,
    "SQLITE_AUTH": errors.ACCESS_DENIED,
    "SQLITE_CANTOPEN": errors.ACCESS_DENIED,
    "SQLITE_READONLY": errors.READ_ONLY,
    "SQLITE_MISUSE": errors.INTERFACE,
}

_BY_TEXT = (
    ("no such table", errors.TABLE_MISSING),
    ("no such column", errors.COLUMN_MISSING),
    ("has no column named", errors.COLUMN_MISSING),
    ("no such index", errors.CANNOT_DROP),
    ("duplicate column name", errors.DUPLICATE_FIELD),
    ("syntax error", errors.SYNTAX),
    ("database is locked", errors.DEADLOCK),
    ("closed database", errors.INTERFACE),
)
