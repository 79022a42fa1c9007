"""Chooses the renderer that answers a path."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.context import local
from frappe.website.page_renderers.document_page import DocumentPage
from frappe.website.page_renderers.error_page import NotFoundPage
from frappe.website.page_renderers.list_page import ListPage
from frappe.website.page_renderers.print_page import PrintPage
from frappe.website.page_renderers.static_page import StaticPage
from frappe.website.page_renderers.template_page import TemplatePage
from frappe.website.page_renderers.web_form_page import WebFormPage
from frappe.website.routing import clean_path, get_home_page, resolve_from_rules, resolve_redirect

RENDERERS = (StaticPage, WebFormPage, DocumentPage, TemplatePage, ListPage, PrintPage)


class PathResolver:
    """From a path to its endpoint (after redirects, rules and the home page) and the renderer for it."""

    def __init__(self, path: str, http_status_code: int | None = None):
        self.path = path.strip("/ ")
        self.http_status_code = http_status_code

    def resolve(self) -> tuple[str, Any]:
        """Return (endpoint, renderer). Raises Redirect, and PageDoesNotExistError for impossible paths."""
        path = clean_path(self.path)
        resolve_redirect(path, self._query_string())
        endpoint = self._endpoint(path)
        for renderer_class in [*self._custom_renderers(), *RENDERERS]:
            renderer = renderer_class(endpoint, self.http_status_code)
            if renderer.can_render():
                return endpoint, renderer
        return endpoint, NotFoundPage(path)

    def is_valid_path(self) -> bool:
        """Tell whether some page answers this path."""
        _endpoint, renderer = self.resolve()
        return not isinstance(renderer, NotFoundPage)

    def _endpoint(self, path: str) -> str:
        for dotted in frappe.get_hooks("website_path_resolver"):
            endpoint = frappe.get_attr(dotted)(path)
            if endpoint:
                return str(endpoint)
        endpoint = resolve_from_rules(path) if path and path != "index" else get_home_page()
        return clean_path(endpoint)

    @staticmethod
    def _custom_renderers() -> list[Any]:
        return [frappe.get_attr(dotted) for dotted in frappe.get_hooks("page_renderer")]

    @staticmethod
    def _query_string() -> str:
        return local.request.query_string.decode("utf-8", "replace") if local.request else ""


def resolve_path(path: str) -> str:
    """Return the endpoint of a path."""
    return PathResolver(path)._endpoint(clean_path(path))
