"""Controller of the DocType Website Settings: brand, home page, signing up and redirects of the site."""

import re
from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html


class WebsiteSettings(Document):
    """How the site presents itself."""

    if TYPE_CHECKING:
        home_page: str | None

    def validate(self) -> None:
        self._validate_home_page()
        self._validate_redirects()

    def on_update(self) -> None:
        frappe.clear_document_cache(self.doctype, self.name)
        frappe.clear_website_cache()
        frappe.cache.delete_value("home_page")

    def _validate_home_page(self) -> None:
        home = (self.home_page or "").strip()
        if home.startswith(("http://", "https://", "//")):
            frappe.throw(_("The home page is a path of this site: {0}").format(escape_html(home)))
        self.home_page = home.strip("/") or None

    def _validate_redirects(self) -> None:
        for row in self.get("route_redirects"):
            try:
                re.compile((row.source or "").strip("/"))
            except re.error as error:
                frappe.throw(
                    _("The redirect source {0} is not a valid pattern: {1}").format(escape_html(row.source), str(error))
                )
