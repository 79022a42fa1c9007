"""MariaDB as a database engine, through PyMySQL.

Values are written into the statement by the same binder that serves SQLite, so both engines read a statement alike:
lists expand, `%%` means `%`, and what looks like a placeholder inside a string is left alone.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, NamedTuple, TypeVar

import pymysql
from pymysql.constants import CR, ER, FIELD_TYPE
from pymysql.converters import conversions, escape_string
from pymysql.cursors import SSCursor

from frappe.database import errors
from frappe.database.driver import Result, Row, Values
from frappe.database.mariadb import schema
from frappe.database.schema.model import Column, Index, Operation, quote
from frappe.database.statements import Kind, Statement, build, check_values, kind_of, parse, show
from frappe.database.values import to_column
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

LARGEST_INT = 2**63 - 1
STREAM_ROWS = 500
ROWS_PER_INSERT = 1_000
IDLE_CONNECTIONS = 16
PING_AFTER_SECONDS = 5.0

_CONVERSIONS = {**conversions, FIELD_TYPE.NEWDECIMAL: float, FIELD_TYPE.DECIMAL: float}


class MissingTable(TableMissingError, pymysql.ProgrammingError):
    """A table does not exist."""


class UnfitValue(DataError, pymysql.DataError):
    """A value that no column can hold."""


class ServerAway(DatabaseAwayError, pymysql.OperationalError):
    """The server does not answer, or has closed the connection."""


class Address(NamedTuple):
    """Where a database is and who asks for it."""

    host: str | None
    port: int
    socket: str | None
    user: str
    password: str | None
    name: str | None


@lru_cache(maxsize=4096)
def compile_statement(query: str, formatted: bool) -> Statement:
    """Find the placeholders and the kind of a statement; MariaDB needs no other rewriting."""
    tokens = parse(query, formatted, backslashes=True)
    while tokens and tokens[-1].is_operator(";"):
        tokens = tokens[:-1]
    locks = any(a.is_word("for") and b.is_word("update") for a, b in pairwise(tokens))
    return build(tokens, kind_of(tokens), locks)


class MariaDBDriver:
    """One connection to a MariaDB server, opened on first use.

    When it is lost, the next transaction opens another. One that has begun must be rolled back first, so that its
    second half is never kept without the first.
    """

    db_type = "mariadb"

    def __init__(self, address: Address):
        self.address = address
        self._connection: pymysql.Connection[Any] | None = None
        self._mutex = threading.RLock()
        self._writing = False
        self._reading_only = False
        self._has_begun = False
        self._lost = False

    @property
    def connection(self) -> pymysql.Connection[Any]:
        if self._connection is None:
            self._connection = _pool.take(self.address)
        return self._connection

    @property
    def in_transaction(self) -> bool:
        return self._writing

    # -- statements ---------------------------------------------------------------------------------------------------

    def prepare(self, query: str, formatted: bool) -> Statement:
        return compile_statement(query, formatted)

    def execute(self, statement: Statement, values: Values) -> Result:
        query = self.render(statement, values)
        with self._mutex:
            self._note(statement)
            return self._guarded(lambda: self._fetch(query))

    def _fetch(self, query: str) -> Result:
        if self._lost:
            raise ServerAway(errors.IS_AWAY)
        try:
            result = self._ask(query)
        except pymysql.MySQLError as error:
            if self.error_code(error) != errors.AWAY:
                raise
            self._drop()
            if self._has_begun:
                self._lost = True
                raise
            result = self._ask(query)
        self._has_begun = True
        return result

    def _ask(self, query: str) -> Result:
        with self.connection.cursor() as cursor:
            changed = cursor.execute(query)
            columns = _columns(cursor)
            return Result(columns, list(cursor.fetchall()) if columns else [], changed)

    def _drop(self) -> None:
        """Forget a connection that the server has closed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def execute_many(self, statement: Statement, rows: Iterable[Sequence[Any]]) -> int:
        """Run an insert once for many rows, joined into few statements; anything else row by row."""
        changed = 0
        iterator = iter(rows)
        with self._mutex:
            self._note(statement)
            while chunk := list(islice(iterator, ROWS_PER_INSERT)):
                for query in self._joined(statement, chunk):
                    changed += self._guarded(lambda query=query: self._fetch(query).changed)  # type: ignore[misc]
        return changed

    def _joined(self, statement: Statement, rows: Sequence[Sequence[Any]]) -> list[str]:
        head, marker, tail = statement.pieces[0].rpartition("(")
        is_insert = head.lower().rstrip().endswith("values") and marker and statement.pieces[-1].strip() == ")"
        if not is_insert:
            return [self.render(statement, row) for row in rows]
        groups = ("(" + tail + self.render(statement, row)[len(statement.pieces[0]) :] for row in rows)
        return [head + ", ".join(groups)]

    def stream(self, statement: Statement, values: Values) -> tuple[tuple[str, ...], Iterator[Row]]:
        """Read rows on a connection of their own, because an unfinished result blocks the one it comes from."""
        query = self.render(statement, values)
        if self._writing:
            result = self._guarded(lambda: self._fetch(query))
            return result.columns, iter(result.rows)
        connection = self._guarded(lambda: _pool.take(self.address))
        cursor = connection.cursor(SSCursor)
        try:
            self._guarded(lambda: cursor.execute(query))
        except BaseException:
            connection.close()
            raise
        return _columns(cursor), _in_chunks(connection, cursor)

    def render(self, statement: Statement, values: Values) -> str:
        check_values(statement, values)
        return show(statement, values, self.literal)

    def literal(self, value: Any) -> str:
        """Return a value as SQL."""
        stored = to_column(value)
        if stored is None:
            return "NULL"
        if isinstance(stored, bytes):
            return f"x'{stored.hex()}'"
        if isinstance(stored, int) and not -LARGEST_INT <= stored <= LARGEST_INT:
            raise UnfitValue("The number is too large for the database.")
        return self._text(stored) if isinstance(stored, str) else repr(stored)

    def _text(self, value: str) -> str:
        try:
            value.encode()
        except UnicodeEncodeError as error:
            near = error.object[error.start : error.start + 5]
            raise UnfitValue(f"The text is not valid Unicode near {near!r}.") from error
        return self.escape(value)

    def escape(self, value: str) -> str:
        return "'" + escape_string(value) + "'"

    def _note(self, statement: Statement) -> None:
        if statement.kind is Kind.READ and not statement.locks:
            return
        if self._reading_only and statement.kind is not Kind.READ:
            raise InReadOnlyMode("This request may only read, but something tried to change the database.")
        self._writing = True

    def _guarded(self, action: Callable[[], T]) -> T:
        try:
            return action()
        except pymysql.MySQLError as error:
            self._raise_trouble(error)
            raise

    def _raise_trouble(self, error: pymysql.MySQLError) -> None:
        code = self.error_code(error)
        if code == errors.AWAY:
            raise ServerAway(errors.IS_AWAY) from error
        if code == errors.DEADLOCK:
            raise QueryDeadlockError("Somebody else was changing the same rows; try again.") from error
        if code in (errors.TIMEOUT, errors.STATEMENT_TIMEOUT):
            raise QueryTimeoutError("The database was busy for too long; try again.") from error
        if code == errors.FULL:
            raise DiskFullError(errors.DISK_IS_FULL) from error
        if code == errors.TABLE_MISSING:
            raise MissingTable(*error.args) from error

    # -- transaction --------------------------------------------------------------------------------------------------

    def begin(self, read_only: bool = False) -> None:
        with self._mutex:
            self._send("start transaction read only" if read_only else "start transaction")
            self._reading_only = read_only
            self._writing = False

    def commit(self) -> None:
        with self._mutex:
            if self._lost:
                raise ServerAway(errors.IS_AWAY)
            if self._connection is not None and self._has_begun:
                self._send_commit()
            self._forget_transaction()

    def _send_commit(self) -> None:
        try:
            self._send("commit")
        except ServerAway as error:
            raise ServerAway(errors.IS_UNCERTAIN if self._writing else errors.IS_AWAY) from error

    def rollback(self) -> None:
        """Undo the transaction; one whose connection was lost is undone by the server."""
        with self._mutex:
            if self._connection is not None and self._has_begun:
                with suppress(ServerAway):
                    self._send("rollback")
            self._forget_transaction()

    def _forget_transaction(self) -> None:
        self._writing = self._reading_only = self._has_begun = self._lost = False

    def savepoint(self, name: str) -> None:
        self._send(f"savepoint {quote(name)}")

    def release_savepoint(self, name: str) -> None:
        self._send(f"release savepoint {quote(name)}")

    def rollback_to(self, name: str) -> None:
        self._send(f"rollback to savepoint {quote(name)}")

    def _send(self, query: str) -> Result:
        with self._mutex:
            return self._guarded(lambda: self._fetch(query))

    def close(self) -> None:
        with self._mutex:
            connection, self._connection = self._connection, None
            self._forget_transaction()
            if connection is not None:
                _pool.give_back(self.address, connection)

    # -- schema -------------------------------------------------------------------------------------------------------

    def tables(self) -> list[str]:
        return [row[0] for row in self._send(schema.TABLES).rows]

    def columns(self, table: str) -> list[Column]:
        return schema.columns(self._send(schema.COLUMNS.format(self.escape(table))).rows)

    def indexes(self, table: str) -> list[Index]:
        return schema.indexes(table, self._send(schema.INDEXES.format(self.escape(table))).rows)

    def column_type(self, abstract: str) -> str:
        return schema.column_type(abstract)

    def ddl(self, operation: Operation) -> list[str]:
        return schema.render(operation, self.escape)

    # -- sequences ----------------------------------------------------------------------------------------------------

    def create_sequence(self, name: str, start: int) -> None:
        self._send(f"create sequence if not exists {quote(name)} start with {int(start)} nocache")

    def next_value(self, name: str) -> int:
        return int(self._send(f"select nextval({quote(name)})").rows[0][0])

    def set_next_value(self, name: str, value: int) -> None:
        self._send(f"select setval({quote(name)}, {int(value)}, 0)")

    # -- errors -------------------------------------------------------------------------------------------------------

    def error_code(self, error: BaseException) -> str:
        if isinstance(error, QueryDeadlockError):
            return errors.DEADLOCK
        if isinstance(error, QueryTimeoutError):
            return errors.TIMEOUT
        if isinstance(error, ServerAway):
            return errors.AWAY
        if not isinstance(error, pymysql.MySQLError):
            return ""
        if isinstance(error, pymysql.InterfaceError):
            return errors.AWAY if error.args[:1] == (0,) else errors.INTERFACE  # 0: closed already
        number = error.args[0] if error.args else 0
        if number == ER.DUP_ENTRY:
            return errors.PRIMARY_KEY if "PRIMARY" in str(error.args[-1]) else errors.UNIQUE
        return _BY_NUMBER.get(number, "")


