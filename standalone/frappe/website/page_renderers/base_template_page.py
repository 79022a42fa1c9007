"""Pages that are made from a template and a context."""

from __future__ import annotations

from typing import Any

from werkzeug.wrappers import Response

import frappe
from frappe.context import local
from frappe.types import _dict
from frappe.website.page_renderers.base_renderer import BaseRenderer
from frappe.website.website_context import build_context, csrf_token_script

CSRF_MARKER = "<!-- csrf_token -->"


class BaseTemplatePage(BaseRenderer):
    """A page with a context; a subclass gives its HTML."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.context = _dict()

    def init_context(self) -> None:
        """Fill the context with what every page knows."""
        self.context = build_context(self.path, self.context)

    def get_html(self) -> str:
        """Return the HTML of the page."""
        raise NotImplementedError

    def add_csrf_token(self, html: str) -> str:
        """Return HTML with the marker replaced by a script that sets the token of this session."""
        if CSRF_MARKER not in html:
            return html
        return html.replace(CSRF_MARKER, csrf_token_script() if local.session.user != "Guest" else "")

    def render(self) -> Response:
        html = self.add_csrf_token(self.get_html())
        return self.build_response(html, self.context.http_status_code or self.http_status_code)

    def render_template(self, template: str, **values: Any) -> str:
        """Return a template file filled in with the context of the page."""
        html: str = frappe.get_template(template).render({**self.context, **values})
        return html
