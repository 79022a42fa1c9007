"""What interfaces ask the print view for; its page is made by frappe.website.page_renderers.print_page."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.printing.page import Choice, require_printing, sheet_of
from frappe.utils import cint


@frappe.whitelist()
def get_html_and_style(
    doc: str | dict[str, Any],
    name: str | None = None,
    print_format: str | None = None,
    no_letterhead: bool | int | str | None = None,
    letterhead: str | None = None,
    trigger_print: bool | int | str = False,
    style: str | None = None,
    settings: str | dict[str, Any] | None = None,
) -> dict[str, str]:
    """Return `html` and `style` of a document on paper.

    `doc` is a document, or the name of its DocType with `name` beside it; a stored document is read from the site.
    """
    document = _document(doc, name)
    require_printing(document)
    document.apply_fieldlevel_read_permissions()
    without = None if no_letterhead in (None, "") else bool(cint(no_letterhead))
    sheet = sheet_of(document, Choice(print_format, letterhead, without))
    return {"html": sheet.html, "style": sheet.style}


def _document(doc: str | dict[str, Any], name: str | None) -> Any:
    if name is not None and isinstance(doc, str):
        return frappe.get_doc(doc, name)
    values = frappe.parse_json(doc)
    if values.get("name") and not values.get("__islocal"):
        return frappe.get_doc(values["doctype"], values["name"])
    return frappe.get_doc(values)
