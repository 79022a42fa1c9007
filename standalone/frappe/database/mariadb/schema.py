"""MariaDB's side of the schema: what it tells about a table, and the SQL of schema operations.

Names of indexes begin with their table's name everywhere in this runtime, because SQLite needs that; MariaDB keeps
them without, for its names are limited to 64 characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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

Escape = Callable[[str], str]

TABLES = """
    select table_name from information_schema.tables
    where table_schema = database() and table_type = 'BASE TABLE' order by table_name
"""
COLUMNS = """
    select column_name, column_type, is_nullable, column_default, column_key, extra from information_schema.columns
    where table_schema = database() and table_name = {} order by ordinal_position
"""
INDEXES = """
    select index_name, column_name, non_unique from information_schema.statistics
    where table_schema = database() and table_name = {} and index_name != 'PRIMARY' order by index_name, seq_in_index
"""

TABLE_OPTIONS = "engine=InnoDB row_format=dynamic character set=utf8mb4 collate=utf8mb4_unicode_ci"
_NUMERIC = re.compile(r"(tiny|small|big)?int|decimal")


def column_type(abstract: str) -> str:
    """JSON is kept as long text, like MariaDB does it, but without a check that would refuse an empty value."""
    return "longtext" if abstract.lower() == "json" else abstract.lower()


def columns(rows: Iterable[Any]) -> list[Column]:
    return [
        Column(
            name=name,
            type=kind,
            nullable=nullable == "YES",
            default=_unquote(default),
            primary=key == "PRI",
            autoincrement="auto_increment" in extra,
        )
        for name, kind, nullable, default, key, extra in rows
    ]


def _unquote(default: str | None) -> str | None:
    if default is None or default.upper() == "NULL":
        return None
    if default.startswith("'"):
        return default[1:-1].replace("''", "'").replace("\\\\", "\\")
    return default


def indexes(table: str, rows: Iterable[Any]) -> list[Index]:
    found: dict[str, Index] = {}
    for name, column, non_unique in rows:
        known = found.get(name)
        listed = (*known.columns, column) if known else (column,)
        found[name] = Index(f"{table}_{name}", listed, not non_unique)
    return list(found.values())


def render(operation: Operation, escape: Escape) -> list[str]:
    """Return the statements that carry out `operation`."""
    match operation:
        case CreateTable(table):
            return [_create(table, escape)]
        case AddColumn(table, column):
            return [f"alter table {quote(table)} add column {definition(column, escape)}"]
        case AddIndex(table, index):
            return [f"alter table {quote(table)} add {_index(table, index)}"]
        case DropIndex(table, name):
            return [f"alter table {quote(table)} drop index if exists {quote(_short(table, name))}"]
        case ChangeColumns(table, changed):
            parts = ", ".join(f"modify column {definition(column, escape)}" for column in changed)
            return [*_filled(table, changed, escape), f"alter table {quote(table)} {parts}"]


def definition(column: Column, escape: Escape) -> str:
    parts = [quote(column.name), column_type(column.type)]
    if not column.nullable:
        parts.append("not null")
    if column.default is not None:
        parts.append("default " + _default(column, escape))
    if column.primary:
        parts.append("primary key")
    return " ".join(parts)


def _default(column: Column, escape: Escape) -> str:
    default = column.default or ""
    is_number = _NUMERIC.match(column.type.lower()) and re.fullmatch(r"-?\d+(\.\d+)?", default)
    return default if is_number else escape(default)


def _create(table: Table, escape: Escape) -> str:
    primary = [column for column in table.columns if column.primary]
    several = len(primary) > 1
    parts = [definition(_without_key(column) if several else column, escape) for column in table.columns]
    if several:
        parts.append(f"primary key ({', '.join(quote(column.name) for column in primary)})")
    parts += [_index(table.name, index) for index in table.indexes]
    return f"create table {quote(table.name)} ({', '.join(parts)}) {TABLE_OPTIONS}"


def _without_key(column: Column) -> Column:
    return Column(column.name, column.type, False if column.primary else column.nullable, column.default)


def _index(table: str, index: Index) -> str:
    kind = "unique index" if index.unique else "index"
    return f"{kind} {quote(_short(table, index.name))} ({', '.join(map(_indexed, index.columns))})"


def _indexed(column: str) -> str:
    """Return a column of an index; its length, if it has one, stays outside of the quotes."""
    match = re.fullmatch(r"`?([^`(]+?)`?\s*\((\d+)\)", column)
    return f"{quote(match[1])}({match[2]})" if match else quote(column.strip("`"))


def _short(table: str, name: str) -> str:
    return name.removeprefix(f"{table}_")[:64]


def _filled(table: str, changed: Iterable[Column], escape: Escape) -> list[str]:
    """Give rows without a value the default, before the column forbids missing values."""
    fill = "update {table} set {name} = {value} where {name} is null"
    return [
        fill.format(table=quote(table), name=quote(column.name), value=_default(column, escape))
        for column in changed
        if not column.nullable and column.default is not None
    ]
