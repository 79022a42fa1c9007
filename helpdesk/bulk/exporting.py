"""A list as a file, however long it is: rows are read in chunks, and what is long is written in the background."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import frappe
from frappe import _

from helpdesk.bulk import operations, paper, sheets
from helpdesk.bulk.operations import OPERATION
from helpdesk.compat import can_make_pdf
from helpdesk.lists import data
from helpdesk.notifications import inapp
from helpdesk.notifications.kinds import EXPORT

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_bulk_operation.hd_bulk_operation import HDBulkOperation

ACTION = "export"
CHUNK = 500
DELIMITERS = (",", ";", "\t")
ORIENTATIONS = ("Portrait", "Landscape")
CSV, EXCEL, PDF, CONVERSATIONS = "CSV", "Excel", "PDF", "Conversations"
ENDINGS = {CSV: "csv", EXCEL: "xlsx", PDF: "pdf", CONVERSATIONS: "pdf"}
AT_ONCE = {CSV: 1000, EXCEL: 1000, PDF: 100, CONVERSATIONS: 5}
"""So many rows are written while the caller waits."""
MOST = {EXCEL: 50_000, PDF: 2_000, CONVERSATIONS: 200}
"""So many rows a file of this kind can hold; CSV holds any number."""


@dataclass(frozen=True)
class Wanted:
    """What a file shows, and how. CONVERSATIONS is a PDF with everything said on each ticket."""

    doctype: str
    columns: list[str]
    file_format: str = CSV
    delimiter: str = ","
    orientation: str = "Portrait"
    with_notes: bool = False


class Limits(TypedDict):
    """How many rows fit into a file of each kind; `has_pdf` tells whether this site can make any PDF."""

    excel: int
    pdf: int
    conversations: int
    has_pdf: bool


def limits() -> Limits:
    """Return what can be exported here."""
    return Limits(excel=MOST[EXCEL], pdf=MOST[PDF], conversations=MOST[CONVERSATIONS], has_pdf=can_make_pdf())


def start(
    wanted: Wanted, filters: list[list[Any]], order_by: str, chosen: list[Any] | None = None
) -> "HDBulkOperation":
    """Write rows of a list – the `chosen` ones, or all that match – into a private file; return the operation.

    When they are many it is written in the background, and its owner is notified.
    """
    frappe.has_permission(wanted.doctype, "export", throw=True)
    _check(wanted)
    if chosen == []:
        data.bad(_("Please choose records, or say with filters which ones."))
    names = data.names(wanted.doctype, filters if chosen is None else _naming(wanted.doctype, chosen), order_by)
    most = MOST.get(wanted.file_format, len(names))
    if len(names) > most:
        data.bad(_("A file of this kind holds {0} rows at most. Please choose fewer, or CSV.").format(most))
    operation = operations.begin(ACTION, asdict(wanted), names)
    if len(names) <= AT_ONCE[wanted.file_format]:
        _write(operation)
    else:
        frappe.enqueue("helpdesk.bulk.exporting.run", queue="long", enqueue_after_commit=True, operation=operation.name)
    return operation


def _naming(doctype: str, chosen: list[Any]) -> list[list[Any]]:
    """Return the filters for named records; a ticket that is named is meant, archived or not."""
    archived = [["is_archived", "in", [0, 1]]] if doctype == "HD Ticket" else []
    return [["name", "in", chosen], *archived]


def _check(wanted: Wanted) -> None:
    if wanted.delimiter not in DELIMITERS:
        data.bad(_("The values are separated by a comma, a semicolon or a tab."))
    if wanted.file_format not in ENDINGS:
        data.bad(_("The format is one of {0}.").format(", ".join(ENDINGS)))
    if wanted.orientation not in ORIENTATIONS:
        data.bad(_("The orientation is one of {0}.").format(", ".join(ORIENTATIONS)))
    if wanted.file_format == CONVERSATIONS and wanted.doctype != "HD Ticket":
        data.bad(_("Only tickets have conversations."))
    if ENDINGS[wanted.file_format] == "pdf" and not can_make_pdf():
        data.bad(_("This site cannot make PDF files. The operator's guide says what to install."))
    for column in wanted.columns:
        data.require_field(wanted.doctype, column)


def run(operation: str) -> None:
    """Write the file of an operation, from the beginning, and notify its owner."""
    with operations.worked_on(operation) as document:
        _write(document)
        inapp.notify(document.owner, EXPORT, message=document.file)


def _write(operation: "HDBulkOperation") -> None:
    wanted, names = Wanted(**json.loads(operation.arguments or "{}")), json.loads(operation.targets)
    name = f"{frappe.scrub(wanted.doctype)}-{operation.name}.{ENDINGS[wanted.file_format]}"
    path = Path(frappe.get_site_path("private", "files", name))
    chunks = _chunks(wanted, names)
    if wanted.file_format == CSV:
        sheets.write_csv(path, wanted.columns, _labels(wanted), chunks, wanted.delimiter)
    elif wanted.file_format == EXCEL:
        sheets.write_excel(path, wanted.columns, _labels(wanted), chunks, wanted.doctype)
    else:
        path.write_bytes(_pdf(wanted, [row for rows in chunks for row in rows]))
    operations.carry_on(operation, status=operations.DONE, done=len(names), file=_file(operation, name))


def _pdf(wanted: Wanted, rows: list[Any]) -> bytes:
    sheet = paper.Sheet(wanted.doctype, wanted.columns, _labels(wanted), wanted.orientation)
    if wanted.file_format == CONVERSATIONS:
        return paper.conversations(sheet, rows, with_notes=wanted.with_notes)
    return paper.table(sheet, rows)


def _labels(wanted: Wanted) -> list[str]:
    meta = frappe.get_meta(wanted.doctype)
    return [_(meta.get_label(column)) for column in wanted.columns]


def _chunks(wanted: Wanted, names: list[Any]) -> Iterator[list[Any]]:
    """Return rows in the order of their names; what the caller may no longer read is left out."""
    doctype, more = wanted.doctype, ["subject"] if wanted.file_format == CONVERSATIONS else []
    fields = list(dict.fromkeys(["name", *more, *wanted.columns]))
    for begin in range(0, len(names), CHUNK):
        chunk = names[begin : begin + CHUNK]
        rows = frappe.get_list(doctype, filters={"name": ["in", chunk]}, fields=fields, limit=len(chunk))
        found = {row.name: row for row in rows}
        yield [found[name] for name in chunk if name in found]


def _file(operation: "HDBulkOperation", name: str) -> str:
    url = f"/private/files/{name}"
    file = {"doctype": "File", "file_name": name, "file_url": url, "is_private": 1}
    attached = {"attached_to_doctype": OPERATION, "attached_to_name": operation.name}
    frappe.get_doc({**file, **attached}).insert(ignore_permissions=True)  # it holds only what its owner may read
    return url
