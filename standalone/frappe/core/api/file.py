"""The endpoints of file screens: folders, search, archives, and the pictures of documents.

All lists hold only what the caller may see: File answers for itself, see `frappe.core.doctype.file.access`.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.file import file as files_of_site
from frappe.core.doctype.file.file import create_new_folder as create_new_folder
from frappe.core.doctype.file.file import get_files_in_folder as get_files_in_folder
from frappe.core.doctype.file.file import move_file as move_file

LISTED = ["name", "file_name", "file_url", "is_folder", "modified"]
PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "svg", "bmp")
SEARCH_LIMIT = 20
MAX_ARCHIVE_BYTES = 200 * 1024 * 1024


@frappe.whitelist(allow_guest=True)
def get_max_file_size() -> int:
    """Return how many bytes an upload may have."""
    return files_of_site.get_max_file_size()


@frappe.whitelist()
def get_files_by_search_text(text: str) -> list[dict[str, Any]]:
    """Return the files whose name, address or document contains `text`, the latest first."""
    if not text.strip():
        return []
    like = ("like", f"%{text.strip()}%")
    rows: list[dict[str, Any]] = frappe.get_list(
        "File",
        or_filters={"file_name": like, "file_url": like, "attached_to_name": like},
        fields=LISTED,
        order_by="modified desc",
        limit=SEARCH_LIMIT,
    )
    return rows


@frappe.whitelist()
def get_attached_images(doctype: str, names: list[str | int] | str) -> dict[str, list[str]]:
    """Return `{document: [file_url]}` of the pictures attached to documents of a DocType; `names` may be JSON."""
    rows = frappe.get_list(
        "File",
        filters={
            "attached_to_doctype": doctype,
            "attached_to_name": ("in", [str(name) for name in frappe.parse_json(names)]),
            "is_folder": 0,
        },
        fields=["file_url", "attached_to_name"],
        order_by="creation asc",
        limit=0,
    )
    images: dict[str, list[str]] = {}
    for row in rows:
        if row.file_url and row.file_url.rpartition(".")[2].lower() in PICTURES:
            images.setdefault(row.attached_to_name, []).append(row.file_url)
    return images


@frappe.whitelist(methods=["POST"])
def unzip_file(name: str) -> list[dict[str, Any]]:
    """Store the members of an archive beside it and remove the archive; returns the new records."""
    return [file.as_dict() for file in frappe.get_doc("File", name).unzip()]


@frappe.whitelist()
def zip_files(files: list[dict[str, Any]] | list[str] | str) -> None:
    """Answer with an archive of files; `files` are names or `{name}`, perhaps as JSON. Folders are left out."""
    chosen = [_readable(entry["name"] if isinstance(entry, dict) else entry) for entry in frappe.parse_json(files)]
    frappe.local.response["filename"] = "files.zip"
    frappe.local.response["filecontent"] = _archive([file for file in chosen if not file.is_folder])
    frappe.local.response["type"] = "download"


def _readable(name: str) -> Any:
    file = frappe.get_doc("File", name)
    file.check_permission("read")
    return file


def _archive(files: list[Any]) -> bytes:
    """Return the bytes of a zip archive; files of the same name are told apart by their record."""
    if sum(file.file_size or 0 for file in files) > MAX_ARCHIVE_BYTES:
        frappe.throw(_("These files are too large for one archive."), frappe.MaxFileSizeReachedError)
    buffer, used = io.BytesIO(), set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            member = file.file_name if file.file_name not in used else f"{file.name}-{file.file_name}"
            used.add(member)
            archive.writestr(member, file.get_bytes())
    return buffer.getvalue()
