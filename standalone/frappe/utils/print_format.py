"""Documents as PDF over HTTP."""

from __future__ import annotations

import frappe
from frappe.context import local
from frappe.translate import print_language
from frappe.utils import cint, cstr
from frappe.utils.print_utils import attach_print, get_print


@frappe.whitelist(allow_guest=True)
def download_pdf(
    doctype: str,
    name: str | int,
    format: str | None = None,
    doc: str | None = None,
    no_letterhead: bool | int | str = 0,
    language: str | None = None,
    letterhead: str | None = None,
    pdf_generator: str | None = None,
) -> None:
    """Answer with a stored document as PDF; who may read or print it may have it.

    `doc` and `pdf_generator` are accepted and change nothing.
    """
    with print_language(language or local.lang):
        content = get_print(
            doctype, name, format, as_pdf=True, no_letterhead=cint(no_letterhead), letterhead=letterhead
        )
    file_name = f"{cstr(name).replace(' ', '-').replace('/', '-')}.pdf"
    local.response.update(type="pdf", filename=file_name, filecontent=content)


__all__ = ["attach_print", "download_pdf"]
