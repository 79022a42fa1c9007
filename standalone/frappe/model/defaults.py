"""What a new document holds before anybody has typed: user permissions, user and site defaults, the fields' defaults.

`frappe.defaults` stores the defaults of users and site; here they are put into documents.
"""

from __future__ import annotations

import copy
from typing import Any

import frappe
from frappe.context import current_state
from frappe.model import data_fieldtypes
from frappe.types import _dict
from frappe.utils import cint, flt, now_datetime, nowdate, nowtime

_NUMBERS: dict[str, Any] = {"Check": cint, "Int": cint, "Float": flt, "Currency": flt, "Percent": flt}


def get_new_doc(doctype: str, parent_doc: Any = None, parentfield: str | None = None, as_dict: bool = False) -> Any:
    """Return a new document (or `_dict`) of `doctype` with its defaults.

    `parent_doc` and `parentfield` make it a row of that table; the row is not appended.
    """
    doc = copy.copy(_template(doctype))
    for field in frappe.get_meta(doctype).get_table_fields():
        doc[field.fieldname] = []
    if parent_doc is not None:
        doc.update(parent=parent_doc.name, parenttype=parent_doc.doctype)
    if parentfield:
        doc["parentfield"] = parentfield
    _add_momentary_defaults(doc, parent_doc)
    if as_dict:
        return doc
    made = frappe.get_doc(doc)
    if parent_doc is not None:
        made.parent_doc = parent_doc
    return made


def _template(doctype: str) -> _dict:
    """Return the defaults that do not change within a request."""
    templates = current_state().new_doc_templates
    if doctype not in templates:
        templates[doctype] = _make_template(doctype)
    return templates[doctype]  # type: ignore[no-any-return]


def _make_template(doctype: str) -> _dict:
    meta = frappe.get_meta(doctype)
    user = frappe.session.user
    doc = _dict(doctype=doctype, docstatus=0, owner=user, __islocal=1)
    permissions = frappe.permissions.get_user_permissions(user) if user else {}
    defaults = frappe.defaults.get_defaults(user) if user else {}
    for field in meta.fields:
        if field.fieldtype not in data_fieldtypes or field.is_virtual:
            continue
        value = _static_default(field, meta, permissions, defaults)
        if value is not None:
            doc[field.fieldname] = value
        elif field.fieldtype == "Check":
            doc[field.fieldname] = 0
    return doc


def _static_default(field: Any, meta: Any, permissions: dict[str, Any], defaults: dict[str, Any]) -> Any:
    allowed: list[str] | None = None
    if field.fieldtype == "Link" and field.options != "User":
        allowed, preset = _allowed_values(field, meta.name, permissions)
        if preset is None:
            preset = defaults.get(field.fieldname)
            if isinstance(preset, list | tuple) or (allowed is not None and preset not in allowed):
                preset = None
        if preset and frappe.db.exists(field.options, preset, cache=True):
            return preset
    if field.default not in (None, "") and field.fieldname != meta.title_field:
        return _declared_default(field, allowed)
    if field.fieldtype == "Select" and field.options and field.options not in ("[Select]", "Loading..."):
        return field.options.split("\n")[0].strip()
    return None


def _allowed_values(field: Any, doctype: str, permissions: dict[str, Any]) -> tuple[list[str] | None, str | None]:
    """Return the documents the user is restricted to (None: any), and the one that is chosen for them."""
    if field.ignore_user_permissions or field.options not in permissions:
        return None, None
    rules = [r for r in permissions[field.options] if r.get("applicable_for") in (None, "", doctype)]
    if not rules:
        return None, None
    allowed = [r["doc"] for r in rules]
    flagged = [r["doc"] for r in rules if cint(r.get("is_default"))]
    if flagged:
        return allowed, flagged[0]
    return allowed, allowed[0] if len(allowed) == 1 else None


def _declared_default(field: Any, allowed: list[str] | None) -> Any:
    default = field.default
    if default.startswith(":") or (default.lower() == "now" and field.fieldtype in ("Datetime", "Time")):
        return None
    if default == "__user":
        return frappe.session.user
    if default in ("Today", "__today"):
        return nowdate()
    if allowed is not None and default not in allowed:
        return None
    number = _NUMBERS.get(field.fieldtype)
    return number(default) if number else default


def _add_momentary_defaults(doc: _dict, parent_doc: Any) -> None:
    """Add what depends on the moment or on the document around: Now, the time, `:DocType` of another field."""
    for field in frappe.get_meta(doc["doctype"]).fields:
        default = field.default
        if default and default.startswith(":"):
            value = _from_reference(field, parent_doc)
            if value is not None and not doc.get(field.fieldname):
                doc[field.fieldname] = value
        elif field.fieldtype == "Datetime" and default and default.lower() == "now":
            doc[field.fieldname] = now_datetime()
        elif field.fieldtype == "Time" and not doc.get(field.fieldname):
            doc[field.fieldname] = nowtime()


def _from_reference(field: Any, parent_doc: Any) -> Any:
    """Return the same field of the document that the parent, or a default, names for DocType `:X`."""
    doctype = field.default[1:]
    key = frappe.scrub(doctype)
    name = parent_doc.get(key) if parent_doc is not None else None
    name = name or frappe.db.get_default(key)
    return frappe.get_cached_value(doctype, name, field.fieldname) if name else None


def fill_missing(doc: Any) -> None:
    """Give a new document, and the new rows of any document, the defaults for what is still None."""
    if frappe.local.flags.in_import:
        return
    if doc.is_new():
        doc.update_if_missing(get_new_doc(doc.doctype, as_dict=True))
    for field in doc.meta.get_table_fields():
        fresh = [row for row in doc.get(field.fieldname) or () if row.is_new()]
        if not fresh:
            continue
        template = get_new_doc(field.options, doc, field.fieldname, as_dict=True)
        for row in fresh:
            row.update_if_missing(template)
