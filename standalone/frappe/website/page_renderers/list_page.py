"""The list page of a DocType with a web view: `/articles` for a DocType whose `route` is `articles`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Template

import frappe
from frappe import _
from frappe.context import local
from frappe.modules.utils import load_doctype_module
from frappe.types import _dict
from frappe.utils import cint, cstr
from frappe.utils.jinja import get_jenv
from frappe.website.page_renderers.base_template_page import BaseTemplatePage
from frappe.website.page_renderers.document_page import condition_of
from frappe.website.website_context import DEFAULT_BASE

LIST_ROUTES_CACHE = "website_list_routes"
LIST = "templates/list/list.html"
ROW = "templates/list/row.html"
PAGE_LENGTH = 20
MAX_START = 10**9
MAX_TEXT = 140
SEARCHED = frozenset({"Data", "Text", "Small Text", "Long Text", "Text Editor", "Markdown Editor", "Select", "Link"})


class ListPage(BaseTemplatePage):
    """Published documents with links to their pages; `?start=` pages through them, `?txt=` searches.

    `get_list_context(context)` in the controller's module may return, or set on the context, `title`, `sub_title`,
    `introduction`, `parents` (the way back: `{title, route}` each) unless `no_breadcrumbs`, `filters`, `order_by`,
    `no_result_message`, `row_template`, `get_list(doctype, txt, filters, limit_start, limit_page_length, order_by)`,
    and `list_template`, which shows the page instead of ours. That one finds in its context the rows as HTML in
    `result`, `show_more` and `next_start`.
    """

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.doctype = ""

    def can_render(self) -> bool:
        self.doctype = _list_routes().get(self.path, "")
        return bool(self.doctype)

    def get_html(self) -> str:
        meta = frappe.get_meta(self.doctype)
        self.init_context()
        self.context.update({"title": _(meta.name), "doctype": meta.name, "meta": meta})
        self.context.update(_context_of_module(meta.name, self.context))
        txt = cstr(local.form_dict.get("txt")).strip()[:MAX_TEXT]
        start = min(max(0, cint(local.form_dict.get("start") or local.form_dict.get("limit_start"))), MAX_START)
        rows = _rows(meta, self.context, txt, start)
        template = _row_template(meta, self.context)
        self.context.update(
            {
                "txt": txt,
                "start": start,
                "page_length": PAGE_LENGTH,
                "show_more": len(rows) > PAGE_LENGTH,
                "next_start": start + PAGE_LENGTH,
                "result": [self._row(template, row) for row in rows[:PAGE_LENGTH]],
            }
        )
        return (
            self._whole_page(self.context.list_template) if self.context.list_template else self.render_template(LIST)
        )

    def _whole_page(self, template: str) -> str:
        """Return the template of the app, inside the base template if it is only a part of a page."""
        html = self.render_template(template)
        return html if "</body>" in html else self.render_template(DEFAULT_BASE, page_content=html)

    def _row(self, template: Template, row: Any) -> str:
        title = row.get(self.context.meta.get_title_field()) or row.get("name")
        return template.render({**self.context, "doc": row, "row_title": title, "row_route": row.get("route")})


def _list_routes() -> dict[str, str]:
    found: dict[str, str] = frappe.cache.get_value(LIST_ROUTES_CACHE, _read_list_routes)
    return found


def _read_list_routes() -> dict[str, str]:
    """Return the DocTypes that have a list page, by its route."""
    filters = {"has_web_view": 1, "istable": 0, "issingle": 0, "route": ["is", "set"]}
    rows = frappe.get_all("DocType", filters=filters, fields=["name", "route"], order_by="name desc")
    return {row.route.strip("/"): row.name for row in rows if row.route.strip("/")}


def _context_of_module(doctype: str, context: _dict) -> Mapping[str, Any]:
    module = load_doctype_module(doctype, missing_ok=True)
    get_list_context = getattr(module, "get_list_context", None)
    return (frappe.call(get_list_context, context=context) or {}) if get_list_context else {}


def _rows(meta: Any, context: _dict, txt: str, start: int) -> list[Any]:
    """Return one page of documents, and one more if others follow. Raises PermissionError."""
    condition = meta.is_published_field or condition_of(meta.name)
    filters = {**({condition: 1} if condition else {}), **(context.filters or {})}
    get_list = context.get_list or (get_published if meta.allow_guest_to_view else get_permitted)
    return list(
        frappe.call(
            get_list,
            doctype=meta.name,
            txt=txt,
            filters=filters,
            limit_start=start,
            limit_page_length=PAGE_LENGTH + 1,
            order_by=context.order_by or "creation desc",
        )
        or ()
    )


def get_permitted(doctype: str, txt: str, filters: Any, **options: Any) -> list[Any]:
    """Return the documents that the session user may read. Raises PermissionError."""
    found: list[Any] = frappe.get_list(doctype, filters=filters, or_filters=_search(doctype, txt), **_all(options))
    return found


def get_published(doctype: str, txt: str, filters: Any, **options: Any) -> list[Any]:
    """Return the documents of a DocType whose pages every guest may see."""
    found: list[Any] = frappe.get_all(doctype, filters=filters, or_filters=_search(doctype, txt), **_all(options))
    return found


def _all(options: dict[str, Any]) -> dict[str, Any]:
    return {"fields": ["*"], **options}


def _search(doctype: str, txt: str) -> dict[str, Any]:
    """Return the conditions for a text: the name, the title or one of the search fields contains it."""
    if not txt:
        return {}
    meta = frappe.get_meta(doctype)
    names = ["name", meta.get_title_field(), meta.website_search_field, *meta.get_search_fields()]
    return {name: ["like", f"%{txt}%"] for name in names if name == "name" or _is_text(meta.get_field(name))}


def _is_text(field: Any) -> bool:
    return field is not None and field.fieldtype in SEARCHED


def public_lists() -> list[str]:
    """Return the routes of the list pages that every guest may see."""
    return [route for route, doctype in _list_routes().items() if frappe.get_meta(doctype).allow_guest_to_view]


def _row_template(meta: Any, context: _dict) -> Template:
    """Return the template of a row: the one named, `templates/<doctype>_row.html` beside the controller, or ours."""
    if context.row_template:
        return get_jenv().get_template(context.row_template)
    scrubbed, module = frappe.scrub(meta.name), frappe.scrub(meta.module)
    shipped = f"{local.module_app[module]}/{module}/doctype/{scrubbed}/templates/{scrubbed}_row.html"
    return get_jenv().select_template([shipped, ROW])
