"""Documents on paper: `/printview?doctype=…&name=…`, and `/<DocType>/<name>` where no other page has that path."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe.context import local
from frappe.printing.page import Choice, require_printing, sheet_of
from frappe.utils import cint, cstr
from frappe.website.page_renderers.base_renderer import BaseRenderer

PATH = "printview"
POLICY = (
    "default-src 'none'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
    "script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""A page is made of what people wrote, by a template that escapes nothing by itself: no script of it may run."""


class PrintPage(BaseRenderer):
    """One document as a page for paper."""

    def can_render(self) -> bool:
        return self.path == PATH or self._named_by_path() is not None

    def render(self) -> Response:
        doc = self._named_by_path() or self._named_by_parameters()
        require_printing(doc)
        doc.apply_fieldlevel_read_permissions()
        html = sheet_of(doc, _choice()).page()
        return self.build_response(html, headers={"Content-Security-Policy": POLICY})

    def _named_by_path(self) -> Any:
        """Return the document at `/<DocType>/<name>`, None where there is none that the visitor may see."""
        kind, _, wanted = self.path.partition("/")
        doctype = wanted and frappe.db.exists("DocType", {"name": kind, "istable": 0, "issingle": 0, "is_virtual": 0})
        name = doctype and frappe.db.exists(doctype, wanted)
        if not name:
            return None
        doc = frappe.get_doc(doctype, name)
        return doc if doc.has_permission("read") or frappe.has_website_permission(doc) else None

    @staticmethod
    def _named_by_parameters() -> Any:
        form = local.form_dict
        name = cstr(form.get("name"))
        doctype = name and frappe.db.exists("DocType", cstr(form.get("doctype")))
        if not doctype:
            raise frappe.PageDoesNotExistError(frappe._("Name the document to print: doctype and name."))
        return frappe.get_doc(doctype, name)

    def _mimetype(self) -> str:
        return "text/html"


def _choice() -> Choice:
    form = local.form_dict
    without = form.get("no_letterhead")
    return Choice(
        print_format=cstr(form.get("format")) or None,
        letterhead=cstr(form.get("letterhead")) or None,
        no_letterhead=None if without in (None, "") else bool(cint(without)),
        trigger_print=bool(cint(form.get("trigger_print"))),
    )
