"""Pages that are documents: DocTypes with a web view, found by their `route`."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.controllers import get_controller
from frappe.utils.jinja import get_jenv
from frappe.website.page_renderers.base_template_page import BaseTemplatePage
from frappe.website.website_context import DEFAULT_BASE

GENERATORS_CACHE = "website_generator_doctypes"


class DocumentPage(BaseTemplatePage):
    """The page of one document of a DocType with a web view."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.doctype: str | None = None
        self.docname: Any = None

    def can_render(self) -> bool:
        for doctype, condition_field in _web_view_doctypes():
            filters: dict[str, Any] = {"route": self.path}
            if condition_field:
                filters[condition_field] = 1
            name = frappe.db.get_value(doctype, filters, "name")
            if name:
                self.doctype, self.docname = doctype, name
                return True
        return False

    def get_html(self) -> str:
        document = frappe.get_doc(self.doctype, self.docname)
        self._check_access(document)
        self.init_context()
        self.context.update(
            {"doc": document, "title": document.get_title() or document.name, "base_template": DEFAULT_BASE}
        )
        self.context.update({key: value for key, value in document.as_dict().items() if key not in self.context})
        if hasattr(document, "get_context"):
            document.get_context(self.context)
        template = self.context.template or _template_of(document)
        html = str(get_jenv().get_template(template).render(self.context))
        if "</body>" in html:
            return html
        return self.render_template(self.context.base_template, page_content=html)

    def _check_access(self, document: Any) -> None:
        if document.meta.allow_guest_to_view:
            return
        if not frappe.has_website_permission(document):
            raise frappe.PermissionError(frappe._("You may not see this page."))


def public_documents(limit: int) -> list[Any]:
    """Return `route` and `modified` of the documents whose pages every guest may see."""
    found: list[Any] = []
    for doctype, condition_field in _web_view_doctypes():
        if not frappe.get_meta(doctype).allow_guest_to_view:
            continue
        filters: dict[str, Any] = {"route": ["is", "set"]}
        if condition_field:
            filters[condition_field] = 1
        found += frappe.get_all(doctype, filters=filters, fields=["route", "modified"], limit=limit, order_by="route")
    return found[:limit]


def _template_of(document: Any) -> str:
    website = getattr(document, "website", None) or {}
    if website.get("template"):
        return str(website["template"])
    scrubbed = frappe.scrub(document.doctype)
    app = frappe.local.module_app[frappe.scrub(document.meta.module)]
    return f"{app}/{frappe.scrub(document.meta.module)}/doctype/{scrubbed}/templates/{scrubbed}.html"


def _web_view_doctypes() -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = frappe.cache.get_value(GENERATORS_CACHE, _read_web_view_doctypes)
    return found


def _read_web_view_doctypes() -> list[tuple[str, str | None]]:
    """Return the DocTypes with a web view, and those that apps name in `website_generators`."""
    named = frappe.get_hooks("website_generators")
    rows = frappe.get_all(
        "DocType",
        filters={"istable": 0, "issingle": 0},
        or_filters={"has_web_view": 1, "name": ["in", named or [""]]},
        fields=["name", "is_published_field"],
        order_by="name asc",
    )
    found = [row for row in rows if frappe.get_meta(row.name).has_field("route")]
    return [(row.name, row.is_published_field or condition_of(row.name)) for row in found]


def condition_of(doctype: str) -> str | None:
    """Return the field that tells whether a document is published, as its controller says."""
    website = getattr(get_controller(doctype), "website", None) or {}
    return website.get("condition_field")
