"""Uploads over HTTP: who may put which file where, whole or in chunks, and the File document that results."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from frappe import exceptions
from frappe.api.payload import refuse, whole_number
from frappe.context import local
from frappe.core.file_names import clean_file_name, may_be_uploaded_by_visitors

DEFAULT_MAX_BYTES = 25 * 1024 * 1024
MAX_CHUNKS = 10_000
MAX_IMAGE_SIDE = 10_000
OPTIMIZABLE = (".jpg", ".jpeg", ".png", ".webp")


@dataclass
class Upload:
    """One file on its way in."""

    content: bytes | None
    file_name: str
    file_url: str | None = None
    doctype: str | None = None
    docname: str | int | None = None
    fieldname: str | None = None
    folder: str | None = None
    is_private: bool = False


def upload() -> Any:
    """Store the upload of the current request and return its File document.

    Returns None while chunks are missing. With the parameter `method`, that whitelisted function takes the upload over.
    """
    form = local.form_dict
    upload = _read_request()
    _check_rights(upload)
    if upload.content is not None and form.get("total_chunk_count") not in (None, "", "1", 1):
        upload.content = _collect_chunk(upload)
        if upload.content is None:
            return None
    if upload.content is not None:
        _check_content(upload)
    local.uploaded_file = upload.content
    local.uploaded_filename = upload.file_name
    local.uploaded_file_url = upload.file_url
    if method := form.get("method"):
        return _hand_over(str(method))
    return _insert(upload)


def _read_request() -> Upload:
    form = local.form_dict
    sent = local.request.files.get("file") if local.request else None
    library_name = form.get("library_file_name")
    url = _library_url(str(library_name)) if library_name else (form.get("file_url") or None)
    if sent is None and not url:
        refuse("Send a file, or the address of one as file_url.")
    name = (sent.filename if sent is not None else None) or form.get("file_name") or str(url or "").rpartition("/")[2]
    return Upload(
        content=sent.stream.read() if sent is not None else None,
        file_name=clean_file_name(str(name)),
        file_url=str(url) if url and sent is None else None,
        doctype=_text(form.get("doctype"), "doctype"),
        docname=_docname(form.get("docname")),
        fieldname=_text(form.get("fieldname"), "fieldname"),
        folder=_text(form.get("folder"), "folder") or "Home",
        is_private=_is_true(form.get("is_private")),
    )


def _text(value: Any, name: str) -> str | None:
    if value in (None, "", "null", "undefined"):
        return None
    if not isinstance(value, str):
        refuse(f"Parameter {name} must be text.")
    return value


def _docname(value: Any) -> str | int | None:
    if value in (None, "", "null", "undefined"):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        refuse("Parameter docname must be text or a number.")
    return value


def _is_true(value: Any) -> bool:
    return str(value).strip().lower() in ("1", "true", "yes", "on")


def _library_url(name: str) -> str | None:
    """Return the address of a file in the library that the caller may read."""
    from frappe import get_doc

    file = get_doc("File", name)
    file.check_permission("read")
    return str(file.file_url)


# -- rights -----------------------------------------------------------------------------------------------------------


def _check_rights(upload: Upload) -> None:
    from frappe import get_system_settings

    if local.session.user == "Guest" and not get_system_settings("allow_guests_to_upload_files"):
        _forbid("Log in to upload files.")
    check_target(upload.doctype, upload.docname)
    if upload.folder not in (None, "Home"):
        _check_folder(str(upload.folder))
    if not _has_desk_access() and not may_be_uploaded_by_visitors(upload.file_name):
        from frappe.messages import throw
        from frappe.translate import _

        throw(
            _("You can only upload JPG, PNG, PDF, TXT, MOV, MP4 and office documents."), exceptions.FileTypeNotAllowed
        )


def check_target(doctype: str | None, docname: str | int | None) -> None:
    """Raise PermissionError unless the caller may attach files to this document.

    A document that does not exist yet counts as one the caller is about to create.
    """
    import frappe
    from frappe.handler import require_doctype

    if not doctype:
        return
    require_doctype(doctype)
    if docname is None:
        frappe.has_permission(doctype, "write", throw=True)
    elif local.db.exists(doctype, docname):
        frappe.get_doc(doctype, docname).check_permission("write")
    elif not (frappe.has_permission(doctype, "create") or frappe.has_permission(doctype, "write")):
        _forbid("You may not attach files here.")


def _check_folder(folder: str) -> None:
    if not local.db.exists("File", {"name": folder, "is_folder": 1}):
        refuse("There is no such folder.")


def _has_desk_access() -> bool:
    from frappe import get_roles

    return local.session.user == "Administrator" or "Desk User" in get_roles()


def _forbid(message: str) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_(message), exceptions.PermissionError)


# -- content ----------------------------------------------------------------------------------------------------------


def max_bytes() -> int:
    """Return how large a file may be on this site."""
    from frappe import get_system_settings
    from frappe.utils import cint

    megabytes = cint(get_system_settings("max_file_size"))
    return megabytes * 1024 * 1024 if megabytes else (cint(local.conf.max_file_size) or DEFAULT_MAX_BYTES)


def _check_content(upload: Upload) -> None:
    assert upload.content is not None
    limit = max_bytes()
    if len(upload.content) > limit:
        from frappe.messages import throw
        from frappe.translate import _

        message = _("The file is larger than the {0} MB this site accepts.").format(limit // (1024 * 1024))
        throw(message, exceptions.MaxFileSizeReachedError)
    if _is_true(local.form_dict.get("optimize")) and upload.file_name.lower().endswith(OPTIMIZABLE):
        upload.content = _optimized(upload.content)


def _optimized(content: bytes) -> bytes:
    """Return an image scaled down to the wished size; the original when it is no image or gets larger."""
    from frappe.utils.image import optimize_image

    form = local.form_dict
    width = whole_number(form.get("max_width"), "max_width", default=1024, maximum=MAX_IMAGE_SIDE)
    height = whole_number(form.get("max_height"), "max_height", default=768, maximum=MAX_IMAGE_SIDE)
    return optimize_image(content, max_width=width or 1024, max_height=height or 768)


# -- chunks -----------------------------------------------------------------------------------------------------------


def _collect_chunk(upload: Upload) -> bytes | None:
    """Write one chunk to its place; return the whole content once the last one has come."""
    form = local.form_dict
    total = whole_number(form.get("total_chunk_count"), "total_chunk_count", maximum=MAX_CHUNKS) or 1
    index = whole_number(form.get("chunk_index"), "chunk_index", default=0) or 0
    offset = whole_number(form.get("chunk_byte_offset"), "chunk_byte_offset", default=0) or 0
    if index >= total or offset + len(upload.content or b"") > max_bytes():
        refuse("The chunks are more or larger than this site accepts.")
    path = _chunk_path(upload, str(form.get("upload_id") or ""))
    size = os.path.getsize(path) if os.path.exists(path) else 0
    if offset != size:
        refuse(f"Chunk {index} begins at byte {offset}, but {size} bytes have arrived.")
    with open(path, "ab") as file:
        file.write(upload.content or b"")
    if index < total - 1:
        return None
    with open(path, "rb") as file:
        content = file.read()
    os.remove(path)
    return content


def _chunk_path(upload: Upload, upload_id: str) -> str:
    """Return where the chunks of one upload gather: a private file that only its sender can address."""
    from frappe.config import get_site_path

    folder = get_site_path("private", "uploads")
    os.makedirs(folder, exist_ok=True)
    owner = f"{local.session.user}|{local.session.sid}|{upload.doctype}|{upload.docname}|{upload_id}|{upload.file_name}"
    return os.path.join(folder, hashlib.sha256(owner.encode("utf-8", "replace")).hexdigest())


# -- storing ----------------------------------------------------------------------------------------------------------


def _hand_over(method: str) -> Any:
    from frappe.handler import execute_cmd, get_attr
    from frappe.whitelist import is_valid_http_method, is_whitelisted

    if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+", method):
        refuse("Parameter method must be a dotted path.")
    function = get_attr(method)
    is_whitelisted(function)
    is_valid_http_method(function)
    return execute_cmd(method)


def store(upload: Upload) -> Any:
    """Store a file that did not come as an upload, under the same rules, and return its File document."""
    upload.file_name = clean_file_name(upload.file_name)
    _check_rights(upload)
    _check_content(upload)
    return _insert(upload)


def _insert(upload: Upload) -> Any:
    from frappe import get_doc

    if upload.file_url:
        _check_url(upload.file_url)
    values: dict[str, Any] = {
        "doctype": "File",
        "attached_to_doctype": upload.doctype,
        "attached_to_name": upload.docname,
        "attached_to_field": upload.fieldname,
        "folder": upload.folder,
        "file_name": upload.file_name,
        "file_url": upload.file_url,
        "is_private": int(upload.is_private),
        "content": upload.content,
    }
    # The gate is _check_rights: write permission on the target, not on File.
    return get_doc(values).save(ignore_permissions=True)


def _check_url(url: str) -> None:
    """Refuse links to local files that the caller may not read: a File record would open them."""
    if not url.startswith(("/private/", "/files/")):
        return
    from frappe import get_all, get_doc

    names = get_all("File", filters={"file_url": url}, pluck="name", limit=50)
    if not names or not any(get_doc("File", name).is_downloadable() for name in names):
        _forbid("You may not use this file.")
