"""The part of `frappe.db` that changes rows without documents: no hooks, no permissions, no versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from frappe.database.connection import column_name, table_name
from frappe.database.reader import Reader, build_where
from frappe.database.values import MOMENTS, canonical, parse_datetime, parse_time

Row = TypeVar("Row")


class Writer(Reader):
    """Raw updates, deletes and inserts."""

    def set_value(
        self,
        dt: str,
        dn: Any,
        field: Any,
        val: Any = None,
        modified: Any = None,
        modified_by: str | None = None,
        update_modified: bool = True,
        debug: bool = False,
    ) -> None:
        """Write `field` (or a dict of fields) of one document, of a list of names, or of all that match filters."""
        changes = dict(field) if isinstance(field, Mapping) else {field: val}
        if dn is None or (isinstance(dn, str) and dn == dt and dt != "DocType"):
            return self.set_single_value(
                dt, changes, modified=modified, modified_by=modified_by, update_modified=update_modified, debug=debug
            )
        if update_modified:
            changes.update(self._stamp(modified, modified_by))
        changes = {name: _in_form(dt, name, value) for name, value in changes.items()}
        where, values, joins = build_where(dt, dn)
        _refuse_joins(joins)
        assignments, assigned = _assignments(changes)
        condition = f" where {where}" if where else ""
        self.sql(f"update {table_name(dt)} set {assignments}{condition}", [*assigned, *values], debug=debug)
        self._forget_document(dt, str(dn) if isinstance(dn, (str, int)) else None)

    @staticmethod
    def _stamp(modified: Any, modified_by: str | None) -> dict[str, Any]:
        import frappe

        return {"modified": modified or frappe.utils.now(), "modified_by": modified_by or frappe.session.user}

    def bulk_update(
        self,
        doctype: str,
        doc_updates: Mapping[Any, Mapping[str, Any]],
        chunk_size: int = 100,
        modified: Any = None,
        modified_by: str | None = None,
        update_modified: bool = True,
        debug: bool = False,
    ) -> None:
        """Write different values to many documents: `{name: {field: value}}`, one statement per chunk."""
        stamp = self._stamp(modified, modified_by) if update_modified else {}
        for chunk in _chunks(doc_updates.items(), chunk_size):
            self._update_chunk(doctype, chunk, stamp, debug)
        self._forget_document(doctype, None)

    def _update_chunk(
        self, doctype: str, chunk: Sequence[tuple[Any, Mapping[str, Any]]], stamp: Mapping[str, Any], debug: bool
    ) -> None:
        cases: dict[str, list[tuple[Any, Any]]] = {}
        for name, changes in chunk:
            for field, value in changes.items():
                cases.setdefault(field, []).append((name, value))
        parts, values = [], []
        for field, pairs in cases.items():
            column = column_name(field)
            branches = " ".join("when `name` = %s then %s" for _ in pairs)
            parts.append(f"{column} = case {branches} else {column} end")
            values += [item for name, value in pairs for item in (name, _stored(value))]
        parts += [f"{column_name(field)} = %s" for field in stamp]
        values += [*stamp.values(), tuple(name for name, _ in chunk)]
        if cases:
            self.sql(f"update {table_name(doctype)} set {', '.join(parts)} where `name` in %s", values, debug=debug)

    def delete(self, doctype: str, filters: Any = None, debug: bool = False, **kwargs: Any) -> None:
        """Delete the rows that match; without filters all of them."""
        filters = filters if filters is not None else kwargs.pop("conditions", None)
        if kwargs:
            raise TypeError(f"frappe.db.delete has no argument {next(iter(kwargs))}.")
        where, values, joins = build_where(doctype, filters)
        _refuse_joins(joins)
        condition = f" where {where}" if where else ""
        self.sql(f"delete from {table_name(doctype)}{condition}", tuple(values), debug=debug)
        self._forget_document(doctype, filters if isinstance(filters, str) else None)

    def truncate(self, doctype: str) -> None:
        """Empty a table and commit."""
        self.sql_ddl(f"truncate table {table_name(doctype)}")
        self._forget_document(doctype, None)

    def bulk_insert(
        self,
        doctype: str,
        fields: Sequence[str],
        values: Iterable[Sequence[Any]],
        ignore_duplicates: bool = False,
        *,
        chunk_size: int = 10_000,
    ) -> None:
        """Insert many rows; `values` yields them in the order of `fields`. Counts as one statement per chunk."""
        columns = ", ".join(column_name(field) for field in fields)
        marks = ", ".join(["%s"] * len(fields))
        verb = "insert ignore" if ignore_duplicates else "insert"
        query = f"{verb} into {table_name(doctype)} ({columns}) values ({marks})"
        for chunk in _chunks(values, chunk_size):
            _check_width(chunk, len(fields))
            self.execute_many(query, [[_stored(value) for value in row] for row in chunk])

    def insert_row(self, doctype: str, values: Mapping[str, Any]) -> None:
        """Insert one row."""
        self.bulk_insert(doctype, list(values), [list(values.values())])


def _in_form(doctype: str, field: str, value: Any) -> Any:
    """Return text that may be a date or time in the form its column holds."""
    if not isinstance(value, str) or not (parse_datetime(value) or parse_time(value) is not None):
        return value
    from frappe.model.meta import get_meta
    from frappe.model.query_scope import STANDARD_TYPES

    df = None if field in STANDARD_TYPES else get_meta(doctype).get_field(field)
    fieldtype = STANDARD_TYPES.get(field, "") if df is None else df.fieldtype
    return canonical(value, fieldtype) if fieldtype in MOMENTS else value


def _assignments(changes: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return what stands after `set`, and its values; a value may be a term of the query builder."""
    parts: list[str] = []
    values: list[Any] = []
    for name, value in changes.items():
        sql, given = _as_term(value) if hasattr(value, "get_sql") else ("%s", (_stored(value),))
        parts.append(f"{column_name(name)} = {sql}")
        values += given
    return ", ".join(parts), values


def _as_term(value: Any) -> tuple[str, tuple[Any, ...]]:
    from frappe.query_builder.rendering import render

    return render(value)


def _stored(value: Any) -> Any:
    """Return a value a column can hold. Lists have no column; they must be turned into JSON by the caller."""
    if isinstance(value, (list, tuple, set)):
        raise TypeError(f"A column holds one value, not {value!r:.80}.")
    return value


def _chunks(rows: Iterable[Row], size: int) -> Iterable[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, max(size, 1))):
        yield chunk


def _check_width(rows: Iterable[Sequence[Any]], width: int) -> None:
    for row in rows:
        if len(row) != width:
            raise ValueError(f"A row has {len(row)} values for {width} columns.")


def _refuse_joins(joins: str) -> None:
    from frappe.exceptions import DataError

    if joins:
        raise DataError("Rows to be changed are found by fields of their own table, not by those of another.")
