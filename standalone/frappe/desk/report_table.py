"""The table of a report: columns in one shape, rows as dicts, totals, and the cells of an export. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from frappe.exceptions import ValidationError
from frappe.types import _dict
from frappe.utils import flt, format_duration
from frappe.utils.refusals import refuse

SUMMED = frozenset({"Int", "Float", "Currency", "Duration"})
AVERAGED = frozenset({"Percent"})
DEFAULT_FIELDTYPE = "Data"


def columns_of(given: Any) -> list[_dict]:
    """Return columns as dicts with fieldname, label and fieldtype. A text is `Label:Fieldtype/Options:Width`."""
    if not isinstance(given, Iterable) or isinstance(given, str | Mapping):
        refuse("A report must return its columns as a list.", ValidationError)
    return [_column(column, number) for number, column in enumerate(given, start=1)]


def _column(given: Any, number: int) -> _dict:
    if isinstance(given, str):
        return _column_of_text(given)
    if not isinstance(given, Mapping):
        refuse(f"Column {number} of the report must be a text or a dict.", ValidationError)
    column = _dict(given)
    column.label = column.label or column.fieldname or ""
    column.fieldname = column.fieldname or _scrub(column.label)
    column.fieldtype = column.fieldtype or DEFAULT_FIELDTYPE
    return column


def _column_of_text(text: str) -> _dict:
    label, _colon, rest = text.partition(":")
    kind, _colon, width = rest.partition(":")
    fieldtype, _slash, options = kind.partition("/")
    column = _dict(label=label, fieldname=_scrub(label), fieldtype=fieldtype or DEFAULT_FIELDTYPE)
    if options:
        column.options = options
    if width.isdecimal():
        column.width = int(width)
    return column


def _scrub(label: str) -> str:
    return label.replace(" ", "_").replace("-", "_").lower()


def rows_of(given: Any, columns: Sequence[_dict]) -> list[dict[str, Any]]:
    """Return rows as dicts by fieldname; rows that are lists follow the order of the columns."""
    names = [column.fieldname for column in columns]
    return [
        dict(row) if isinstance(row, Mapping) else dict(zip(names, row, strict=False)) for row in given or () if row
    ]


def total_row(columns: Sequence[_dict], rows: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Return the sums of the numbers (the mean of percentages), with `label` in the first column that has none."""
    total: dict[str, Any] = {}
    for column in columns:
        values = [flt(row[column.fieldname]) for row in rows if row.get(column.fieldname) not in (None, "")]
        if column.fieldtype in SUMMED:
            total[column.fieldname] = int(sum(values)) if column.fieldtype == "Int" else sum(values)
        elif column.fieldtype in AVERAGED:
            total[column.fieldname] = sum(values) / len(values) if values else 0
        else:
            total[column.fieldname] = None
    first = columns[0].fieldname if columns else None
    if first and total[first] is None:
        total[first] = label
    return total


def cells(columns: Sequence[_dict], rows: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Return the table of an export: the labels, then a line for each row; durations as text."""
    shown = [column for column in columns if not column.hidden]
    lines = [[_cell(column, row.get(column.fieldname)) for column in shown] for row in rows]
    return [[column.label for column in shown], *lines]


def _cell(column: _dict, value: Any) -> Any:
    if column.fieldtype == "Duration" and value:
        return format_duration(value)
    return value
