"""Rows as tables for spreadsheets: CSV as they come, Excel in one book."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from frappe import _
from frappe.utils.xlsxutils import make_xlsx

Rows = Iterable[list[Any]]
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate."""


def write_csv(path: Path, columns: list[str], labels: list[str], chunks: Rows, delimiter: str) -> None:
    """Write rows as CSV, each chunk as it is read."""
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(labels)
        for rows in chunks:
            writer.writerows(_cells(rows, columns))


def write_excel(path: Path, columns: list[str], labels: list[str], chunks: Rows, title: str) -> None:
    """Write rows as one sheet of an Excel file."""
    table = [labels, *(line for rows in chunks for line in _cells(rows, columns))]
    path.write_bytes(make_xlsx(table, _(title)).getvalue())


def _cells(rows: list[Any], columns: list[str]) -> list[list[Any]]:
    return [[_cell(plain(column, row.get(column))) for column in columns] for row in rows]


def plain(column: str, value: Any) -> Any:
    """Return a stored value as people read it: of those who work on a ticket, the list without brackets."""
    if column != "_assign" or not value:
        return value
    return ", ".join(json.loads(value))


def _cell(value: Any) -> Any:
    """Return a value for a cell; text that a spreadsheet would calculate is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
