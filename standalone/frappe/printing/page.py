"""A document as a page for paper: by which format, with which letter head, and whether it may be printed at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.apps import get_app_path, get_module_path, scrub
from frappe.exceptions import PrintFormatError, TemplateNotFoundError
from frappe.printing.layout import sections_of
from frappe.translate import print_language
from frappe.utils import cint, cstr
from frappe.utils.jinja import get_jenv

STANDARD = "Standard"
PAGE_TEMPLATE, STANDARD_TEMPLATE = "templates/print/page.html", "templates/print/standard.html"
MARGIN = 15
SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True)
class Choice:
    """How somebody wants a document printed; None means as the site and the DocType say."""

    print_format: str | None = None
    letterhead: str | None = None
    no_letterhead: bool | None = None
    trigger_print: bool = False


@dataclass(frozen=True)
class Sheet:
    """The inside of a printed page and the styles it needs."""

    title: str
    html: str
    style: str
    trigger_print: bool = False

    def page(self) -> str:
        """Return the complete HTML page."""
        return cstr(frappe.get_template(PAGE_TEMPLATE).render({"sheet": self}))


def require_printing(doc: Any) -> None:
    """Raise PermissionError unless the session user may read or print the document."""
    if not any(doc.has_permission(right) for right in ("print", "read")) and not frappe.has_website_permission(doc):
        doc.raise_no_permission_to("print")


def sheet_of(doc: Any, choice: Choice) -> Sheet:
    """Return a document on paper, in the language of its format. Raises PrintFormatError for a format it cannot have.

    Permissions are not checked; `before_print` of the document is called with the Print Settings.
    """
    settings = frappe.get_cached_doc("Print Settings")
    _refuse_by_state(doc, settings)
    print_format = find_format(doc.doctype, choice.print_format)
    with print_language(print_format.default_print_language if print_format else None):
        doc.flags.in_print = True
        doc.run_method("before_print", settings)
        html = _html(doc, print_format, choice, settings)
        return Sheet(cstr(doc.get_title() or doc.name), html, _style(print_format, settings), choice.trigger_print)


def _refuse_by_state(doc: Any, settings: Any) -> None:
    if not doc.meta.is_submittable:
        return
    if doc.docstatus.is_draft() and not settings.is_on("allow_print_for_draft"):
        frappe.throw(_("Drafts are not printed on this site."), frappe.PermissionError)
    if doc.docstatus.is_cancelled() and not settings.is_on("allow_print_for_cancelled"):
        frappe.throw(_("Cancelled documents are not printed on this site."), frappe.PermissionError)


def find_format(doctype: str, name: str | None = None) -> Any:
    """Return the Print Format of that name or, without one, the DocType's own; None is the standard look."""
    name = name or frappe.get_meta(doctype).default_print_format or STANDARD
    if name == STANDARD:
        return None
    found = frappe.get_doc("Print Format", name)
    if cint(found.disabled):
        frappe.throw(_("Print Format {0} is switched off.").format(frappe.bold(name)), PrintFormatError)
    if found.doc_type != doctype:
        message = _("Print Format {0} is for {1}.").format(frappe.bold(name), frappe.bold(_(found.doc_type)))
        frappe.throw(message, PrintFormatError)
    return found


def _html(doc: Any, print_format: Any, choice: Choice, settings: Any) -> str:
    without = not settings.is_on("with_letterhead") if choice.no_letterhead is None else choice.no_letterhead
    head = {} if without else letter_head(doc, choice.letterhead)
    context = {
        "doc": doc,
        "meta": doc.meta,
        "layout": sections_of(doc),
        "title": doc.get_title() or doc.name,
        "print_settings": settings,
        "no_letterhead": int(without),
        "letter_head": head.get("content", ""),
        "footer": head.get("footer", ""),
        "trigger_print": int(choice.trigger_print),
    }
    return cstr(_template(print_format).render(context))


def letter_head(doc: Any, name: str | None = None) -> dict[str, str]:
    """Return `content` and `footer` of a letter head: the named one, the document's, or the site's default."""
    name = name or doc.get("letter_head") or frappe.db.get_value("Letter Head", {"is_default": 1, "disabled": 0})
    if not name:
        return {}
    found = frappe.get_cached_doc("Letter Head", name)
    return {part: _filled_in(found.get(part), doc) for part in ("content", "footer")}


def _filled_in(text: str | None, doc: Any) -> str:
    return cstr(get_jenv().from_string(text).render({"doc": doc})) if text else ""


def _template(print_format: Any) -> Any:
    if print_format is None:
        return frappe.get_template(STANDARD_TEMPLATE)
    for path in frappe.get_hooks("get_print_format_template"):
        template = frappe.get_attr(path)(jenv=get_jenv(), print_format=print_format)
        if template:
            return template
    return get_jenv().from_string(_source(print_format))


def _source(print_format: Any) -> str:
    """Return the template of a format: the file beside a standard one's record, else what the record says."""
    folder = scrub(print_format.name)
    if print_format.standard == "Yes" and print_format.module:
        path = Path(get_module_path(print_format.module), "print_format", folder, f"{folder}.html")
        if path.exists():
            return path.read_text(encoding="utf-8")
    if print_format.html:
        return str(print_format.html)
    frappe.throw(_("Print Format {0} has no template.").format(frappe.bold(print_format.name)), TemplateNotFoundError)


def _style(print_format: Any, settings: Any) -> str:
    margins = " ".join(f"{_millimetres(print_format, f'margin_{side}', MARGIN)}mm" for side in SIDES)
    own = cstr(print_format.css) if print_format else ""
    return f"@page {{ size: {_paper(settings)}; margin: {margins}; }}\n{_common_style()}\n{own}"


def _paper(settings: Any) -> str:
    size = cstr(settings.pdf_page_size) or "A4"
    width, height = (_millimetres(settings, f"pdf_page_{side}", 0) for side in ("width", "height"))
    if size == "Custom":
        return f"{width}mm {height}mm" if width and height else "A4"
    return {"Tabloid": "11in 17in"}.get(size, size)


def _millimetres(doc: Any, fieldname: str, default: float) -> float:
    value = doc.get(fieldname) if doc else None
    return float(default if value is None else value)


def _common_style() -> str:
    return Path(get_app_path("frappe", "public", "css", "print.css")).read_text(encoding="utf-8")
