"""Controller of the DocType Web Form: a form on the website that makes (or changes) documents of one DocType.

The page is `frappe.website.page_renderers.web_form_page`; what is sent arrives in `submissions`, beside this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.types import _dict
from frappe.utils import cint, escape_html
from frappe.website.doctype.web_form.inputs import UNSUPPORTED, is_input
from frappe.website.doctype.web_form.submissions import accept, delete
from frappe.website.website_generator import WebsiteGenerator

__all__ = ["WebForm", "accept", "delete", "get_published_form", "published_routes"]

ROUTES_CACHE = "web_form_routes"


class WebForm(WebsiteGenerator):
    """A form of the website. What is sent becomes a document of `doc_type`."""

    website = _dict(condition_field="published", page_title_field="title")

    if TYPE_CHECKING:
        title: str
        doc_type: str
        module: str | None
        published: int
        login_required: int
        anonymous: int
        apply_document_permissions: int
        allow_edit: int
        allow_multiple: int
        allow_delete: int
        allow_incomplete: int
        show_list: int
        max_attachment_size: int | None
        button_label: str | None
        success_title: str | None
        success_message: str | None
        success_url: str | None
        condition_json: str | None
        web_form_fields: list[Any]
        list_columns: list[Any]

    def validate(self) -> None:
        self.route = self.route or frappe.website.utils.cleanup_page_name(self.title)
        super().validate()
        self._validate_fields()
        self._validate_access()
        self._validate_condition()

    def on_update(self) -> None:
        super().on_update()
        forget_routes()

    def on_trash(self) -> None:
        super().on_trash()
        forget_routes()

    def inputs(self) -> list[Any]:
        """Return the fields that carry a value."""
        return [field for field in self.get("web_form_fields") if is_input(field.fieldtype)]

    def conditions(self) -> list[Any]:
        """Return the filters that every document of the form's list fits."""
        return list(frappe.parse_json(self.condition_json or "[]"))

    # -- validation ----------------------------------------------------------------------------------------------------

    def _validate_fields(self) -> None:
        meta = frappe.get_meta(self.doc_type)
        for field in self.get("web_form_fields"):
            name = escape_html(field.label or field.fieldname or field.fieldtype)
            if field.fieldtype in UNSUPPORTED:
                frappe.throw(_("Web forms have no fields of the type {0}: {1}").format(field.fieldtype, name))
            if is_input(field.fieldtype) and not meta.has_field(field.fieldname):
                frappe.throw(_("{0} has no field {1}.").format(self.doc_type, name))

    def _validate_access(self) -> None:
        needs_login = ("allow_edit", "allow_delete", "show_list", "apply_document_permissions")
        for fieldname in needs_login:
            if cint(self.get(fieldname)) and not cint(self.login_required):
                label = _(self.meta.get_label(fieldname))
                frappe.throw(_("“{0}” needs people to log in: set “Login Required” as well.").format(label))

    def _validate_condition(self) -> None:
        try:
            conditions = frappe.parse_json(self.condition_json or "[]")
        except ValueError:
            conditions = None
        if not isinstance(conditions, list):
            frappe.throw(_("The condition of a web form is a JSON list of filters."))


# -- finding forms ----------------------------------------------------------------------------------------------------


def published_routes() -> dict[str, str]:
    """Return `{route: name}` of the published forms."""
    found: dict[str, str] = frappe.cache.get_value(ROUTES_CACHE, _read_routes)
    return found


def _read_routes() -> dict[str, str]:
    if not frappe.db.table_exists("Web Form"):
        return {}  # a site that has not been migrated yet
    rows = frappe.get_all("Web Form", filters={"published": 1}, fields=["name", "route"])
    return {row.route.strip("/"): row.name for row in rows if row.route}


def forget_routes() -> None:
    """Read the routes anew at the next request."""
    frappe.cache.delete_value(ROUTES_CACHE)


def get_published_form(name: str) -> WebForm:
    """Return a published form. Raises DoesNotExistError for all others, whether they are there or not."""
    if name not in published_routes().values():
        frappe.throw(_("There is no such form."), frappe.DoesNotExistError)
    form: WebForm = frappe.get_cached_doc("Web Form", name)
    return form
