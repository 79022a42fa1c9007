"""Reading files that belong to the code or the site."""

from __future__ import annotations

import gzip
import json
import os
from typing import Any


def read_file(path: str, raise_not_found: bool = False, as_base64: bool = False) -> Any:
    """Return the text of a file; None if there is none, unless `raise_not_found` (OSError)."""
    if not os.path.exists(path):
        if raise_not_found:
            raise OSError(f"{path} does not exist.")
        return None
    with open(path, "rb") as file:
        content = file.read()
    if as_base64:
        import base64

        return base64.b64encode(content).decode()
    return content.decode("utf-8")


def get_file_json(path: str) -> Any:
    """Return the JSON value of a file."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def gzip_compress(data: bytes, compresslevel: int = 9) -> bytes:
    """Return compressed bytes that are equal for equal input."""
    return gzip.compress(data, compresslevel, mtime=0)


def gzip_decompress(data: bytes) -> bytes:
    """Return decompressed bytes."""
    return gzip.decompress(data)
