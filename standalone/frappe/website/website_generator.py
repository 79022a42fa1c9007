"""The base class of DocTypes whose documents are pages of the website."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model.document import Document
from frappe.types import _dict
from frappe.website.utils import cleanup_page_name, clear_cache

MAX_ROUTE = 140


class WebsiteGenerator(Document):
    """A document with a `route` of its own; subclasses may state `website = frappe._dict(condition_field=…, …)`.

    Of `website` we read: `condition_field` (shown only while it is set), `template`, `page_title_field`.
    """

    website: Any = _dict()
    route: str | None

    def get_website_properties(self, key: str | None = None, default: Any = None) -> Any:
        """Return what the class says about its pages."""
        values = getattr(self, "website", None) or _dict()
        return values.get(key, default) if key else values

    def autoname(self) -> None:
        if not self.name and self.meta.autoname != "hash":
            self.name = self.scrubbed_title()

    def onload(self) -> None:
        self.set_onload("is_website_generator", True)
        self.set_onload("published", self.is_website_published())

    def validate(self) -> None:
        self.set_route()

    def set_route(self) -> None:
        """Give a published page without a route one, and keep routes short and clean."""
        if self.is_website_published() and not self.route:
            self.route = self.make_route()
        if self.route:
            self.route = self.route.strip("/.")[:MAX_ROUTE]

    def make_route(self) -> str:
        """Return the route for a new page: the base of the DocType and the title."""
        base = (self.meta.route or "").strip("/")
        return f"{base}/{self.scrubbed_title()}".strip("/")

    def scrubbed_title(self) -> str:
        """Return the title as part of a path."""
        return cleanup_page_name(self.get(self.get_title_field()) or self.name)

    def get_title_field(self) -> str:
        """Return the field that titles the page."""
        return str(self.get_website_properties("page_title_field") or self.meta.title_field or "name")

    def get_condition_field(self) -> str | None:
        """Return the field without which the page is not shown."""
        field = self.get_website_properties("condition_field") or self.meta.is_published_field
        return str(field) if field else None

    def is_website_published(self) -> bool:
        """Tell whether the page is shown."""
        field = self.get_condition_field()
        return bool(self.get(field)) if field else True

    def get_context(self, context: _dict) -> Any:
        """Add to the context of the page; subclasses override it."""

    def get_parents(self, context: _dict) -> list[dict[str, str]]:
        """Return the pages above this one; subclasses override it."""
        return []

    def on_update(self) -> None:
        self.clear_cache()

    def on_trash(self) -> None:
        self.clear_cache()

    def clear_cache(self) -> None:
        """Forget the page as guests saw it, under its old and its new route."""
        before = self.get_doc_before_save()
        for route in {self.get("route"), before.get("route") if before else None}:
            if route:
                clear_cache(route)


def has_website_permission(doc: Any, ptype: str = "read", user: str | None = None, verbose: bool = False) -> bool:
    """Tell whether a user may see the page of a document."""
    return bool(frappe.has_website_permission(doc, ptype, user))
