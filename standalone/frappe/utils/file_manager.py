"""The older functions for files, over the File DocType."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.utils.paths import get_files_path as get_files_path
from frappe.utils.refusals import refuse


def save_file(
    fname: str,
    content: str | bytes,
    dt: str | None,
    dn: Any,
    folder: str | None = None,
    decode: bool = False,
    is_private: Any = 0,
    df: str | None = None,
) -> Any:
    """Store content as a File attached to a document (and to its field `df`), and return the File."""
    return frappe.get_doc(
        {
            "doctype": "File",
            "file_name": fname,
            "attached_to_doctype": dt,
            "attached_to_name": dn,
            "attached_to_field": df,
            "folder": folder,
            "is_private": frappe.utils.cint(is_private),
            "content": content,
            "decode": decode,
        }
    ).insert(ignore_permissions=True)  # callers check the document that the file is attached to


def save_url(
    file_url: str, filename: str | None, dt: str, dn: Any, folder: str | None, is_private: Any, df: Any = None
) -> Any:
    """Store a link to a file elsewhere as a File attached to a document, and return the File."""
    if not file_url.startswith(("http://", "https://")):
        refuse(frappe._("{0} is not a web address.").format(frappe.utils.escape_html(file_url)))
    return frappe.get_doc(
        {
            "doctype": "File",
            "file_url": file_url,
            "file_name": filename,
            "attached_to_doctype": dt,
            "attached_to_name": dn,
            "attached_to_field": df,
            "folder": folder,
            "is_private": frappe.utils.cint(is_private),
        }
    ).insert(ignore_permissions=True)  # callers check the document that the file is attached to


def get_file(fname: str) -> list[Any]:
    """Return [name, content] of a file given by name, by file name or by URL. Raises DoesNotExistError."""
    file = _find(fname)
    return [file.file_name, file.get_content()]


def get_file_path(file_name: str) -> str:
    """Return the path on disk of a file given by name, by file name or by URL. Raises DoesNotExistError."""
    return str(_find(file_name).get_full_path())


def get_file_url(file_data_name: str) -> str | None:
    """Return the URL of a File, None if there is none."""
    found: str | None = frappe.db.get_value("File", file_data_name, "file_url")
    return found


def _find(text: str) -> Any:
    for field in ("name", "file_name", "file_url"):
        name = frappe.db.get_value("File", {field: text}, "name")
        if name:
            return frappe.get_doc("File", name)
    refuse(frappe._("There is no file {0}.").format(frappe.utils.escape_html(text)), frappe.DoesNotExistError)


def remove_file(
    fid: str | None = None,
    attached_to_doctype: str | None = None,
    attached_to_name: Any = None,
    delete_permanently: bool = False,
) -> None:
    """Delete a File; callers check the document that it is attached to."""
    if fid:
        frappe.delete_doc("File", fid, ignore_permissions=True, delete_permanently=delete_permanently)


def remove_all(dt: str, dn: Any, from_delete: bool = False, delete_permanently: bool = False) -> None:
    """Delete the Files attached to a document."""
    names = frappe.get_all("File", filters={"attached_to_doctype": dt, "attached_to_name": dn}, pluck="name")
    for name in names:
        frappe.delete_doc(
            "File", name, ignore_permissions=True, force=from_delete, delete_permanently=delete_permanently
        )


def get_content_hash(content: str | bytes) -> str:
    """Return the fingerprint by which equal contents are recognised."""
    import hashlib

    data = content.encode() if isinstance(content, str) else content
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


__all__ = ["get_content_hash", "get_file", "get_file_url", "remove_file", "save_file"]
