"""A list as a file, however long it is: rows are read in chunks and written as they come."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _

from helpdesk.bulk import operations
from helpdesk.bulk.operations import OPERATION
from helpdesk.lists import data

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_bulk_operation.hd_bulk_operation import HDBulkOperation

ACTION = "export"
AT_ONCE = 1000
CHUNK = 500
DELIMITERS = (",", ";", "\t")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would calculate."""


def start(
    doctype: str, filters: list[list[Any]], columns: list[str], order_by: str, delimiter: str
) -> "HDBulkOperation":
    """Write the rows of a list into a private CSV file, in the background when they are many; return the operation."""
    frappe.has_permission(doctype, "export", throw=True)
    if delimiter not in DELIMITERS:
        data.bad(_("The values are separated by a comma, a semicolon or a tab."))
    for column in columns:
        data.require_field(doctype, column)
    names = data.names(doctype, filters, order_by)
    arguments = {"doctype": doctype, "columns": columns, "delimiter": delimiter}
    operation = operations.begin(ACTION, arguments, names)
    if len(names) <= AT_ONCE:
        _write(operation)
    else:
        frappe.enqueue("helpdesk.bulk.exporting.run", queue="long", enqueue_after_commit=True, operation=operation.name)
    return operation


def run(operation: str) -> None:
    """Write the file of an operation, from the beginning."""
    with operations.worked_on(operation) as document:
        _write(document)


def _write(operation: "HDBulkOperation") -> None:
    arguments, names = json.loads(operation.arguments or "{}"), json.loads(operation.targets)
    doctype, columns = arguments["doctype"], arguments["columns"]
    name = f"{frappe.scrub(doctype)}-{operation.name}.csv"
    path = Path(frappe.get_site_path("private", "files", name))
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=arguments["delimiter"])
        meta = frappe.get_meta(doctype)
        writer.writerow([_(meta.get_label(column)) for column in columns])
        for rows in _chunks(doctype, columns, names):
            writer.writerows([[_cell(row.get(column)) for column in columns] for row in rows])
    operations.carry_on(operation, status=operations.DONE, done=len(names), file=_file(operation, name))


def _chunks(doctype: str, columns: list[str], names: list[Any]) -> Iterator[list[Any]]:
    """Return rows in the order of their names; what the caller may no longer read is left out."""
    for begin in range(0, len(names), CHUNK):
        chunk = names[begin : begin + CHUNK]
        rows = frappe.get_list(doctype, filters={"name": ["in", chunk]}, fields=["name", *columns], limit=len(chunk))
        found = {row.name: row for row in rows}
        yield [found[name] for name in chunk if name in found]


def _cell(value: Any) -> Any:
    """Return a value for a cell; text that a spreadsheet would calculate is marked as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _file(operation: "HDBulkOperation", name: str) -> str:
    url = f"/private/files/{name}"
    file = {"doctype": "File", "file_name": name, "file_url": url, "is_private": 1}
    attached = {"attached_to_doctype": OPERATION, "attached_to_name": operation.name}
    frappe.get_doc({**file, **attached}).insert(ignore_permissions=True)  # it holds only what its owner may read
    return url
