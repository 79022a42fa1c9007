"""Writing documents to files in their app, so that other sites get them by import. For developer mode."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import frappe
from frappe.model import child_table_fields, default_fields
from frappe.modules.utils import get_doc_path

_OWN_COLUMNS = frozenset({"idx", "docstatus", "migration_hash"})


def export_to_files(record_list: list[list[str]] | None = None, record_module: str | None = None) -> list[str]:
    """Write documents given as `[DocType, name]` to files; return the paths."""
    return [write_document_file(frappe.get_doc(dt, dn), record_module) for dt, dn in record_list or []]


def export_doc(doc: Any) -> str:
    return write_document_file(doc)


def write_document_file(
    doc: Any, record_module: str | None = None, create_init: bool | None = None, folder_name: str | None = None
) -> str:
    """Write a document's JSON file (and, for a DocType, the package around it); return its path."""
    module = record_module or (doc.name if doc.doctype == "Module Def" else doc.get("module"))
    if not module:
        raise frappe.ValidationError(f"{doc.doctype} {doc.name} has no module, so there is no place for its file")
    folder = Path(folder_name) if folder_name else Path(get_doc_path(module, doc.doctype, doc.name))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{folder.name}.json"
    path.write_text(frappe.as_json(exportable(doc)) + "\n", encoding="utf-8")
    if create_init if create_init is not None else doc.doctype in ("DocType", "Page", "Report"):
        for package in (folder.parent, folder):
            (package / "__init__.py").touch()
    return os.fspath(path)


def exportable(doc: Any) -> dict[str, Any]:
    """Return what belongs in a document's file: no empty values, no stamps on rows."""
    out = {k: v for k, v in doc.as_dict(no_nulls=True, convert_dates_to_str=True).items() if _is_worth_it(k, v)}
    for df in doc.meta.get_table_fields():
        rows = doc.get(df.fieldname) or []
        out[df.fieldname] = [_exportable_row(row) for row in rows]
    if doc.doctype == "DocType":
        out["field_order"] = [row.fieldname for row in doc.fields]
    return out


def _is_worth_it(key: str, value: Any) -> bool:
    return not key.startswith("_") and key not in _OWN_COLUMNS and value not in (None, "", 0, 0.0)


def _exportable_row(row: Any) -> dict[str, Any]:
    hidden = {*default_fields, *child_table_fields}
    values = row.as_dict(no_nulls=True, convert_dates_to_str=True)
    return {k: v for k, v in values.items() if k not in hidden and _is_worth_it(k, v)}
