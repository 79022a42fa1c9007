"""What a database engine must be able to do; `sqlite.SQLiteDriver` and `mariadb.MariaDBDriver` are the two that can.

A driver owns one connection. It runs statements, keeps the transaction, translates dialects, reads the schema and
renders schema operations. It knows no DocTypes, no documents and no caches: those are the business of `Database`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from frappe.database.schema.model import Column, Index, Operation
from frappe.database.statements import Statement

Values = Sequence[Any] | Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(slots=True)
class Result:
    """What a statement answered; `columns` is empty for statements without a result."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    changed: int = 0


class Driver(Protocol):
    """One connection to one database."""

    db_type: str

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction that may hold changes is open."""

    # -- statements
    def prepare(self, query: str, formatted: bool) -> Statement: ...
    def execute(self, statement: Statement, values: Values) -> Result: ...
    def execute_many(self, statement: Statement, rows: Iterable[Sequence[Any]]) -> int: ...
    def stream(self, statement: Statement, values: Values) -> tuple[tuple[str, ...], Iterator[Row]]: ...
    def render(self, statement: Statement, values: Values) -> str:
        """Return the SQL with its values written in, for logs and `run=False`."""

    def escape(self, value: str) -> str:
        """Return `value` as a quoted literal."""

    # -- transaction
    def begin(self, read_only: bool = False) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def savepoint(self, name: str) -> None: ...
    def release_savepoint(self, name: str) -> None: ...
    def rollback_to(self, name: str) -> None: ...
    def close(self) -> None: ...

    # -- schema
    def tables(self) -> list[str]: ...
    def columns(self, table: str) -> list[Column]: ...
    def indexes(self, table: str) -> list[Index]: ...
    def column_type(self, abstract: str) -> str:
        """Return the engine's own spelling of a column type such as `varchar(140)`."""

    def ddl(self, operation: Operation) -> list[str]: ...

    # -- sequences
    def create_sequence(self, name: str, start: int) -> None: ...
    def next_value(self, name: str) -> int: ...
    def set_next_value(self, name: str, value: int) -> None: ...

    # -- errors
    def error_code(self, error: BaseException) -> str:
        """Return one of the names in `errors.CODES` for an error of this engine, "" for any other."""


DDL_COMMITS: dict[str, bool] = {"sqlite": False, "mariadb": True}
"""Whether a schema statement ends the transaction by itself."""
