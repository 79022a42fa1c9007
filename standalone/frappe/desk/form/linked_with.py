"""What points at a document: for looking around, and for cancelling it together with what depends on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.api.payload import json_argument
from frappe.handler import require_doctype
from frappe.model import table_fields
from frappe.model.link_graph import LinkField, dynamic_link_fields, link_fields_to
from frappe.types import _dict

MOST_LINKED = 500


@frappe.whitelist()
def get_linked_doctypes(
    doctype: str, without_ignore_user_permissions_enabled: bool = False
) -> dict[str, dict[str, Any]]:
    """Return the DocTypes that point at one: `{DocType: {fieldname: […], child_doctype?, doctype_fieldname?}}`.

    A field in a child table counts for the DocTypes that have the table.
    """
    frappe.has_permission(require_doctype(doctype), "read", throw=True)
    found: dict[str, dict[str, Any]] = {}
    for link, holder in _holders(doctype):
        if without_ignore_user_permissions_enabled and _ignores_user_permissions(link):
            continue
        entry = found.setdefault(holder, {"fieldname": []})
        if link.istable:
            entry["child_doctype"] = link.doctype
        if link.selector:
            entry["doctype_fieldname"] = link.selector
        if link.fieldname not in entry["fieldname"]:
            entry["fieldname"].append(link.fieldname)
    return found


@frappe.whitelist()
def get_linked_docs(
    doctype: str, name: str | int, linkinfo: str | dict[str, Any] | None = None
) -> dict[str, list[_dict]]:
    """Return `{DocType: [rows]}` of the documents that point at one and that the user may read.

    `linkinfo` narrows it to its DocTypes; which fields point there is known here.
    """
    frappe.has_permission(require_doctype(doctype), "read", doc=name, throw=True)
    wanted = json_argument(linkinfo, "linkinfo", dict)
    found: dict[str, dict[str, _dict]] = {}
    for link, holder in _holders(doctype):
        if (wanted is not None and holder not in wanted) or not frappe.has_permission(holder, "read"):
            continue
        for row in frappe.get_list(
            holder,
            fields=_shown_fields(holder),
            filters=_conditions(link, holder, doctype, name),
            distinct=True,
            order_by="modified desc",
            limit=MOST_LINKED,
        ):
            if (holder, str(row.name)) != (doctype, str(name)):
                found.setdefault(holder, {})[str(row.name)] = row
    return {holder: list(rows.values()) for holder, rows in found.items()}


@frappe.whitelist()
def get(doctype: str, docname: str | int) -> dict[str, list[_dict]]:
    """Return what points at a document."""
    return get_linked_docs(doctype, docname)


@frappe.whitelist()
def get_submitted_linked_docs(
    doctype: str, name: str | int, ignore_doctypes_on_cancel_all: str | list[str] | None = None
) -> dict[str, Any]:
    """Return `{docs: [{doctype, name, docstatus}], count}` of the submitted documents that depend on one.

    What depends on those is there too. Only what the user may read is named.
    """
    frappe.has_permission(require_doctype(doctype), "read", doc=name, throw=True)
    left_out = {*get_exempted_doctypes(), *(json_argument(ignore_doctypes_on_cancel_all, "ignored", list) or [])}
    seen = {(doctype, str(name))}
    waiting: list[tuple[str, Any]] = [(doctype, name)]
    docs: list[dict[str, Any]] = []
    while waiting:
        for holder, found in _submitted(*waiting.pop(0), left_out):
            if (holder, str(found)) not in seen:
                seen.add((holder, str(found)))
                waiting.append((holder, found))
                if frappe.has_permission(holder, "read", doc=found):
                    docs.append({"doctype": holder, "name": found, "docstatus": 1})
    return {"docs": docs, "count": len(docs)}


@frappe.whitelist(methods=["POST"])
def cancel_all_linked_docs(
    docs: str | list[dict[str, Any]], ignore_doctypes_on_cancel_all: str | list[str] | None = None
) -> None:
    """Cancel documents, the dependent ones first: `docs` is what `get_submitted_linked_docs` found."""
    ignored = json_argument(ignore_doctypes_on_cancel_all, "ignored", list) or []
    for given in reversed(json_argument(docs, "docs", list) or []):
        if isinstance(given, dict) and validate_linked_doc(given, ignored):
            frappe.get_doc(require_doctype(given["doctype"]), given["name"]).cancel()


def validate_linked_doc(docinfo: dict[str, Any], ignore_doctypes_on_cancel_all: Iterable[str] | None = None) -> bool:
    """Tell whether a document can be cancelled along: submitted, and of no DocType that is left alone."""
    doctype = docinfo.get("doctype")
    if not doctype or doctype in {*get_exempted_doctypes(), *(ignore_doctypes_on_cancel_all or ())}:
        return False
    if not frappe.get_meta(doctype).is_submittable:
        return False
    return bool(frappe.db.get_value(doctype, docinfo.get("name"), "docstatus") == 1)


def get_exempted_doctypes() -> list[str]:
    """Return the DocTypes that apps never have cancelled along (hook `auto_cancel_exempted_doctypes`)."""
    return list(frappe.get_hooks("auto_cancel_exempted_doctypes"))


def _holders(doctype: str) -> Iterable[tuple[LinkField, str]]:
    """Return the fields that can point at a DocType, each with the DocType of the documents people know."""
    parents: dict[str, list[str]] = {}
    for link in [*link_fields_to(doctype), *dynamic_link_fields()]:
        if link.issingle:
            continue
        if not link.istable:
            yield link, link.doctype
            continue
        if link.doctype not in parents:
            parents[link.doctype] = _parents_of(link.doctype)
        for parent in parents[link.doctype]:
            yield link, parent


def _parents_of(child: str) -> list[str]:
    query = (
        "select `parent` from `tabDocField` where `options` = %(child)s and `fieldtype` in %(types)s"
        " union select `dt` from `tabCustom Field` where `options` = %(child)s and `fieldtype` in %(types)s"
    )
    names = frappe.db.sql_list(query, {"child": child, "types": tuple(table_fields)})
    return [name for name in names if not frappe.get_meta(name).issingle]


def _ignores_user_permissions(link: LinkField) -> bool:
    field = frappe.get_meta(link.doctype).get_field(link.fieldname)
    return bool(field and field.ignore_user_permissions)


def _conditions(link: LinkField, holder: str, doctype: str, name: Any) -> list[list[Any]]:
    table = link.doctype if link.istable else holder
    conditions: list[list[Any]] = [[table, link.fieldname, "=", str(name)]]
    if link.selector:
        conditions.append([table, link.selector, "=", doctype])
    return conditions


def _shown_fields(doctype: str) -> list[str]:
    meta = frappe.get_meta(doctype)
    columns = set(meta.get_valid_columns())
    shown = ["name", "docstatus", "modified", meta.get_title_field(), *meta.get_list_fields()]
    return [field for field in dict.fromkeys(shown) if field in columns]


def _submitted(doctype: str, name: Any, left_out: set[str]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for link, holder in _holders(doctype):
        if holder in left_out or not frappe.get_meta(holder).is_submittable or link.fieldname == "amended_from":
            continue
        conditions = [*_conditions(link, holder, doctype, name), [holder, "docstatus", "=", 1]]
        names = frappe.get_all(holder, filters=conditions, pluck="name", distinct=True, order_by=None)
        found += [(holder, each) for each in names]
    return found


__all__ = [
    "cancel_all_linked_docs",
    "get",
    "get_exempted_doctypes",
    "get_linked_docs",
    "get_linked_doctypes",
    "get_submitted_linked_docs",
    "validate_linked_doc",
]
