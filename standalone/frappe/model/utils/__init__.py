"""Small helpers around DocTypes that apps import from here."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.types import _dict


def is_virtual_doctype(doctype: str) -> bool:
    """Tell whether the documents of a DocType are kept somewhere else than in a table."""
    return bool(frappe.get_meta(doctype).is_virtual)


def get_fetch_values(doctype: str, fieldname: str, value: Any) -> _dict:
    """Return `{field: value}` of the fields that are fetched (`fetch_from`) when Link `fieldname` has this value.

    Without a value, or without such a document, every field is None.
    """
    meta = frappe.get_meta(doctype)
    fetched = {df.fieldname: df.fetch_from.split(".", 1)[1] for df in meta.get_fields_to_fetch(fieldname)}
    sources = list(dict.fromkeys(fetched.values()))
    link = meta.get_field(fieldname)
    found = frappe.db.get_value(link.options, value, sources, as_dict=True) if value and fetched else None
    return _dict({target: (found or {}).get(source) for target, source in fetched.items()})


def set_default(doc: Any, key: str) -> None:
    """Make this document the default one of its kind (`is_default`) and take the mark from the others."""
    if not doc.is_default:
        frappe.db.set_value(doc.doctype, doc.name, "is_default", 1)
    others = f"`{key}` = %(group)s and `name` != %(name)s"
    frappe.db.sql(
        f"update `tab{doc.doctype}` set `is_default` = 0 where {others}", {"group": doc.get(key), "name": doc.name}
    )
    frappe.clear_document_cache(doc.doctype)
