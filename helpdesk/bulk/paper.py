"""Rows as pages: a table, or every ticket with its conversation."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import cint, flt, format_datetime, now_datetime
from frappe.utils.pdf import get_pdf

from helpdesk.conversation import transcript
from helpdesk.conversation.rendering import text_of
from helpdesk.conversation.timeline import avatars
from helpdesk.tickets.reference import reference_of

MOST_CHARACTERS = 300
"""Longer texts are cut in a table."""
TITLES = {"HD Ticket": "Tickets", "HD Customer": "Customers", "Contact": "Contacts", "TP Call Log": "Calls"}
IN_THE_HEADING = ("name", "subject")
MARGINS = {f"margin-{side}": "12mm" for side in ("top", "right", "bottom", "left")}
WRITTEN = frozenset({"Text Editor", "HTML Editor", "Long Text", "Small Text", "Text"})


@dataclass(frozen=True)
class Sheet:
    """What a page shows of each record."""

    doctype: str
    columns: list[str]
    labels: list[str]
    orientation: str


def table(sheet: Sheet, rows: list[Any]) -> bytes:
    """Return rows as a table in a PDF."""
    shown = _Cells(sheet, rows)
    return _pdf(sheet, "table", {"lines": [shown.of(row) for row in rows]})


def conversations(sheet: Sheet, rows: list[Any], *, with_notes: bool) -> bytes:
    """Return tickets in a PDF, each on a page of its own with what was said on it."""
    shown = _Cells(sheet, rows)
    said = transcript.of_many([row.name for row in rows], with_notes=with_notes)
    tickets = [
        {
            "reference": reference_of(row.name),
            "subject": row.subject,
            "fields": [
                (label, text)
                for column, label, text in zip(sheet.columns, sheet.labels, shown.of(row), strict=True)
                if text and column not in IN_THE_HEADING
            ],
            "entries": said.get(str(row.name), []),
        }
        for row in rows
    ]
    return _pdf(sheet, "conversations", {"tickets": tickets, "format_datetime": format_datetime})


def _pdf(sheet: Sheet, template: str, values: dict[str, Any]) -> bytes:
    page = {
        "title": _(TITLES.get(sheet.doctype, sheet.doctype)),
        "labels": sheet.labels,
        "printed": _("{0}, by {1}").format(
            format_datetime(now_datetime()), frappe.utils.get_fullname(frappe.session.user)
        ),
        **values,
    }
    html = frappe.render_template(f"helpdesk/templates/paper/{template}.html", page)
    return get_pdf(html, {"page-size": "A4", "orientation": sheet.orientation, **MARGINS})


class _Cells:
    """Turns stored values into the words of a page."""

    def __init__(self, sheet: Sheet, rows: list[Any]) -> None:
        meta = frappe.get_meta(sheet.doctype)
        self.is_ticket = sheet.doctype == "HD Ticket"
        self.columns = [(column, meta.get_field(column)) for column in sheet.columns]
        self.people = avatars(_assigned(rows)) if "_assign" in sheet.columns else {}

    def of(self, row: Any) -> list[str]:
        return [self._text(column, df, row.get(column)) for column, df in self.columns]

    def _text(self, column: str, df: Any, value: Any) -> str:
        if value in (None, ""):
            return ""
        if column == "_assign":
            return ", ".join(self.people[user]["name"] for user in json.loads(value))
        if column in ("creation", "modified"):
            return str(format_datetime(value))
        if column == "name" and self.is_ticket:
            return reference_of(value)
        if df is None:
            return str(value)
        return self._of_field(df, value)

    def _of_field(self, df: Any, value: Any) -> str:
        if df.fieldtype == "Check":
            return _("Yes") if cint(value) else ""
        if df.fieldtype == "Rating":
            return f"{flt(value) * 5:g}" if flt(value) else ""
        if df.fieldtype in WRITTEN:
            text = text_of(str(value))
            return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
        if df.fieldtype in ("Select", "Link"):
            return _(str(value)) if df.fieldtype == "Select" else str(value)
        return str(frappe.format(value, df))


def _assigned(rows: Iterable[Any]) -> list[str]:
    return [user for row in rows if row.get("_assign") for user in json.loads(row._assign)]
