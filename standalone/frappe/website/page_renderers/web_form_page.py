"""The pages of a web form: `/route/new`, and for people who logged in `/route/list`, `/route/<name>` and `…/edit`."""

from __future__ import annotations

import importlib
import os
from typing import Any
from urllib.parse import quote

import frappe
from frappe import _
from frappe.apps import get_module_path
from frappe.context import local
from frappe.types import _dict
from frappe.utils import cint, escape_html
from frappe.website.doctype.web_form import inputs, submissions
from frappe.website.page_renderers.base_template_page import BaseTemplatePage

FORM, ENTRY, LIST = (f"templates/web_form/{name}.html" for name in ("form", "entry", "list"))
PAGE_LENGTH = 20
MAX_CHOICES = 500
MAX_PREFILLED = 2000
NOT_PREFILLED = inputs.ATTACHMENTS | {"Password"}


class WebFormPage(BaseTemplatePage):
    """A page of a published web form."""

    def __init__(self, path: str | None = None, http_status_code: int | None = None):
        super().__init__(path, http_status_code)
        self.form: Any = None
        self.rest: list[str] = []

    # -- which page

    def can_render(self) -> bool:
        from frappe.website.doctype.web_form.web_form import get_published_form, published_routes

        routes = published_routes()
        parts = self.path.split("/")
        for length in range(len(parts), 0, -1) if routes else ():
            name = routes.get("/".join(parts[:length]))
            if name and len(parts) - length <= 2:
                self.form, self.rest = get_published_form(name), parts[length:]
                return True
        return False

    def get_html(self) -> str:
        self._require_login()
        match self.rest:
            case []:
                self._redirect_from_start()
            case ["new"]:
                return self._new_form()
            case ["list"] if cint(self.form.show_list):
                return self._list()
            case [name]:
                return self._entry(name)
            case [name, "edit"] if cint(self.form.allow_edit):
                return self._edit_form(name)
        raise frappe.PageDoesNotExistError

    def _require_login(self) -> None:
        if cint(self.form.login_required) and local.session.user == "Guest":
            query = local.request.query_string.decode("utf-8", "replace") if local.request else ""
            back = f"/{self.path}" + (f"?{query}" if query else "")
            _redirect(f"/login?redirect-to={quote(back, safe='')}")

    def _redirect_from_start(self) -> None:
        page = "list" if cint(self.form.show_list) else submissions.own_response(self.form) or "new"
        query = local.request.query_string.decode("utf-8", "replace") if local.request else ""
        _redirect(self._address(page) + (f"?{query}" if query else ""))

    def _address(self, *parts: str) -> str:
        return "/" + "/".join([quote(self.form.route.strip("/")), *(quote(part, safe="") for part in parts)])

    # -- the pages

    def _new_form(self) -> str:
        if answered := submissions.own_response(self.form):
            _redirect(self._address(answered))
        return self._show(FORM, values=self._first_values(), docname=None)

    def _edit_form(self, name: str) -> str:
        doc = submissions.find(self.form, name, "write")
        values = {field.fieldname: doc.get(field.fieldname) for field in self.form.inputs()}
        return self._show(FORM, values=values, docname=doc.name)

    def _entry(self, name: str) -> str:
        doc = submissions.find(self.form, name, "read")
        rows = [
            (_(field.label or field.fieldname), _displayed(doc, field))
            for field in self.form.inputs()
            if not cint(field.hidden)
        ]
        edit = self._address(name, "edit") if cint(self.form.allow_edit) else None
        return self._show(ENTRY, rows=rows, docname=doc.name, edit_address=edit)

    def _list(self) -> str:
        page = max(1, cint(local.form_dict.get("page"), 1))
        columns = self._columns()
        rows = _rows(self.form, [field for field, _label in columns], page)
        entries = [(self._address(str(row.name)), [row.get(field) for field, _label in columns]) for row in rows]
        values = {
            "title": self.form.list_title or self.form.title,
            "columns": [label for _field, label in columns],
            "entries": entries[:PAGE_LENGTH],
            "page": page,
            "has_more": len(entries) > PAGE_LENGTH,
        }
        return self._show(LIST, **{**values, **_list_context(self.form.module)})

    def _columns(self) -> list[tuple[str, str]]:
        chosen = [(row.fieldname, row.label) for row in self.form.list_columns if row.fieldname]
        if not chosen:
            chosen = [(f.fieldname, f.label) for f in self.form.inputs() if not cint(f.hidden)][:3]
        return [(field, _(label or field)) for field, label in chosen]

    # -- the context

    def _show(self, template: str, **values: Any) -> str:
        self.init_context()
        form = self.form
        self.context.update(
            title=form.meta_title or form.title,
            heading=_(form.title),
            form=form,
            no_header=cint(form.hide_navbar),
            metatags=_metatags(form),
            new_address=self._address("new"),
            list_address=self._address("list") if cint(form.show_list) else None,
            start_address=self._address(),
            form_scripts=frappe.get_hooks("webform_include_js"),
            form_styles=frappe.get_hooks("webform_include_css"),
            **_shipped_with(form),
        )
        self.context.update(values)
        if template == FORM:
            self.context.update(fields=self._fields(values["values"]), settings=self._settings(values["docname"]))
        _let_app_add(form, self.context)
        return self.render_template(template)

    def _settings(self, docname: Any) -> dict[str, Any]:
        """Return what the script of the page has to know."""
        form = self.form
        return {
            "name": form.name,
            "doctype": form.doc_type,
            "docname": docname,
            "route": self._address(),
            "success_url": form.success_url or None,
            "max_attachment_mb": cint(form.max_attachment_size) or None,
            "user": local.session.user,
            "client_script": "\n".join(filter(None, (self.context.script, form.client_script))),
            "conditions": {
                field.fieldname: {
                    "shown": field.depends_on,
                    "required": field.mandatory_depends_on,
                    "read_only": field.read_only_depends_on,
                }
                for field in form.inputs()
                if field.depends_on or field.mandatory_depends_on or field.read_only_depends_on
            },
        }

    def _first_values(self) -> dict[str, Any]:
        """Return the defaults, and over them what the address names: links may fill in a form beforehand."""
        values: dict[str, Any] = {}
        for field in self.form.inputs():
            given = local.form_dict.get(field.fieldname)
            may_be_given = not cint(field.read_only) and field.fieldtype not in NOT_PREFILLED
            taken = isinstance(given, str) and may_be_given and len(given) <= MAX_PREFILLED
            values[field.fieldname] = given if taken else submissions.default_of(field)
        return values

    def _fields(self, values: dict[str, Any]) -> list[_dict]:
        return [_field(field, values.get(field.fieldname)) for field in self.form.web_form_fields]


