"""`frappe.get_print` and `frappe.attach_print`: documents on paper for code that sends or keeps them."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import frappe
from frappe.exceptions import MissingFrameworkFeature
from frappe.printing.page import Choice, require_printing, sheet_of
from frappe.translate import print_language
from frappe.utils import cint, cstr


def get_print(
    doctype: str | None = None,
    name: Any = None,
    print_format: str | None = None,
    style: str | None = None,
    as_pdf: bool = False,
    doc: Any = None,
    output: Any = None,
    no_letterhead: bool | int = 0,
    password: str | None = None,
    pdf_options: dict[str, Any] | None = None,
    letterhead: str | None = None,
    pdf_generator: str | None = None,
) -> str | bytes:
    """Return a document as a page of HTML or, with `as_pdf`, as the bytes of a PDF.

    The session user must be allowed to read or print it, except inside of `attach_print`; fields on levels that he may
    not read are left out, unless `doc` brings them.
    """
    if style or output is not None or password:
        raise MissingFrameworkFeature("Print styles, PDFs added to others and PDFs with a password do not exist here.")
    document = doc if doc is not None else _read(cstr(doctype), name)
    if not frappe.flags.ignore_print_permissions:
        require_printing(document)
    page = sheet_of(document, Choice(print_format, letterhead, bool(cint(no_letterhead)))).page()
    if not as_pdf:
        return page
    from frappe.utils.pdf import get_pdf

    return get_pdf(page, options=pdf_options)


def _read(doctype: str, name: Any) -> Any:
    document = frappe.get_doc(doctype, name)
    document.apply_fieldlevel_read_permissions()
    return document


def attach_print(
    doctype: str,
    name: Any,
    file_name: str | None = None,
    print_format: str | None = None,
    style: str | None = None,
    html: str | None = None,
    doc: Any = None,
    lang: str | None = None,
    print_letterhead: bool = True,
    password: str | None = None,
    letterhead: str | None = None,
) -> dict[str, Any]:
    """Return a document as an attachment, `{fname, fcontent}`; permissions are the business of who sends it.

    It is a PDF where Print Settings want that and WeasyPrint is installed, else a page of HTML.
    """
    from frappe.utils.pdf import can_make_pdf, get_pdf

    as_pdf = can_make_pdf() and frappe.get_cached_doc("Print Settings").is_on("send_print_as_pdf")
    before, frappe.flags.ignore_print_permissions = frappe.flags.ignore_print_permissions, True
    try:
        with print_language(lang) if lang else nullcontext():
            page = html or cstr(
                get_print(
                    doctype,
                    name,
                    print_format,
                    style,
                    doc=doc,
                    no_letterhead=not print_letterhead,
                    password=password,
                    letterhead=letterhead,
                )
            )
    finally:
        frappe.flags.ignore_print_permissions = before
    stem = (file_name or cstr(name)).replace(" ", "").replace("/", "-")
    if as_pdf:
        return {"fname": f"{stem}.pdf", "fcontent": get_pdf(page)}
    return {"fname": f"{stem}.html", "fcontent": page.encode()}


__all__ = ["attach_print", "get_print"]
