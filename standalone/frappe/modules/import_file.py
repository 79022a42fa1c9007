"""Bringing documents from an app's JSON files into the site.

DocTypes are many and plain, so they take a short cut: rows are written in bulk and the table is brought up to date.
Everything else goes through the life cycle with its checks switched off.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe
from frappe.apps import get_module_path
from frappe.modules.doctype_import import ensure_family_tables, import_doctype
from frappe.modules.utils import scrub_dt_dn
from frappe.utils import get_datetime

KEPT_VALUES: dict[str, tuple[str, ...]] = {
    "Notification": ("enabled",),
    "Report": ("disabled", "prepared_report", "add_total_row"),
    "Print Format": ("disabled",),
    "Print Style": ("disabled",),
    "Workspace": ("is_hidden",),
    "Client Script": ("enabled",),
    "Server Script": ("disabled",),
}
"""Values that people change on the site and that survive the import of a newer file."""

PreProcess = Callable[[Any], None]


def import_files(
    module: str, dt: str | None = None, dn: str | None = None, force: bool = False, **options: Any
) -> bool:
    return import_file(module, str(dt), str(dn), force=force, **options)


def import_file(
    module: str,
    dt: str,
    dn: str,
    force: bool = False,
    pre_process: PreProcess | None = None,
    reset_permissions: bool = False,
) -> bool:
    """Import the document `dn` of DocType `dt` from its file in a module; tell whether anything was imported."""
    path = get_file_path(module, dt, dn)
    return import_file_by_path(path, force=force, pre_process=pre_process, reset_permissions=reset_permissions)


def get_file_path(module: str, dt: str, dn: str) -> str:
    folder_dt, folder_dn = scrub_dt_dn(dt, dn)
    return os.path.join(get_module_path(module), folder_dt, folder_dn, f"{folder_dn}.json")


def import_file_by_path(
    path: str,
    force: bool = False,
    data_import: bool = False,
    pre_process: PreProcess | None = None,
    ignore_version: bool | None = None,
    reset_permissions: bool = False,
) -> bool:
    """Import the document (or list of documents) in a file, if it is newer than what the site has or `force` is given.

    Returns whether anything was imported. Raises DoesNotExistError for a missing file, ValidationError for one that is
    not a document.
    """
    ensure_family_tables()
    imported = False
    for docdict, stored, digest in changed_documents(path, force):
        if docdict["doctype"] == "DocType":
            import_doctype(docdict, digest, stored, reset_permissions=reset_permissions)
        else:
            import_doc(
                docdict,
                data_import=data_import,
                pre_process=pre_process,
                ignore_version=ignore_version,
                reset_permissions=reset_permissions,
                path=path,
            )
        imported = True
    return imported


def changed_documents(path: str, force: bool = False) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None, str]]:
    """Yield `(document, stored record or None, hash of the file)` for what an import of the file would bring."""
    content = _read(path)
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    for docdict in _documents(content, path):
        stored = _stored(docdict)
        if force or stored is None or _has_changed(docdict, stored, digest):
            yield docdict, stored, digest


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise frappe.DoesNotExistError(f"There is no file {path}") from None


def _documents(content: bytes, path: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise frappe.ValidationError(f"{path} is not valid JSON: {error}") from None
    for docdict in data if isinstance(data, list) else [data]:
        if not isinstance(docdict, dict) or not docdict.get("doctype") or not docdict.get("name"):
            raise frappe.ValidationError(f"{path} holds no document: a dict with doctype and name is needed")
        yield docdict


def read_doc_from_file(path: str) -> Any:
    """Return the parsed content of a document's file."""
    return json.loads(_read(path))


def calculate_hash(path: str) -> str:
    """Return the MD5 of a file, by which DocTypes notice that their file has changed."""
    return hashlib.md5(_read(path), usedforsecurity=False).hexdigest()


def _stored(docdict: dict[str, Any]) -> dict[str, Any] | None:
    doctype, name = docdict["doctype"], docdict["name"]
    if doctype == "DocType":
        rows = frappe.db.sql(
            "select `creation`, `modified`, `migration_hash` from `tabDocType` where `name` = %s", (name,), as_dict=True
        )
        return rows[0] if rows else None
    if frappe.get_meta(doctype).issingle:
        modified = frappe.db.get_value(doctype, doctype, "modified")
        return {"modified": modified} if modified else None
    found: dict[str, Any] | None = frappe.db.get_value(doctype, name, ["name", "modified"], as_dict=True)
    return found


def _has_changed(docdict: dict[str, Any], stored: dict[str, Any], digest: str) -> bool:
    if docdict["doctype"] == "DocType":
        return bool(stored.get("migration_hash") != digest)
    if not docdict.get("modified") or not stored.get("modified"):
        return True
    return bool(get_datetime(docdict["modified"]) > get_datetime(stored["modified"]))


def import_doc(
    docdict: dict[str, Any],
    data_import: bool = False,
    pre_process: PreProcess | None = None,
    ignore_version: bool | None = None,
    reset_permissions: bool = False,
    path: str | None = None,
) -> Any:
    """Put one document in the place of the stored one of the same name, without checks; return it."""
    if docdict.get("doctype") == "DocType":
        import_doctype(docdict, None, _stored(docdict), reset_permissions=reset_permissions)
        return frappe.get_doc("DocType", docdict["name"])
    frappe.flags.in_import, before = True, frappe.flags.in_import
    try:
        return _replace(docdict, data_import, pre_process, ignore_version)
    finally:
        frappe.flags.in_import = before


def _replace(
    docdict: dict[str, Any], data_import: bool, pre_process: PreProcess | None, ignore_version: bool | None
) -> Any:
    docdict = {**docdict, "__islocal": 1}
    controller = frappe.model.document.get_controller(docdict["doctype"])
    prepare = getattr(controller, "prepare_for_import", None)
    if callable(prepare):
        prepare(docdict)
    doc = frappe.get_doc(docdict)
    doc.flags.ignore_version = ignore_version
    if pre_process:
        pre_process(doc)
    doc.run_method("before_import")
    _remove_old(doc)
    if not data_import:
        doc.flags.update(
            ignore_validate=True, ignore_permissions=True, ignore_mandatory=True, ignore_links=True, ignore_version=True
        )
    doc.insert()
    _keep_file_stamp(doc, docdict)
    return doc


def _remove_old(doc: Any) -> None:
    """Delete the stored document, taking over from it what people may change on the site."""
    if doc.meta.issingle or not frappe.db.exists(doc.doctype, doc.name):
        return
    old = frappe.get_doc(doc.doctype, doc.name)
    for fieldname in KEPT_VALUES.get(doc.doctype, ()):
        if doc.meta.has_field(fieldname):
            doc.set(fieldname, old.get(fieldname))
    frappe.delete_doc(doc.doctype, doc.name, force=True, for_reload=True, ignore_permissions=True)


def _keep_file_stamp(doc: Any, docdict: dict[str, Any]) -> None:
    if docdict.get("modified") and not doc.meta.issingle:
        frappe.db.sql(
            f"update `tab{doc.doctype}` set `modified` = %s where `name` = %s", (docdict["modified"], doc.name)
        )
        doc.clear_cache()


@contextmanager
def importing() -> Iterator[None]:
    """Inside, documents are taken as they come: `flags.in_import`."""
    before, frappe.flags.in_import = frappe.flags.in_import, True
    try:
        yield
    finally:
        frappe.flags.in_import = before


def reset_permissions(docdict: Any) -> None:
    """Remove the Custom DocPerms of a DocType."""
    frappe.permissions.reset_perms(docdict["name"])