_BY_NUMBER: dict[Any, str] = {
    ER.NO_SUCH_TABLE: errors.TABLE_MISSING,
    ER.BAD_TABLE_ERROR: errors.TABLE_MISSING,
    4091: errors.TABLE_MISSING,  # unknown sequence
    ER.BAD_FIELD_ERROR: errors.COLUMN_MISSING,
    ER.LOCK_DEADLOCK: errors.DEADLOCK,
    1020: errors.DEADLOCK,  # the row changed since the snapshot was taken
    ER.LOCK_WAIT_TIMEOUT: errors.TIMEOUT,
    1969: errors.STATEMENT_TIMEOUT,
    3024: errors.STATEMENT_TIMEOUT,
    ER.DISK_FULL: errors.FULL,
    ER.RECORD_FILE_FULL: errors.FULL,
    ER.DATA_TOO_LONG: errors.TOO_LONG,
    ER.PARSE_ERROR: errors.SYNTAX,
    ER.ACCESS_DENIED_ERROR: errors.ACCESS_DENIED,
    ER.DBACCESS_DENIED_ERROR: errors.ACCESS_DENIED,
    ER.CANT_DROP_FIELD_OR_KEY: errors.CANNOT_DROP,
    ER.DUP_FIELDNAME: errors.DUPLICATE_FIELD,
    1792: errors.READ_ONLY,
    **dict.fromkeys(
        (
            CR.CR_CONNECTION_ERROR,
            CR.CR_CONN_HOST_ERROR,
            CR.CR_SERVER_GONE_ERROR,
            CR.CR_SERVER_LOST,
            ER.CON_COUNT_ERROR,
            ER.SERVER_SHUTDOWN,
            1927,  # killed by an administrator
        ),
        errors.AWAY,
    ),
}


