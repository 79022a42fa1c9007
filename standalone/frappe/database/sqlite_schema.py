"""SQLite's side of the schema: its column types, what it tells about a table, and the SQL of schema operations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from frappe.database.schema.model import (
    AddColumn,
    AddIndex,
    ChangeColumns,
    Column,
    CreateTable,
    DropIndex,
    Index,
    Operation,
    Table,
    quote,
)

TABLES = (
    """select name from sqlite_master where type = 'table' and name not like 'sqlite!_%' escape '!' order by name"""
)

_TYPES = (
    (re.compile(r"(tiny|small|medium|big)?int|integer"), "INTEGER"),
    (re.compile(r"decimal|double|float|real"), "REAL"),
    (re.compile(r"datetime|timestamp"), "DATETIME"),
    (re.compile(r"date"), "DATE"),
    (re.compile(r"time"), "TIME"),
    (re.compile(r"(long)?blob"), "BLOB"),
)


def column_type(abstract: str) -> str:
    """Return the type SQLite knows: `varchar(140)` is TEXT, `decimal(21,9)` is REAL."""
    lower = abstract.lower()
    return next((name for pattern, name in _TYPES if pattern.match(lower)), "TEXT")


def columns(rows: Iterable[Any], table_sql: str) -> list[Column]:
    """Read what `pragma table_info` tells."""
    autoincrement = "autoincrement" in table_sql.lower()
    return [
        Column(
            name=name,
            type=type_.upper(),
            nullable=not not_null and not primary,
            default=_unquote(default),
            primary=bool(primary),
            autoincrement=bool(primary) and autoincrement,
        )
        for _, name, type_, not_null, default, primary in rows
    ]


def _unquote(default: str | None) -> str | None:
    if default is None or default.lower() == "null":
        return None
    if default.startswith("'"):
        return default[1:-1].replace("''", "'")
    return default


def render(operation: Operation) -> list[str]:
    """Return the statements that carry out `operation`."""
    match operation:
        case CreateTable(table):
            return [_create(table.name, table), *(_create_index(table.name, index) for index in table.indexes)]
        case AddColumn(table, column):
            return [f"alter table {quote(table)} add column {definition(column)}"]
        case AddIndex(table, index):
            return [_create_index(table, index)]
        case DropIndex(_, name):
            return [f"drop index if exists {quote(name)}"]
        case ChangeColumns():
            return _rebuild(operation)


def definition(column: Column) -> str:
    """Return a column as `create table` wants it. Text is compared without regard to case, as on MariaDB."""
    kind = column_type(column.type)
    parts = [quote(column.name), kind]
    if kind == "TEXT":
        parts.append("collate nocase")
    if column.primary:
        parts.append("primary key autoincrement" if column.autoincrement else "primary key not null")
    elif not column.nullable:
        parts.append("not null")
    if column.default is not None:
        parts.append("default " + _default(column.default, kind))
    return " ".join(parts)


def _default(value: str, kind: str) -> str:
    if kind in ("INTEGER", "REAL") and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _create(name: str, table: Table) -> str:
    primary = [column for column in table.columns if column.primary]
    if len(primary) < 2:
        body = ", ".join(map(definition, table.columns))
    else:
        plain = (
            Column(column.name, column.type, False, column.default) if column.primary else column
            for column in table.columns
        )
        keys = ", ".join(quote(column.name) for column in primary)
        body = ", ".join(map(definition, plain)) + f", primary key ({keys})"
    return f"create table {quote(name)} ({body})"


def _create_index(table: str, index: Index) -> str:
    kind = "unique index" if index.unique else "index"
    columns_ = ", ".join(quote(column) for column in index.columns)
    return f"create {kind} if not exists {quote(index.name)} on {quote(table)} ({columns_})"


def _rebuild(operation: ChangeColumns) -> list[str]:
    """Copy the table into one of the new shape: SQLite cannot change a column in place."""
    table, temporary = operation.result, f"{operation.table}__new"
    names = ", ".join(quote(column.name) for column in table.columns)
    copied = ", ".join(map(_copied, table.columns))
    return [
        f"drop table if exists {quote(temporary)}",
        _create(temporary, table),
        f"insert into {quote(temporary)} ({names}) select {copied} from {quote(table.name)}",
        f"drop table {quote(table.name)}",
        f"alter table {quote(temporary)} rename to {quote(table.name)}",
        *(_create_index(table.name, index) for index in table.indexes),
    ]


def _copied(column: Column) -> str:
    if column.nullable or column.primary or column.default is None:
        return quote(column.name)
    return f"coalesce({quote(column.name)}, {_default(column.default, column_type(column.type))})"
