"""Files on disk: where they are, how they get there whole, and that nothing outside of the two folders is touched.

The bytes of one content and privacy are kept once; several File records may name them. No database here.
"""

from __future__ import annotations

import os
import tempfile
from hashlib import md5
from pathlib import Path
from typing import Any

from frappe.core.file_names import clean_file_name
from frappe.utils.paths import get_files_path

PUBLIC, PRIVATE = "/files/", "/private/files/"


def content_hash(content: bytes | str) -> str:
    """Return the hash by which equal contents are recognised (not a secret, not a proof)."""
    data = content.encode() if isinstance(content, str) else content
    return md5(data, usedforsecurity=False).hexdigest()


def is_local(url: str) -> bool:
    return url.startswith((PUBLIC, PRIVATE))


def is_remote(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def url_of(file_name: str, is_private: bool) -> str:
    return f"{PRIVATE if is_private else PUBLIC}{file_name}"


def path_of(url: str) -> Path:
    """Return where the file behind a local address is. Raises ValueError for one that leads out of the two folders."""
    is_private = url.startswith(PRIVATE)
    if not is_private and not url.startswith(PUBLIC):
        raise ValueError(f"{url!r} is not the address of a file of this site.")
    if "\x00" in url:
        raise ValueError("The address of a file has no NUL characters.")
    folder = Path(get_files_path(is_private=is_private)).resolve()
    path = (folder / url.removeprefix(PRIVATE if is_private else PUBLIC)).resolve()
    if path != folder and folder not in path.parents:
        raise ValueError(f"{url!r} leads out of the folder of files.")
    return path


def write(file_name: str, content: bytes, is_private: bool) -> str:
    """Store `content` under `file_name`, or a name beside it when that is taken; returns the address.

    The file appears under its name only when it is whole and on the disk.
    """
    folder = Path(get_files_path(is_private=is_private))
    folder.mkdir(parents=True, exist_ok=True)
    aside = _write_aside(folder, content)
    try:
        for name in _candidates(file_name, content):
            try:
                os.link(aside, folder / name)
            except FileExistsError:
                continue
            return url_of(name, is_private)
    finally:
        os.unlink(aside)
    raise OSError(f"No free name was found for the file {file_name}.")


def _write_aside(folder: Path, content: bytes) -> str:
    handle, path = tempfile.mkstemp(prefix=".incoming-", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.chmod(path, 0o644)
    return path


def _candidates(file_name: str, content: bytes) -> list[str]:
    name = clean_file_name(file_name)
    suffix = content_hash(content)[-6:]
    stem, extension = os.path.splitext(name)
    beside = [f"{stem}{suffix}{extension}", *(f"{stem}{suffix}-{number}{extension}" for number in range(1, 100))]
    return [name, *map(clean_file_name, beside)]


def overwrite(url: str, content: bytes) -> None:
    """Replace what is stored behind an address in one step."""
    path = path_of(url)
    os.replace(_write_aside(path.parent, content), path)


def move(url: str, is_private: bool) -> str:
    """Move a file to the other folder; returns its new address (a free name is found if the old one is taken)."""
    source = path_of(url)
    folder = Path(get_files_path(is_private=is_private))
    folder.mkdir(parents=True, exist_ok=True)
    for name in _candidates(source.name, source.read_bytes()):
        try:
            os.link(source, folder / name)
        except FileExistsError:
            continue
        source.unlink()
        return url_of(name, is_private)
    raise OSError(f"No free name was found for the file {source.name}.")


def remove(url: str) -> None:
    """Remove the bytes behind an address, if they are there."""
    path_of(url).unlink(missing_ok=True)


def exists(url: str) -> bool:
    """Tell whether an address leads to a stored file."""
    try:
        return path_of(url).is_file()
    except (ValueError, OSError):
        return False


def as_bytes(content: Any) -> bytes:
    """Return content given as text or bytes as bytes. Raises TypeError for anything else."""
    if isinstance(content, str):
        return content.encode("utf-8")
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content)
    raise TypeError(f"The content of a file must be text or bytes, not {type(content).__name__}.")