def _list_context(module: str | None) -> dict[str, Any]:
    """Return what apps add to the lists of their forms: hook `webform_list_context`, called with the module."""
    added: dict[str, Any] = {}
    for path in frappe.get_hooks("webform_list_context"):
        added.update(frappe.get_attr(path)(module) or {})
    return added


def _redirect(target: str) -> None:
    local.flags.redirect_location = target
    raise frappe.Redirect(302)


def _metatags(form: Any) -> dict[str, str]:
    """An address may carry a secret: it is neither sent on nor found by search engines."""
    tags = {"referrer": "no-referrer"}
    if form.meta_description:
        tags["description"] = str(form.meta_description)
    if form.login_required:
        tags["robots"] = "noindex"
    return tags


def _field(field: Any, value: Any) -> _dict:
    """Return a field as the template shows it."""
    if field.fieldtype in inputs.UNSUPPORTED:
        raise frappe.ValidationError(_("Web forms have no fields of the type {0}.").format(field.fieldtype))
    shown = _dict(
        id=f"field-{field.fieldname}",
        control=inputs.control_of(field.fieldtype) if inputs.is_input(field.fieldtype) else "layout",
        value="" if value is None else value,
        input_type=inputs.input_type(field.fieldtype, field.options),
        autocomplete=inputs.AUTOCOMPLETE.get(field.options or "") if field.fieldtype == "Data" else None,
        stars=inputs.stars_of(field.options),
        step={"Int": "1", "Datetime": "1", "Time": "1"}.get(field.fieldtype, "any"),
        maxlength=field.max_length or (inputs.MAX_DATA if field.fieldtype in ("Data", "Phone") else None),
    )
    names = ("fieldname", "fieldtype", "label", "options", "reqd", "read_only", "hidden", "description", "placeholder")
    shown.update({name: field.get(name) for name in (*names, "max_value")})
    shown.choices = _choices(field, shown.value)
    if field.fieldtype == "Datetime" and value:
        shown.value = str(value)[:19].replace(" ", "T")
    if field.fieldtype == "Text Editor" and value:
        shown.value = frappe.utils.html2text(str(value)).strip()
    return shown


