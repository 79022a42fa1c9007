"""A database as a text of SQL statements, and back: what `mariadb-dump` does, for machines that do not have it.

All tables are read in one snapshot, so the text is consistent while others go on writing. Each statement ends with a
semicolon at the end of a line, and no value holds a line break of its own; the dumps of `mariadb-dump` are like that
too, so both can be read.

A dump that replaces a database is loaded under other names beside it; then one statement changes the names, so that at
any moment the database is the old one or the new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any

import pymysql
from pymysql.constants import FIELD_TYPE
from pymysql.converters import escape_string
from pymysql.cursors import SSCursor

from frappe.database.mariadb.driver import Address, connect
from frappe.database.schema.model import quote
from frappe.exceptions import ValidationError

ROWS_PER_INSERT = 500
COMPLETE = "-- Dump completed"
"""What the last line of a whole dump begins with, also of those that `mariadb-dump` makes."""
_HEAD = (
    "set names utf8mb4",
    "set foreign_key_checks = 0",
    "set unique_checks = 0",
    "set sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
)
_SANDBOX = "/*M!999999"
"""How `mariadb-dump` begins, for the program that reads it."""
_NAMES_SOMETHING = re.compile(
    r"((?:/\*!\d+ )?(?:drop (?:table|sequence) if exists|create (?:table|sequence)|insert into|lock tables|alter table"
    r"|do setval\()\s*)`((?:[^`]|``)+)`",
    re.IGNORECASE,
)
_NAMES_NOTHING = re.compile(r"(?:/\*!\d+ )?(?:set|unlock tables)\b", re.IGNORECASE)
_NEW, _OLD = "__restoring_", "__replaced_"
_BINARY = {FIELD_TYPE.BLOB, FIELD_TYPE.TINY_BLOB, FIELD_TYPE.MEDIUM_BLOB, FIELD_TYPE.LONG_BLOB}
_BINARY_CHARSET = 63


def write(address: Address, put: Callable[[str], Any]) -> None:
    """Pass the statements that make the database anew to `put`, in portions."""
    with closing(_reader(address)) as connection:
        _run(connection, "set session transaction isolation level repeatable read")
        _run(connection, "start transaction with consistent snapshot, read only")
        for line in (*_HEAD, *_statements(connection)):
            put(line + ";\n")
        put(f"{COMPLETE}\n")


def _reader(address: Address) -> pymysql.Connection[Any]:
    connection = connect(address)
    connection.decoders = {}  # values stay the text that the server sends
    return connection


def _statements(connection: pymysql.Connection[Any]) -> Iterator[str]:
    for name, kind in _run(connection, "show full tables"):
        if kind == "SEQUENCE":
            yield from _sequence(connection, name)
        elif kind == "BASE TABLE":
            yield f"drop table if exists {quote(name)}"
            yield _run(connection, f"show create table {quote(name)}")[0][1].replace("\n", " ")
            yield from _rows(connection, name)


def _sequence(connection: pymysql.Connection[Any], name: str) -> Iterator[str]:
    following = _run(connection, f"select next_not_cached_value from {quote(name)}")[0][0]
    yield f"drop sequence if exists {quote(name)}"
    yield _run(connection, f"show create sequence {quote(name)}")[0][1]
    yield f"do setval({quote(name)}, {following}, 0)"


def _rows(connection: pymysql.Connection[Any], table: str) -> Iterator[str]:
    with connection.cursor(SSCursor) as cursor:
        cursor.execute(f"select * from {quote(table)}")
        literals = [_literal_of(field) for field in cursor._result.fields]  # type: ignore[attr-defined]
        columns = ", ".join(quote(column[0]) for column in cursor.description or ())
        while chunk := list(islice(cursor, ROWS_PER_INSERT)):
            rows = ",".join(
                "(" + ",".join(make(value) for make, value in zip(literals, row, strict=True)) + ")" for row in chunk
            )
            yield f"insert into {quote(table)} ({columns}) values {rows}"


def _literal_of(field: Any) -> Callable[[Any], str]:
    """Return what turns the server's text of a column into SQL."""
    if field.type_code in _BINARY and field.charsetnr == _BINARY_CHARSET:
        return lambda value: "NULL" if value is None else f"x'{value.hex()}'" if value else "''"
    return lambda value: "NULL" if value is None else f"'{escape_string(value)}'"


def replace(address: Address, lines: Iterable[str]) -> None:
    """Put a dump in the place of all tables and sequences. What an interrupted run has left behind is removed.

    Raises ValidationError for a statement that no dump of ours has; then, as after any error, nothing has changed.
    """
    with closing(connect(address)) as connection:
        _run(connection, "set foreign_key_checks = 0")
        _remove(connection, _is_leftover)
        try:
            staged = _load_beside(connection, lines)
            _swap(connection, staged)
        finally:
            _remove(connection, _is_leftover)


def _is_leftover(name: str) -> bool:
    return name.startswith((_NEW, _OLD))


def _remove(connection: pymysql.Connection[Any], which: Callable[[str], bool]) -> None:
    for name, kind in _run(connection, "show full tables"):
        if which(name):
            _run(connection, f"drop {'sequence' if kind == 'SEQUENCE' else 'table'} if exists {quote(name)}")


def _load_beside(connection: pymysql.Connection[Any], lines: Iterable[str]) -> dict[str, str]:
    """Run the statements of a dump under other names; return `{name: other name}`."""
    staged: dict[str, str] = {}
    for statement in statements_of(lines):
        if found := _NAMES_SOMETHING.match(statement):
            name = found[2].replace("``", "`")
            if _is_leftover(name):
                continue
            other = staged.setdefault(name, f"{_NEW}{len(staged)}")
            statement = f"{found[1]}{quote(other)}{statement[found.end() :]}"
        elif not _NAMES_NOTHING.match(statement):
            raise ValidationError(f"The dump has a statement that is not understood: {statement[:80]}")
        _run(connection, statement)
    connection.commit()
    return staged


def _swap(connection: pymysql.Connection[Any], staged: dict[str, str]) -> None:
    """Change the names in one statement, which the server does as a whole or not at all."""
    present = [name for name, _ in _run(connection, "show full tables") if not _is_leftover(name)]
    moves = [(name, f"{_OLD}{number}") for number, name in enumerate(present)]
    moves += [(other, name) for name, other in staged.items()]
    _run(connection, "rename table " + ", ".join(f"{quote(old)} to {quote(new)}" for old, new in moves))


def empty(address: Address) -> None:
    """Remove all tables and sequences of a database."""
    with closing(connect(address)) as connection:
        _run(connection, "set foreign_key_checks = 0")
        _remove(connection, lambda _: True)


def read(address: Address, lines: Iterable[str]) -> None:
    """Run the statements of a dump in an empty database."""
    with closing(connect(address)) as connection:
        for statement in statements_of(lines):
            _run(connection, statement)
        connection.commit()


def statements_of(lines: Iterable[str]) -> Iterator[str]:
    """Join the lines of a dump to statements; comments are left out."""
    parts: list[str] = []
    for line in lines:
        if not parts and (line.startswith(("--", _SANDBOX)) or not line.strip()):
            continue
        parts.append(line)
        if line.rstrip().endswith(";"):
            yield "".join(parts).rstrip().rstrip(";")
            parts = []
    if "".join(parts).strip():
        raise ValueError("The dump ends in the middle of a statement.")


def _run(connection: pymysql.Connection[Any], statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
