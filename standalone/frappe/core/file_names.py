"""Names of uploaded files, without anything that could mislead a person or a file system."""

from __future__ import annotations

import os
import re
import unicodedata

MAX_BYTES = 140
"""Fits the name column, and leaves room below the 255 bytes of file systems."""

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
FORBIDDEN = re.compile(r'[\\/:*?"<>|%#]')
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of control, format (zero width, direction) and unassigned characters and line separators."""

RESTRICTED_EXTENSIONS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".pdf": "application/pdf",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".txt": "text/plain",
    ".mov": "video/quicktime",
    ".mp4": "video/mp4",
}
"""What people without desk access may upload."""


def clean_file_name(name: str) -> str:
    """Return a safe last part of `name`: no folders, no invisible characters, no device names, not too long.

    The result is never empty, never begins with a dot and never ends in a dot or blank.
    """
    visible = "".join(char for char in name if unicodedata.category(char) not in INVISIBLE)
    base = unicodedata.normalize("NFC", visible).replace("\\", "/").rstrip("/ .").rpartition("/")[2]
    base = FORBIDDEN.sub("_", base).strip(" .")
    if RESERVED.fullmatch(base):
        base = f"_{base}"
    return _shorten(base) or "file"


def _shorten(name: str) -> str:
    stem, extension = os.path.splitext(name)
    if len(extension.encode()) > 20:
        stem, extension = name, ""
    room = MAX_BYTES - len(extension.encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + extension


def extension_of(name: str) -> str:
    """Return the lower-case extension of a cleaned name, with its dot."""
    return os.path.splitext(name)[1].lower()


def may_be_uploaded_by_visitors(name: str) -> bool:
    """Tell whether people without desk access may upload a file of this (cleaned) name."""
    return extension_of(name) in RESTRICTED_EXTENSIONS
