"""Tables as Excel workbooks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import frappe
from frappe.context import local
from frappe.utils.refusals import refuse
from frappe.utils.spreadsheet_cells import inert

ILLEGAL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
SHEET_TITLE = 31
CELL_LENGTH = 32_767


def make_xlsx(
    data: Iterable[Sequence[Any]],
    sheet_name: str,
    wb: Any = None,
    column_widths: Sequence[float] | None = None,
    header_index: int = 0,
    has_filters: bool = False,
) -> io.BytesIO:
    """Return a workbook with one sheet; the header row is bold, HTML becomes text, formulas are made inert."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = wb if wb is not None else Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(sheet_name), 0)
    for index, width in enumerate(column_widths or (), start=1):
        if width:
            sheet.column_dimensions[get_column_letter(index)].width = width
    bold = Font(bold=True)
    number = -1
    for number, row in enumerate(data):
        cells = [WriteOnlyCell(sheet, value=cell_value(value)) for value in row]
        if number == header_index:
            for cell in cells:
                cell.font = bold
        sheet.append(cells)
        last_column = get_column_letter(max(len(cells), 1))
    if has_filters and number >= header_index:
        sheet.auto_filter.ref = f"A{header_index + 1}:{last_column}{number + 1}"
    output = io.BytesIO()
    book.save(output)
    output.seek(0)
    return output


def _sheet_title(name: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", name)[:SHEET_TITLE] or "Sheet"


def cell_value(value: Any) -> Any:
    """Return what a cell can hold: plain text without markup, numbers, dates; anything else as text."""
    import datetime

    if value is None or isinstance(value, int | float | datetime.date | datetime.time | datetime.timedelta):
        return value
    text = ILLEGAL_CHARACTERS.sub("", handle_html(str(value)))[:CELL_LENGTH]
    return inert(text)


def handle_html(data: Any) -> Any:
    """Return HTML as text; anything without a tag unchanged."""
    from frappe.utils.strings import html2text, is_html

    if not is_html(data):
        return data
    return html2text(data, wrap=False).replace("  \n", ", ").replace("\n", " ").replace("# ", ", ").strip()


def read_xlsx_file_from_attached_file(
    file_url: str | None = None, fcontent: bytes | None = None, filepath: str | None = None
) -> list[list[Any]] | None:
    """Return the rows of the first sheet of a workbook, given as a File, as bytes or as a path; None without any."""
    if file_url:
        content = frappe.get_doc("File", {"file_url": file_url}).get_content()
        return _read(io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    if fcontent:
        return _read(io.BytesIO(fcontent))
    return _read(filepath) if filepath else None


def _read(source: Any) -> list[list[Any]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(filename=source, data_only=True, read_only=True)
        return [list(row) for row in book.active.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        refuse(frappe._("This is not an Excel workbook that can be read: {0}").format(error))


def build_xlsx_response(data: Iterable[Sequence[Any]], filename: str) -> None:
    """Make rows the answer of the request, as a workbook to download."""
    local.response["filename"] = f"{filename}.xlsx"
    local.response["filecontent"] = make_xlsx(data, filename).getvalue()
    local.response["type"] = "binary"


def read_xls_file_from_attached_file(content: bytes) -> list[list[Any]]:
    """Not available: workbooks of Excel 97 to 2003."""
    raise NotImplementedError("Workbooks in the old .xls format cannot be read. Save the file as .xlsx or CSV.")


__all__ = ["build_xlsx_response", "make_xlsx"]