def _choices(field: Any, value: Any) -> list[str]:
    if field.fieldtype == "Link":
        return _link_choices(field, value)
    if field.fieldtype not in ("Select", "Autocomplete"):
        return []
    found = inputs.choices_of(field.options)
    return found if "" in found or cint(field.reqd) else ["", *found]


def _link_choices(field: Any, value: Any) -> list[str]:
    """Return the names a Link may take: those the user may read, or all if the form says so."""
    get = frappe.get_all if cint(field.allow_read_on_all_link_options) else frappe.get_list
    try:
        names = get(field.options, pluck="name", order_by="name asc", limit=MAX_CHOICES)
    except frappe.PermissionError:
        frappe.clear_last_message()
        names = []
    return ["", *dict.fromkeys(str(name) for name in [*([value] if value else []), *names])]


def _displayed(doc: Any, field: Any) -> str:
    """Return the value of a field as HTML."""
    value = doc.get(field.fieldname)
    if value in (None, ""):
        return ""
    if field.fieldtype == "Rating":
        stars = inputs.stars_of(field.options)
        return escape_html(_("{0} of {1} stars").format(round(float(value) * stars), stars))
    if field.fieldtype == "Check":
        return escape_html(_("Yes") if cint(value) else _("No"))
    if field.fieldtype == "Text Editor":
        return str(frappe.utils.sanitize_html(str(value), always_sanitize=True))
    if field.fieldtype == "Password":
        return "••••••"
    shown = escape_html(str(value)).replace("\n", "<br>")
    local_file = field.fieldtype in inputs.ATTACHMENTS and str(value).startswith(("/files/", "/private/files/"))
    return f'<a href="{escape_html(str(value))}">{shown}</a>' if local_file else shown


def _rows(form: Any, columns: list[str], page: int) -> list[Any]:
    """Return one page of what the user sent (or may read, if the form goes by permissions), and one row more."""
    filters = form.conditions()
    query = frappe.get_list if cint(form.apply_document_permissions) else frappe.get_all
    if not cint(form.apply_document_permissions):
        filters.append([form.doc_type, "owner", "=", local.session.user])
    rows: list[Any] = query(
        form.doc_type,
        filters=filters,
        fields=list(dict.fromkeys(["name", *columns])),
        order_by="creation desc",
        limit_start=(page - 1) * PAGE_LENGTH,
        limit_page_length=PAGE_LENGTH + 1,
    )
    return rows


# -- what an app ships beside the record of a standard form -----------------------------------------------------------


def _folder(form: Any) -> str | None:
    if not cint(form.is_standard) or not form.module:
        return None
    return os.path.join(get_module_path(form.module), "web_form", frappe.scrub(form.name))


def _shipped_with(form: Any) -> dict[str, str]:
    """Return `script` and `style`: the `.js` and `.css` beside the record."""
    found = {"script": "", "style": form.custom_css or ""}
    folder = _folder(form)
    for key, ending in (("script", "js"), ("style", "css")) if folder else ():
        path = os.path.join(folder or "", f"{frappe.scrub(form.name)}.{ending}")
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                found[key] = f"{file.read()}\n{found[key]}"
    return found


def _let_app_add(form: Any, context: _dict) -> None:
    """Call `get_context(context)` of the module beside the record."""
    folder = _folder(form)
    name = frappe.scrub(form.name)
    if not folder or not os.path.isfile(os.path.join(folder, f"{name}.py")):
        return
    scrubbed = frappe.scrub(form.module)
    module = importlib.import_module(f"{local.module_app[scrubbed]}.{scrubbed}.web_form.{name}.{name}")
    if hasattr(module, "get_context"):
        context.update(frappe.call(module.get_context, context=context) or {})
