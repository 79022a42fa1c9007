"""Files that people without an account send along. Judged by their cleaned name and by what is in them."""

import re
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import frappe
from frappe import _
from PIL import Image, UnidentifiedImageError

from helpdesk.conversation import upload_rules
from helpdesk.settings import get_settings

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
DOCUMENTS = frozenset(
    {".pdf", ".txt", ".log", ".csv", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".odp"}
    | {".zip", ".eml", ".heic", ".mp4", ".mov"}
)
ACCEPTED = PICTURES | DOCUMENTS
MOST_FILES = 5
MOST_PIXELS = 50_000_000
LONGEST_NAME = 120
"""In bytes: file systems take 255 with the suffix, and some sign of ours may follow."""
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that stand for devices on some computers, with any ending."""


def accepted() -> str:
    """Return the endings of files that a form offers, with commas between them; empty where it takes none."""
    settings = get_settings()
    if settings.forbid_customer_attachments:
        return ""
    allowed = {f".{ending}" for ending in upload_rules.endings(settings.attachment_types)}
    return ",".join(sorted(ACCEPTED & allowed if allowed else ACCEPTED))


def store(uploads: Iterable[Any]) -> list[dict[str, Any]]:
    """Store the files of a form, private and not attached to anything yet; return their names as `{"name": …}`.

    All are judged before the first one is stored. Raises ValidationError.
    """
    chosen = [each for each in uploads if each.filename]
    if len(chosen) > MOST_FILES:
        frappe.throw(_("Please send {0} files at most.").format(MOST_FILES))
    judged = [(name_of(each.filename), each.read()) for each in chosen]
    for name, content in judged:
        _check_content(name, content)
    return [{"name": _insert(name, content)} for name, content in judged]


def name_of(sent: str) -> str:
    """Return a harmless name for a file. Raises ValidationError for kinds of files that are not taken."""
    visible = "".join(sign for sign in sent if unicodedata.category(sign)[0] != "C")
    name = PurePosixPath(visible.replace("\\", "/")).name.strip(" .")
    path = PurePosixPath(name)
    if path.suffix.lower() not in ACCEPTED:
        frappe.throw(_("Files of this kind are not taken: {0}").format(name or "?"))
    stem = path.stem.strip(" .").encode()[:LONGEST_NAME].decode(errors="ignore") or "file"
    return f"{'file ' if DEVICES.fullmatch(stem) else ''}{stem}{path.suffix.lower()}"


def _check_content(name: str, content: bytes) -> None:
    if not content:
        frappe.throw(_("The file {0} is empty.").format(name))
    if PurePosixPath(name).suffix in PICTURES:
        _check_picture(name, content)


def _check_picture(name: str, content: bytes) -> None:
    """Refuse what is no picture, and one too large to be unpacked. Only its head is read."""
    try:
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        width, height = 0, 0
    if not 0 < width * height <= MOST_PIXELS:
        frappe.throw(_("The picture {0} cannot be read, or is too large.").format(name))


def _insert(name: str, content: bytes) -> str:
    file = frappe.get_doc({"doctype": "File", "file_name": name, "content": content, "is_private": 1})
    return str(file.insert(ignore_permissions=True).name)  # guests have no rights on files; these were judged above
