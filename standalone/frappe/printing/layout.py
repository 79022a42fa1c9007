"""The fields of a document as they stand on paper when no format says otherwise: sections of labels and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe import _
from frappe.model import display_fieldtypes, table_fields
from frappe.utils import cint, cstr, escape_html
from frappe.utils.formatters import format_value
from frappe.utils.html_utils import sanitize_html

NEVER_PRINTED = frozenset({"Password", "Button", "HTML", "Fold", "Heading", "Signature", "Barcode", "Geolocation"})
RICH = frozenset({"Text Editor", "HTML Editor"})
ALREADY_HTML = frozenset({"Small Text", "Text", "Long Text", "Markdown Editor", "Table MultiSelect"})
VERBATIM = frozenset({"Code", "JSON"})


@dataclass
class Entry:
    """One value, or (`columns` and `rows`) one table; texts are HTML."""

    label: str
    html: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class Section:
    """A heading, which may be empty, and what stands below it."""

    label: str
    entries: list[Entry] = field(default_factory=list)


def sections_of(doc: Any) -> list[Section]:
    """Return what a document shows on paper, without what is empty, hidden or kept off paper."""
    sections = [Section("")]
    for df in doc.meta.fields:
        if df.fieldtype in ("Section Break", "Tab Break"):
            sections.append(Section(_(cstr(df.label)) if not df.hidden else ""))
        elif is_printed(df) and (entry := _entry(doc, df)):
            sections[-1].entries.append(entry)
    return [section for section in sections if section.entries]


def is_printed(df: Any) -> bool:
    """Tell whether a field may be on paper at all."""
    kind = df.fieldtype
    never = kind in NEVER_PRINTED or (kind in display_fieldtypes and kind not in table_fields)
    return not (never or cint(df.hidden) or cint(df.print_hide))


def _entry(doc: Any, df: Any) -> Entry | None:
    label = _(cstr(df.label or df.fieldname))
    if df.fieldtype == "Table":
        return _table(label, doc.get(df.fieldname) or [], df.options)
    value = doc.get(df.fieldname)
    if value in (None, "", []) or (cint(df.print_hide_if_no_value) and not value):
        return None
    return Entry(label, value_html(doc, df))


def _table(label: str, rows: list[Any], doctype: str) -> Entry | None:
    if not rows:
        return None
    fields = list(_columns(doctype))
    values = [[value_html(row, df) for df in fields] for row in rows]
    return Entry(label, columns=[_(cstr(df.label or df.fieldname)) for df in fields], rows=values)


def _columns(doctype: str) -> Iterator[Any]:
    """Yield the fields of a row: those of the grid, or all where the grid names none."""
    fields = [df for df in frappe.get_meta(doctype).fields if is_printed(df) and df.fieldtype not in table_fields]
    chosen = [df for df in fields if cint(df.in_list_view)]
    yield from chosen or fields


def value_html(doc: Any, df: Any) -> str:
    """Return the value of a field as HTML that is safe to show."""
    value = doc.get(df.fieldname)
    if value is None:
        return ""
    if df.fieldtype == "Check":
        return cstr(_("Yes") if cint(value) else _("No"))
    if df.fieldtype == "Attach Image":
        return f'<img src="{escape_html(cstr(value))}" alt="">'
    if df.fieldtype in RICH:
        return cstr(sanitize_html(cstr(value), always_sanitize=True))
    if df.fieldtype in VERBATIM:
        return f"<pre>{escape_html(cstr(value))}</pre>"
    shown = cstr(format_value(value, df, doc, translated=df.fieldtype == "Select"))
    return shown if df.fieldtype in ALREADY_HTML else cstr(escape_html(shown))
