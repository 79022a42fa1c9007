"""What arrives from web forms: who may send, what counts of it, and the document it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.rate_limiter import rate_limit
from frappe.types import _dict
from frappe.utils import cint, escape_html
from frappe.website.doctype.web_form.inputs import ATTACHMENTS, to_value

if TYPE_CHECKING:
    from frappe.website.doctype.web_form.web_form import WebForm

LIMIT, WINDOW = 10, 60
"""How often an address may send the same form within so many seconds."""


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(key="web_form", limit=LIMIT, seconds=WINDOW)
def accept(web_form: str, data: str | dict[str, Any]) -> dict[str, Any]:
    """Make a document from what was sent through a published form, or change one if `data` has its `name`.

    Only fields of the form count, and of those no read-only one. Returns the document's name and these fields.
    """
    from frappe.website.doctype.web_form.web_form import get_published_form

    form = get_published_form(web_form)
    check_login(form)
    sent = frappe.parse_json(data)
    if not isinstance(sent, dict):
        frappe.throw(_("Send the fields of the form as an object."))
    with _sending(form):
        doc = _existing(form, str(sent["name"])) if sent.get("name") else _new(form)
        _fill(doc, form, sent)
        _store(doc, form)
    return {"doctype": doc.doctype, "name": doc.name, **{f.fieldname: doc.get(f.fieldname) for f in form.inputs()}}


@frappe.whitelist(methods=["POST", "DELETE"])
def delete(web_form_name: str, docname: str | int) -> None:
    """Delete a document that the caller sent through a form, if the form lets people do that."""
    from frappe.website.doctype.web_form.web_form import get_published_form

    form = get_published_form(web_form_name)
    if not cint(form.allow_delete):
        frappe.throw(_("What was sent through this form cannot be deleted."), frappe.PermissionError)
    doc = find(form, str(docname), "delete")
    frappe.delete_doc(doc.doctype, doc.name, ignore_permissions=not cint(form.apply_document_permissions))


# -- who may ----------------------------------------------------------------------------------------------------------


def check_login(form: WebForm) -> None:
    """Raise PermissionError for a guest at a form for people who logged in."""
    if cint(form.login_required) and frappe.session.user == "Guest":
        frappe.throw(_("Please log in to use this form."), frappe.PermissionError)


def find(form: WebForm, name: str, ptype: str = "read") -> Any:
    """Return a document that was sent through a form. Raises DoesNotExistError unless the caller may do `ptype`."""
    doc = frappe.get_doc(form.doc_type, name) if frappe.db.exists(form.doc_type, name) else None
    if doc is None or not may(form, doc, ptype):
        frappe.throw(_("There is no such entry."), frappe.DoesNotExistError)
    return doc


def may(form: WebForm, doc: Any, ptype: str) -> bool:
    """Tell whether the session user may see or change a document through a form: the own one, if nothing else says."""
    user = frappe.session.user
    if user == "Guest":
        return False
    if cint(form.apply_document_permissions):
        return bool(frappe.has_permission(doc.doctype, ptype, doc=doc))
    return bool(doc.owner == user or frappe.has_website_permission(doc, ptype, user))


def own_response(form: WebForm) -> str | None:
    """Return what the session user has sent already, if the form takes one response only."""
    if cint(form.allow_multiple) or not cint(form.login_required) or frappe.session.user == "Guest":
        return None
    found = frappe.db.get_value(form.doc_type, {"owner": frappe.session.user}, "name", order_by="creation desc")
    return str(found) if found else None


# -- the document -----------------------------------------------------------------------------------------------------


@contextmanager
def _sending(form: WebForm) -> Iterator[None]:
    """Inside, `flags.in_web_form` is set, and nobody is known if the responses are anonymous."""
    session = frappe.local.session
    known = {key: session.get(key) for key in ("user", "sid", "data")}
    form_dict = frappe.local.form_dict
    frappe.flags.in_web_form = True
    try:
        if cint(form.anonymous) and known["user"] != "Guest":
            frappe.set_user("Guest")
        yield
    finally:
        frappe.flags.in_web_form = False
        if session.user != known["user"]:
            frappe.set_user(str(known["user"]))
            session.update(known)
            frappe.local.form_dict = form_dict


def _existing(form: WebForm, name: str) -> Any:
    if not cint(form.allow_edit):
        frappe.throw(_("What was sent through this form cannot be changed."), frappe.PermissionError)
    return find(form, name, "write")


def _new(form: WebForm) -> Any:
    if own_response(form):
        frappe.throw(_("You have sent this form already."), frappe.DuplicateEntryError)
    return frappe.new_doc(form.doc_type)


def _fill(doc: Any, form: WebForm, sent: dict[str, Any]) -> None:
    for field in form.inputs():
        if cint(field.read_only):
            value = default_of(field) if doc.is_new() else doc.get(field.fieldname)
        elif field.fieldname in sent:
            value = to_value(field, sent[field.fieldname])
        else:
            value = default_of(field) if doc.is_new() and cint(field.hidden) else doc.get(field.fieldname)
        if field.fieldtype in ATTACHMENTS and value and value != doc.get(field.fieldname):
            _check_attachment(form, field, str(value))
        doc.set(field.fieldname, value)
    _check_mandatory(doc, form)


def default_of(field: Any) -> Any:
    """Return the value a field of a form starts with."""
    text = field.default
    if text in (None, ""):
        return None
    special = {"Today": frappe.utils.nowdate(), "Now": frappe.utils.now(), "__user": frappe.session.user}
    return special[text] if text in special else to_value(field, text)


def _check_mandatory(doc: Any, form: WebForm) -> None:
    if cint(form.allow_incomplete):
        return
    missing = [field for field in form.inputs() if cint(field.reqd) and _is_empty(field, doc.get(field.fieldname))]
    if missing:
        labels = ", ".join(escape_html(_(field.label or field.fieldname)) for field in missing)
        frappe.throw(_("Please fill in: {0}").format(labels), frappe.MandatoryError, title=_("Something is missing"))


def _is_empty(field: Any, value: Any) -> bool:
    return value in (None, "") or (field.fieldtype in ("Check", "Rating") and not value)


def _check_attachment(form: WebForm, field: Any, url: str) -> None:
    """Only a file counts that the sender has just uploaded; an address of somebody else's file does not."""
    filters = {"file_url": url, "owner": frappe.session.user, "attached_to_name": ("is", "not set")}
    file: _dict | None = frappe.db.get_value("File", filters, ["name", "file_size"], as_dict=True)
    label = escape_html(field.label or field.fieldname)
    if file is None:
        frappe.throw(_("{0}: upload a file first.").format(label))
    limit = cint(form.max_attachment_size)
    if limit and file and cint(file.file_size) > limit * 1024 * 1024:
        frappe.throw(_("{0}: the file is larger than {1} MB.").format(label, limit))


def _store(doc: Any, form: WebForm) -> None:
    doc.flags.ignore_mandatory = bool(cint(form.allow_incomplete))
    ignore = not cint(form.apply_document_permissions)  # whoever may use the form may make what it makes
    if doc.is_new():
        doc.insert(ignore_permissions=ignore)
    else:
        doc.save(ignore_permissions=ignore)
