"""Tables as CSV: reading what people upload, writing what they download."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.context import local
from frappe.utils.refusals import refuse
from frappe.utils.spreadsheet_cells import inert

ENCODINGS = ("utf-8-sig", "windows-1252", "iso-8859-1")
DELIMITERS = ",;\t|"


class UnicodeWriter:
    """Collects rows and gives them as CSV text, every value in quotes, formulas made inert."""

    def __init__(self, encoding: str = "utf-8", quoting: Any = csv.QUOTE_NONNUMERIC, delimiter: str = ","):
        self.encoding = encoding
        self.queue = io.StringIO()
        self.writer = csv.writer(self.queue, quoting=quoting, delimiter=delimiter)

    def writerow(self, row: Iterable[Any]) -> None:
        self.writer.writerow([inert(value) for value in row])

    def getvalue(self) -> str:
        return self.queue.getvalue()


def to_csv(data: Iterable[Sequence[Any]], quoting: Any = csv.QUOTE_ALL, delimiter: str = ",") -> str:
    """Return rows as CSV text, formulas made inert."""
    writer = UnicodeWriter(quoting=quoting, delimiter=delimiter)
    for row in data:
        writer.writerow(row)
    return writer.getvalue()


def build_csv_response(data: Iterable[Sequence[Any]], filename: str) -> None:
    """Make rows the answer of the request, as a file to download."""
    send_csv_to_client([list(row) for row in data], filename)


def send_csv_to_client(rows: list[list[Any]], filename: str) -> None:
    """Make rows the answer of the request, as a file to download; spreadsheets recognise its encoding."""
    local.response["result"] = "\ufeff" + to_csv(rows)
    local.response["doctype"] = filename
    local.response["type"] = "csv"


def get_csv_content_from_google_sheets(url: str) -> bytes:
    """Not available: the runtime fetches nothing from elsewhere on behalf of a user."""
    raise NotImplementedError("Tables cannot be read from Google Sheets in this runtime. Download the sheet as CSV.")


def read_csv_content(fcontent: bytes | str, use_sniffer: bool = False) -> list[list[str | None]]:
    """Return the rows of CSV, blanks around values removed, empty values as None.

    Bytes may be UTF-8 or a Western encoding. The delimiter is a comma unless `use_sniffer` finds another one. Raises
    ValidationError for what is no text or has a broken row.
    """
    text = _decode(fcontent)
    delimiter = _sniff(text) if use_sniffer else ","
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        refuse(frappe._("This is not a CSV file that can be read: {0}").format(error))
    return [[cell.strip() or None for cell in row] for row in rows]


def read_csv_content_from_attached_file(doc: Any) -> list[list[str | None]]:
    """Return the rows of the first file attached to a document."""
    name = frappe.db.get_value("File", {"attached_to_doctype": doc.doctype, "attached_to_name": doc.name}, "name")
    if not name:
        refuse(frappe._("No file is attached to {0}.").format(doc.name))
    return read_csv_content(frappe.get_doc("File", name).get_content())


def _decode(content: bytes | str) -> str:
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("iso-8859-1 decodes everything")


def _sniff(text: str) -> str:
    first_line = text.partition("\n")[0]
    counts = {delimiter: first_line.count(delimiter) for delimiter in DELIMITERS}
    best = max(counts, key=lambda delimiter: counts[delimiter])
    return best if counts[best] else ","


__all__ = ["build_csv_response", "read_csv_content"]
