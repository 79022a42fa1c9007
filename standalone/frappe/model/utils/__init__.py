"""Small helpers around DocTypes that apps import from here."""

from __future__ import annotations

from typing import Any

import frappe


def is_virtual_doctype(doctype: str) -> bool:
    """Tell whether the documents of a DocType are kept somewhere else than in a table."""
    return bool(frappe.get_meta(doctype).is_virtual)


def set_default(doc: Any, key: str) -> None:
    """Make this document the default one of its kind (`is_default`) and take the mark from the others."""
    if not doc.is_default:
        frappe.db.set_value(doc.doctype, doc.name, "is_default", 1)
    others = f"`{key}` = %(group)s and `name` != %(name)s"
    frappe.db.sql(
        f"update `tab{doc.doctype}` set `is_default` = 0 where {others}", {"group": doc.get(key), "name": doc.name}
    )
    frappe.clear_document_cache(doc.doctype)
