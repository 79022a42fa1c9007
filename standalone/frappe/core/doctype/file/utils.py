"""Files in the service of other documents: finding them by address, pictures in rich text, Attach fields."""

from __future__ import annotations

import re
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.file import storage
from frappe.utils import cint, cstr

_DATA_IMAGE = re.compile(
    r"""(<img\b[^>]*?\bsrc\s*=\s*)(["'])\s*data:(image/[a-z0-9.+-]{1,30})([^,"']{0,200}),([^"']*)\2""", re.IGNORECASE
)
_FILE_NAME = re.compile(r"filename=([^;]{1,140})")
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp"}
"""SVG is not among them: it can carry scripts."""


def get_content_hash(content: bytes | str) -> str:
    """Return the hash by which equal contents are recognised."""
    return storage.content_hash(content)


def find_file_by_url(path: str, name: str | None = None) -> Any:
    """Return the first File of that address (and name) that the session user may read, None if there is none."""
    filters: dict[str, Any] = {"file_url": cstr(path)}
    if name:
        filters["name"] = cstr(name)
    for each in frappe.get_all("File", filters=filters, pluck="name", limit=50):
        file = frappe.get_doc("File", each)
        if file.is_downloadable():
            return file
    return None


def get_local_image(file_url: str) -> tuple[Any, str, str]:
    """Return (picture, path without extension, extension) of a stored picture. Raises OSError if there is none."""
    from PIL import Image

    try:
        path = storage.path_of(file_url)
    except ValueError as error:
        raise OSError(str(error)) from error
    return Image.open(path), str(path.with_suffix("")), path.suffix.lstrip(".")


def remove_file_by_url(file_url: str, doctype: str | None = None, name: str | int | None = None) -> Any:
    """Delete the record of an address (the one attached to a document, if that is given)."""
    filters: dict[str, Any] = {"file_url": file_url}
    if doctype and name:
        filters.update(attached_to_doctype=doctype, attached_to_name=cstr(name))
    fid = frappe.db.get_value("File", filters)
    if not fid:
        return None
    from frappe.utils.file_manager import remove_file

    return remove_file(fid=fid)


# -- pictures in rich text --------------------------------------------------------------------------------------------


def extract_images_from_doc(doc: Any, fieldname: str, is_private: bool = True) -> None:
    """Turn the pictures that a field carries inside of its HTML into files of the document."""
    content = doc.get(fieldname)
    changed = extract_images_from_html(doc, content, is_private=is_private)
    if changed != content:
        doc.set(fieldname, changed)


def extract_images_from_html(doc: Any, content: Any, is_private: bool = False) -> Any:
    """Return HTML with every inlined picture stored as a file and replaced by its address.

    What is no picture of a known kind, or no base64, stays for the HTML cleaner to remove.
    """
    if not isinstance(content, str) or "data:" not in content:
        return content

    def store(match: re.Match[str]) -> str:
        url = _store_picture(doc, match[3].lower(), match[4], match[5], is_private)
        return f"{match[1]}{match[2]}{url}{match[2]}" if url else match[0]

    return _DATA_IMAGE.sub(store, content)


def _store_picture(doc: Any, media_type: str, parameters: str, data: str, is_private: bool) -> str | None:
    import base64
    import binascii

    ending = _ENDINGS.get(media_type)
    if ending is None or "base64" not in parameters:
        return None
    try:
        content = base64.b64decode(data)
    except (binascii.Error, ValueError):
        return None
    named = _FILE_NAME.search(parameters)
    file = frappe.get_doc(
        {
            "doctype": "File",
            "file_name": named[1] if named else f"{frappe.generate_hash(length=10)}.{ending}",
            **_owner_of_pictures(doc),
            "content": content,
            "is_private": cint(is_private),
        }
    )
    file.save(ignore_permissions=True)
    frappe.flags.has_dataurl = True
    return cstr(file.unique_url)


def _owner_of_pictures(doc: Any) -> dict[str, Any]:
    """A comment's pictures belong to the document it is about, everything else's to the document itself."""
    doctype = cstr(doc.get("parenttype") or doc.doctype)
    name = doc.get("parent") or doc.name
    if doctype == "Comment":
        doctype, name = cstr(doc.get("reference_doctype")), doc.get("reference_name")
    return {"attached_to_doctype": doctype, "attached_to_name": name}


# -- Attach fields ----------------------------------------------------------------------------------------------------


def attach_files_to_document(doc: Any, event: str | None = None) -> None:
    """Make sure that the files named in Attach fields have records attached to the document.

    Runs after every save of any document; costs nothing where no such field is filled in.
    """
    fields = [df for df in doc.meta.fields if df.fieldtype in ("Attach", "Attach Image")]
    for df in fields:
        value = doc.get(df.fieldname)
        if isinstance(value, str) and value.startswith(("/files", "/private/files")):
            _attach(doc, df.fieldname, value.partition("?")[0])


def _attach(doc: Any, fieldname: str, url: str) -> None:
    target = {"attached_to_doctype": doc.doctype, "attached_to_name": cstr(doc.name)}
    rows = frappe.get_all(
        "File",
        filters={"file_url": url},
        fields=["name", "attached_to_doctype", "attached_to_name", "attached_to_field", "owner"],
        limit=500,
    )
    if any({key: cstr(row[key]) for key in target} == target and row.attached_to_field == fieldname for row in rows):
        return
    free = next((row for row in rows if not row.attached_to_doctype and row.owner == frappe.session.user), None)
    if free:
        changes = {**target, "attached_to_field": fieldname, "folder": "Home/Attachments"}
        frappe.db.set_value("File", free.name, changes)
        return
    _insert_record({**target, "attached_to_field": fieldname, "file_url": url})


def _insert_record(values: dict[str, Any]) -> None:
    """Add a record for stored bytes; a failure is logged, since the document itself is sound."""
    from frappe.database.transactions import savepoint

    failed: Exception | None = None
    with savepoint(Exception):
        try:
            frappe.get_doc({"doctype": "File", "folder": "Home/Attachments", **values}).insert()
        except Exception as error:
            failed = error
            raise
    if failed is not None:
        frappe.clear_last_message()
        frappe.log_error(_("A file could not be attached"), str(failed), values["attached_to_doctype"])


def relink_files(doc: Any, fieldname: str, temp_doc_name: str) -> None:
    """Attach what was uploaded for a field before the document had a name."""
    filters = {"attached_to_doctype": doc.doctype, "attached_to_name": temp_doc_name, "attached_to_field": fieldname}
    for name in frappe.get_all("File", filters=filters, pluck="name"):
        frappe.db.set_value("File", name, "attached_to_name", cstr(doc.name))


def get_file_name(fname: str, optional_suffix: str) -> str:
    """Return a name beside `fname`, told apart by a suffix before the extension."""
    stem, dot, extension = fname.rpartition(".")
    return f"{stem}{optional_suffix}{dot}{extension}" if dot else f"{fname}{optional_suffix}"
