"""What goes with the last record of a file: its bytes, and the small picture made of it."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.core.doctype.file import storage
from frappe.utils import cstr


def remove_with_last_record(file: Any) -> None:
    """Remove what is stored for a record once its deletion is committed, unless another record needs it.

    Where apps keep files elsewhere, their hook `delete_file_data_content(file, only_thumbnail)` does it.
    """
    frappe.db.after_commit.add(lambda: _remove(file))


def drop_thumbnail(file: Any) -> None:
    """Forget the small picture of a file: it was made for readers who may no longer be meant."""
    url = cstr(file.thumbnail_url)
    if not storage.is_local(url):
        return
    file.thumbnail_url = None
    frappe.db.after_commit.add(lambda: _unlink(url, {"thumbnail_url": url}))


def _remove(file: Any) -> None:
    url, thumbnail = cstr(file.file_url), cstr(file.thumbnail_url)
    if url and _is_named({"file_url": url}):
        url = ""
    if not (url or thumbnail):
        return
    removers = frappe.get_hooks("delete_file_data_content")
    if removers:
        _have_app_remove(removers[-1], file, only_thumbnail=not url)
        return
    _unlink(url, {"file_url": url})
    _unlink(thumbnail, {"thumbnail_url": thumbnail})


def _have_app_remove(path: str, file: Any, only_thumbnail: bool) -> None:
    """Call an app's function. The record is gone already, so an error is for the operator, not for the caller."""
    try:
        frappe.get_attr(path)(file, only_thumbnail=only_thumbnail)
    except Exception:
        frappe.log_error(frappe._("The content of file {0} could not be removed").format(file.name))
        frappe.db.commit()


def _unlink(url: str, named: dict[str, str]) -> None:
    if storage.is_local(url) and not _is_named(named):
        storage.remove(url)


def _is_named(filters: dict[str, str]) -> bool:
    return bool(frappe.db.exists("File", filters))