def _columns(cursor: Any) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description) if cursor.description else ()


def _in_chunks(connection: pymysql.Connection[Any], cursor: Any) -> Iterator[Row]:
    try:
        while chunk := cursor.fetchmany(STREAM_ROWS):
            yield from chunk
    finally:
        cursor.close()
        connection.close()


def connect(address: Address) -> pymysql.Connection[Any]:
    """Open a connection."""
    where: dict[str, Any] = (
        {"unix_socket": address.socket}
        if address.socket
        else {"host": address.host or "127.0.0.1", "port": address.port}
    )
    return pymysql.connect(
        user=address.user,
        password=address.password or "",
        database=address.name,
        charset="utf8mb4",
        autocommit=False,
        conv=_CONVERSIONS,
        **where,
    )


class _Pool:
    """Connections nobody uses at the moment."""

    def __init__(self) -> None:
        self._idle: dict[tuple[int, Address], list[tuple[pymysql.Connection[Any], float]]] = {}
        self._mutex = threading.Lock()

    def take(self, address: Address) -> pymysql.Connection[Any]:
        with self._mutex:
            idle = self._idle.get((os.getpid(), address))
            found = idle.pop() if idle else None
        if found is None:
            return connect(address)
        connection, since = found
        if time.monotonic() - since > PING_AFTER_SECONDS and not _answers(connection):
            return connect(address)
        return connection

    def give_back(self, address: Address, connection: pymysql.Connection[Any]) -> None:
        """Keep a connection for the next taker; one that cannot be rolled back is closed."""
        try:
            connection.rollback()
        except pymysql.MySQLError:
            connection.close()
            return
        with self._mutex:
            idle = self._idle.setdefault((os.getpid(), address), [])
            if len(idle) < IDLE_CONNECTIONS:
                idle.append((connection, time.monotonic()))
                return
        connection.close()

    def close_idle(self) -> None:
        with self._mutex:
            everything, self._idle = self._idle, {}
        for connections in everything.values():
            for connection, _ in connections:
                connection.close()


def _answers(connection: pymysql.Connection[Any]) -> bool:
    """Tell whether the server still knows an idle connection; one that it has dropped is closed."""
    try:
        connection.ping()
    except pymysql.MySQLError:
        connection.close()
        return False
    return True


_pool = _Pool()
close_idle = _pool.close_idle
