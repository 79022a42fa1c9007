"""The part of `frappe.db` that tells which tables, columns and indexes there are, and changes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from frappe.database.connection import Connection, table_name
from frappe.database.schema.model import AddColumn, AddIndex, ChangeColumns, Column, Index, Operation, Table, quote
from frappe.exceptions import TableMissingError
from frappe.types import _dict

TABLES_KEY = "db_tables"
COLUMNS_KEY = "db_table_columns"


class Introspection(Connection):
    """Reading and changing the schema. What is read is cached until somebody changes it."""

    REGEX_CHARACTER = "regexp"
    VARCHAR_LEN = 140
    DEFAULT_COLUMNS = ("name", "creation", "modified", "modified_by", "owner", "docstatus", "idx")
    OPTIONAL_COLUMNS = ("_user_tags", "_comments", "_assign", "_liked_by")
    CHILD_TABLE_COLUMNS = ("parent", "parentfield", "parenttype")
    STANDARD_VARCHAR_COLUMNS = ("name", "owner", "modified_by")

    @property
    def type_map(self) -> dict[str, tuple[str, str | None]]:
        """Return `{fieldtype: (column type, length)}`."""
        from frappe.database.schema.fieldtypes import type_map

        return type_map()

    # -- reading ------------------------------------------------------------------------------------------------------

    def get_tables(self, cached: bool = True) -> list[str]:
        """Return the names of all tables."""
        cache = _cache()
        tables = cache.get_value(TABLES_KEY) if cached and not self.driver.in_transaction else None
        if tables is None:
            tables = self.driver.tables()
            if not self.driver.in_transaction:
                cache.set_value(TABLES_KEY, tables)
        return list(tables)

    def table_exists(self, doctype: str, cached: bool = True) -> bool:
        """Tell whether a DocType has a table."""
        wanted = table_name(doctype)[1:-1]
        return wanted in self.get_tables(cached) or (cached and wanted in self.get_tables(cached=False))

    def has_table(self, table: str) -> bool:
        return self.table_exists(table)

    def table_columns(self, table: str) -> list[str]:
        """Return the column names of a table, [] when there is none."""
        cache = _cache()
        names = cache.hget(COLUMNS_KEY, table)
        if names is None:
            names = [column.name for column in self.driver.columns(table)]
            if names and not self.driver.in_transaction:
                cache.hset(COLUMNS_KEY, table, names)
        return list(names)

    def get_table_columns(self, doctype: str) -> list[str]:
        """Return the columns of a DocType's table. Raises TableMissingError when it has none."""
        names = self.table_columns(table_name(doctype)[1:-1])
        if not names:
            raise TableMissingError(f"DocType {doctype} has no table in the database.")
        return names

    def get_db_table_columns(self, table: str) -> list[str]:
        return self.table_columns(table)

    def has_column(self, doctype: str, column: str) -> bool:
        return column in self.get_table_columns(doctype)

    def field_exists(self, dt: str, fn: str) -> Any:
        """Return the name of the DocField, None when the DocType has no such field of its own."""
        rows = self.sql("select `name` from `tabDocField` where `fieldname` = %s and `parent` = %s", (fn, dt))
        return rows[0][0] if rows else None

    def get_column_type(self, doctype: str, column: str) -> str | None:
        """Return the type of a column as the database calls it."""
        columns = self.driver.columns(table_name(doctype)[1:-1])
        return next((found.type for found in columns if found.name == column), None)

    def has_index(self, table: str, index_name: str) -> bool:
        """Tell whether a table (`tabX`) has an index of that name."""
        return any(index.name in (index_name, f"{table}_{index_name}") for index in self.driver.indexes(table))

    def get_column_index(self, table: str, fieldname: str, unique: bool = False) -> _dict | None:
        """Return the index that consists of one column only."""
        for index in self.driver.indexes(table):
            if index.columns == (fieldname,) and index.unique == unique:
                return _dict(key_name=index.name, column_name=fieldname, unique=index.unique)
        return None

    def describe(self, doctype: str) -> tuple[tuple[Any, ...], ...]:
        """Return (field, type, null, key, default, extra) for every column."""
        rows = []
        for column in self.driver.columns(table_name(doctype)[1:-1]):
            nullable, key = ("YES" if column.nullable else "NO"), ("PRI" if column.primary else "")
            rows.append((column.name, column.type, nullable, key, column.default, ""))
        return tuple(rows)

    def get_database_size(self) -> float:
        """Return the size of the database in MB."""
        from os import path

        file = getattr(self.driver, "path", None)
        if file:
            return path.getsize(file) / 1024 / 1024 if path.exists(file) else 0.0
        rows = self.sql(
            "select sum(data_length + index_length) / 1024 / 1024 from information_schema.tables"
            " where table_schema = database()"
        )
        return float(rows[0][0] or 0)

    # -- changing -----------------------------------------------------------------------------------------------------

    def apply(self, operations: Iterable[Operation]) -> None:
        """Carry out schema operations and commit them. What was cached about tables is forgotten."""
        operations = list(operations)
        if not operations:
            return
        self.commit()
        for operation in operations:
            for statement in self.driver.ddl(operation):
                self.sql(statement, ignore_ddl=True)
        self.commit()
        self.forget_schema()

    def forget_schema(self) -> None:
        """Drop what is cached about tables and columns."""
        _cache().delete_value((TABLES_KEY, COLUMNS_KEY))

    def add_index(self, doctype: str, fields: str | Sequence[str], index_name: str | None = None) -> None:
        """Create an index unless the table has one of that name. A field may carry a length: `message_id(140)`."""
        self._add_index(doctype, fields, index_name or self.get_index_name(fields), unique=False)

    def add_unique(self, doctype: str, fields: str | Sequence[str], constraint_name: str | None = None) -> None:
        """Create a unique index unless the table has one of that name."""
        names = _field_names(fields)
        self._add_index(doctype, names, constraint_name or "unique_" + "_".join(names), unique=True)

    def _add_index(self, doctype: str, fields: str | Sequence[str], name: str, unique: bool) -> None:
        table = table_name(doctype)[1:-1]
        if self.has_index(table, name):
            return
        listed = tuple([fields] if isinstance(fields, str) else fields)
        columns = tuple(_field_names(fields)) if self.db_type == "sqlite" else listed
        self.apply([AddIndex(table, Index(f"{table}_{name}", columns, unique))])

    @staticmethod
    def get_index_name(fields: str | Sequence[str]) -> str:
        return "_".join(_field_names(fields)) + "_index"

    def rename_table(self, old_name: str, new_name: str) -> None:
        """Rename the table of a DocType."""
        self.sql_ddl(f"alter table {table_name(old_name)} rename to {table_name(new_name)}")
        self.forget_schema()

    def rename_column(self, doctype: str, old_column_name: str, new_column_name: str) -> None:
        self.sql_ddl(
            f"alter table {table_name(doctype)} rename column {quote(old_column_name)} to {quote(new_column_name)}"
        )
        self.forget_schema()

    def change_column_type(self, doctype: str, column: str, type: str, nullable: bool = False, **kwargs: Any) -> None:
        """Give a column another type, written as MariaDB writes it (`varchar(140)`)."""
        table = table_name(doctype)[1:-1]
        current = Table(table, tuple(self.driver.columns(table)), tuple(self.driver.indexes(table)))
        found = current.column(column)
        if found is None:
            raise ValueError(f"{doctype} has no column {column}.")
        changed = Column(found.name, type, nullable, found.default, found.primary, found.autoincrement)
        columns = tuple(changed if each is found else each for each in current.columns)
        self.apply([ChangeColumns(table, (changed,), Table(table, columns, current.indexes))])

    def add_column(self, doctype: str, column: str, type: str, default: str | None = None) -> None:
        table = table_name(doctype)[1:-1]
        if column not in self.table_columns(table):
            self.apply([AddColumn(table, Column(column, type, default=default))])

    def drop_table(self, doctype: str) -> None:
        self.sql_ddl(f"drop table if exists {table_name(doctype)}")
        self.forget_schema()

    def updatedb(self, doctype: str, meta: Any = None) -> list[Operation]:
        """Bring the table of a DocType in line with its fields; return what was done. Commits."""
        from frappe.database.schema.sync import update_table

        return update_table(self, doctype, meta)

    def pending_operations(self, doctype: str, meta: Any = None) -> list[Operation]:
        """Return what `updatedb` would do, without doing it."""
        from frappe.database.schema.sync import plan_table

        return plan_table(self, doctype, meta)

    # -- sequences ----------------------------------------------------------------------------------------------------

    def create_sequence(
        self,
        doctype_name: str,
        *,
        slug: str = "_id_seq",
        temporary: bool = False,
        check_not_exists: bool = False,
        cycle: bool = False,
        cache: int = 0,
        start_value: int = 0,
        increment_by: int = 0,
        min_value: int = 0,
        max_value: int = 0,
    ) -> str:
        """Create the sequence of an autoincrement DocType and return its name; an existing one is left alone."""
        for option, given in (("temporary", temporary), ("cycle", cycle), ("max_value", max_value)):
            if given:
                raise ValueError(f"Sequences have no option {option} here.")
        if increment_by not in (0, 1):
            raise ValueError("Sequences count by one here.")
        name = _sequence_name(doctype_name, slug)
        self.driver.create_sequence(name, start_value or min_value or 1)
        self.statement_count += 1
        return name

    def get_next_sequence_val(self, doctype_name: str, slug: str = "_id_seq") -> int:
        """Draw the next number for an autoincrement DocType."""
        self.statement_count += 1
        self.transaction_writes += 1
        return self.driver.next_value(_sequence_name(doctype_name, slug))

    def set_next_sequence_val(
        self, doctype_name: str, next_val: int, *, slug: str = "_id_seq", is_val_used: bool = False
    ) -> None:
        """Let the sequence go on at `next_val`, or after it when `is_val_used`."""
        self.statement_count += 1
        self.driver.set_next_value(_sequence_name(doctype_name, slug), int(next_val) + (1 if is_val_used else 0))


def _cache() -> Any:
    from frappe.cache import shared_cache

    return shared_cache


def _sequence_name(doctype: str, slug: str) -> str:
    from frappe.apps import scrub

    return scrub(doctype + slug)


def _field_names(fields: str | Sequence[str]) -> list[str]:
    """Return field names without the length some databases want: `message_id(140)`."""
    listed = [fields] if isinstance(fields, str) else list(fields)
    return [re.sub(r"\(\s*\d+\s*\)$", "", field).strip("` ") for field in listed]
