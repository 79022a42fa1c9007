"""Tables, columns and indexes as plain values, and the operations that change them.

Column types are written in MariaDB's words (`varchar(140)`, `decimal(21,9)`); each driver has its own spelling.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str
    nullable: bool = True
    default: str | None = None
    """The default as SQL shows it without quotes; None for no default."""
    primary: bool = False
    autoincrement: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    name: str
    columns: tuple[str, ...]
    unique: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...] = ()

    def column(self, name: str) -> Column | None:
        wanted = name.lower()
        return next((column for column in self.columns if column.name.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class CreateTable:
    table: Table

    def __str__(self) -> str:
        return f"create table {self.table.name} with {len(self.table.columns)} columns"


@dataclass(frozen=True, slots=True)
class AddColumn:
    table: str
    column: Column

    def __str__(self) -> str:
        return f"add column {self.column.name} {self.column.type} to {self.table}"


@dataclass(frozen=True, slots=True)
class ChangeColumns:
    """Give columns of a table another type, default or nullability; `result` is the whole table afterwards."""

    table: str
    columns: tuple[Column, ...]
    result: Table
    narrows: tuple[str, ...] = field(default=())
    """Columns that get shorter; existing text may not fit."""

    def __str__(self) -> str:
        changes = ", ".join(f"{column.name} to {column.type}" for column in self.columns)
        return f"change columns of {self.table}: {changes}"

    def without(self, names: set[str]) -> ChangeColumns:
        """Return the same operation that leaves the columns `names` alone."""
        return replace(self, columns=tuple(column for column in self.columns if column.name not in names), narrows=())


@dataclass(frozen=True, slots=True)
class AddIndex:
    table: str
    index: Index

    def __str__(self) -> str:
        kind = "unique index" if self.index.unique else "index"
        return f"add {kind} {self.index.name} on {self.table} ({', '.join(self.index.columns)})"


@dataclass(frozen=True, slots=True)
class DropIndex:
    table: str
    name: str

    def __str__(self) -> str:
        return f"drop index {self.name} of {self.table}"


Operation = CreateTable | AddColumn | ChangeColumns | AddIndex | DropIndex


def quote(name: str) -> str:
    """Return an identifier in backticks. Raises ValueError for a name that holds one or is empty."""
    if not name or "`" in name or "\0" in name:
        raise ValueError(f"{name!r} cannot be the name of a table, column or index.")
    return f"`{name}`"
