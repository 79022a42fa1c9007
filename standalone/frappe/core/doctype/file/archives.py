"""Taking zip archives apart within limits: what they claim about themselves is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import frappe
from frappe import _
from frappe.core.file_names import clean_file_name

MAX_MEMBERS = 500
MAX_TOTAL_BYTES = 200 * 1024 * 1024
_CHUNK = 64 * 1024


def members(content: bytes, max_bytes: int) -> Iterator[tuple[str, bytes]]:
    """Yield (clean name, content) of the files in an archive. Raises ValidationError when it is broken or a bomb."""
    left = MAX_TOTAL_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MAX_MEMBERS:
                frappe.throw(_("The archive has more than {0} files.").format(MAX_MEMBERS))
            for entry in entries:
                if entry.filename.startswith("__MACOSX/"):
                    continue
                data = _read(archive, entry, min(max_bytes, left))
                left -= len(data)
                yield clean_file_name(entry.filename), data
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        frappe.throw(_("The archive cannot be read: {0}").format(frappe.utils.escape_html(str(error))))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    """Read one member, stopping as soon as it is larger than allowed."""
    chunks, size = [], 0
    with archive.open(entry) as source:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                frappe.throw(_("The archive is too large when it is unpacked."), frappe.MaxFileSizeReachedError)
            chunks.append(chunk)
    return b"".join(chunks)
