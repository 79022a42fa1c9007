"""From a table to documents: which column is which field, and which rows belong together. Knows no site.

A header is a fieldname, a label, `ID` for the name, or `<table field>.<fieldname>` (by names or labels) for the rows of
a table. A row without a value in any column of the document itself continues the document above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = Sequence[Any]
ID_HEADERS = ("id", "name")


@dataclass(frozen=True)
class Column:
    """Where the values of one column go: `fieldname` of the document, or of the rows of `table`."""

    index: int
    header: str
    fieldname: str
    table: str | None = None


@dataclass(frozen=True)
class Fields:
    """The fields of a DocType as headers may name them: `{lower-cased name or label: fieldname}`."""

    own: Mapping[str, str]
    tables: Mapping[str, tuple[str, Mapping[str, str]]] = field(default_factory=dict)
    """`{lower-cased name or label of a table field: (fieldname, its fields)}`."""


@dataclass(frozen=True)
class Record:
    """One document of the table: its values, and the numbers of its rows (the header is row 1)."""

    values: dict[str, Any]
    rows: tuple[int, ...]


def columns_of(headers: Row, fields: Fields) -> tuple[list[Column], list[str]]:
    """Return the columns that are fields, and the headers that are not (nor empty)."""
    columns: list[Column] = []
    unknown: list[str] = []
    for index, header in enumerate(headers):
        text = str(header or "").strip()
        column = _column(index, text, fields)
        if column:
            columns.append(column)
        elif text:
            unknown.append(text)
    return columns, unknown


def _column(index: int, header: str, fields: Fields) -> Column | None:
    key = header.lower()
    if key in ID_HEADERS:
        return Column(index, header, "name")
    if key in fields.own:
        return Column(index, header, fields.own[key])
    table, _, inner = key.partition(".")
    if inner and table in fields.tables:
        fieldname, row_fields = fields.tables[table]
        name = "name" if inner in ID_HEADERS else row_fields.get(inner)
        return Column(index, header, name, fieldname) if name else None
    return None


def records_of(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[Record]:
    """Return the documents of a table without its header; empty rows are left out."""
    open_record: tuple[dict[str, Any], list[int]] | None = None
    for number, row in enumerate(rows, start=2):
        own = _values(row, [column for column in columns if column.table is None])
        children = _children(row, columns)
        if own:
            if open_record:
                yield Record(open_record[0], tuple(open_record[1]))
            open_record = (own, [])
        if open_record is None or not (own or children):
            continue
        for table, child in children.items():
            open_record[0].setdefault(table, []).append(child)
        open_record[1].append(number)
    if open_record:
        yield Record(open_record[0], tuple(open_record[1]))


def _values(row: Row, columns: Iterable[Column]) -> dict[str, Any]:
    found = {column.fieldname: row[column.index] for column in columns if column.index < len(row)}
    return {fieldname: value for fieldname, value in found.items() if value not in (None, "")}


def _children(row: Row, columns: Sequence[Column]) -> dict[str, dict[str, Any]]:
    tables = dict.fromkeys(column.table for column in columns if column.table)
    found = {table: _values(row, [column for column in columns if column.table == table]) for table in tables}
    return {table: values for table, values in found.items() if values}
