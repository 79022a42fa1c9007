"""The file a site travels in: a zip archive of JSON Lines and files, described in README.md. Knows no framework."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

FORMAT = "helpdesk-site"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
FOLDERS = ("public/files", "private/files")

Row = dict[str, Any]


class NotAPackage(Exception):
    """The file is no complete package of a site; the text says why."""


def plain(value: Any) -> Any:
    """Return a value of a database column as JSON has it: moments and times as text, exact numbers as text."""
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _clock(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(f"{type(value).__name__} has no form in a package.")


def _clock(value: timedelta) -> str:
    seconds, micros = divmod(abs(value) // timedelta(microseconds=1), 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    sign = "-" if value < timedelta(0) else ""
    return f"{sign}{minutes // 60:02}:{minutes % 60:02}:{seconds:02}" + (f".{micros:06}" if micros else "")


def member_of(doctype: str) -> str:
    """Return the name of the archive's member with the rows of a DocType."""
    return f"doctypes/{doctype}.jsonl"


class Draft:
    """A package that is being made, in a folder beside the file it will be; survives an interruption."""

    def __init__(self, target: Path):
        self.target = target
        self._folder = target.with_name(f"{target.name}.part")
        (self._folder / "doctypes").mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)

    def state(self) -> dict[str, Any]:
        """Return what was noted last, {} at the beginning."""
        path = self._folder / "state.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    def note(self, state: dict[str, Any]) -> None:
        write_in_one_step(self._folder / "state.json", json.dumps(state))

    def write(self, member: str, rows: Iterable[Row]) -> int:
        """Write a member anew and return how many rows it has."""
        path = self._folder / member
        partial = path.with_name(f"{path.name}.tmp")
        count = 0
        with partial.open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, default=plain, ensure_ascii=False) + "\n")
                count += 1
        os.replace(partial, path)
        return count

    def close(self, manifest: dict[str, Any], files: Iterable[tuple[str, Path]]) -> None:
        """Pack everything into the target, which appears complete or not at all, and remove the folder."""
        write_in_one_step(self._folder / MANIFEST, json.dumps(manifest, indent=1))
        partial = self._folder / "package.zip"
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
                for member in (MANIFEST, *manifest["members"]):
                    archive.write(self._folder / member, member)
                for member, path in files:
                    archive.write(path, member)
            raw.flush()
            os.fsync(raw.fileno())
        os.replace(partial, self.target)
        self.discard()

    def discard(self) -> None:
        for path in sorted(self._folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self._folder.rmdir()


def write_in_one_step(path: Path, text: str) -> None:
    """Replace a file by `text`; whoever is interrupted leaves the old one."""
    partial = path.with_name(f"{path.name}.tmp")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


class Package:
    """A complete package, open for reading."""

    def __init__(self, path: Path):
        try:
            self._archive = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._archive.read(MANIFEST))
        except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
            raise NotAPackage(f"{path.name} is not an exported site.") from error
        if self.manifest.get("format") != FORMAT:
            raise NotAPackage(f"{path.name} is not an exported site.")
        if self.manifest.get("version") != FORMAT_VERSION:
            version = self.manifest.get("version")
            raise NotAPackage(f"{path.name} has version {version} of the format; this code reads {FORMAT_VERSION}.")
        self._check(path)

    def _check(self, path: Path) -> None:
        """Refuse, before anything is changed, an archive that lacks a member, is damaged or leads out of a site."""
        names = set(self._archive.namelist())
        missing = [member for member in self.manifest["members"] if member not in names]
        if missing:
            raise NotAPackage(f"{path.name} is not complete: {missing[0]} is missing.")
        for name in self.files():
            if ".." in PurePosixPath(name).parts or "\\" in name:
                raise NotAPackage(f"{path.name} holds {name!r}, which is none of a site's files.")
        try:
            damaged = self._archive.testzip()
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise NotAPackage(f"{path.name} is damaged: {error}") from error
        if damaged:
            raise NotAPackage(f"{path.name} is damaged in {damaged}.")

    def rows(self, member: str) -> Iterator[Row]:
        with self._archive.open(member) as file:
            for line in file:
                yield json.loads(line)

    def batches(self, member: str, size: int) -> Iterator[list[Row]]:
        batch: list[Row] = []
        for row in self.rows(member):
            batch.append(row)
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch

    def files(self) -> list[str]:
        """Return the members that are files of the site."""
        prefixes = tuple(f"{folder}/" for folder in FOLDERS)
        return [name for name in self._archive.namelist() if name.startswith(prefixes) and not name.endswith("/")]

    def extract(self, member: str, target: Path) -> None:
        """Put a file of the site in its place, unless it is there already with the same content."""
        content = self._archive.read(member)
        if target.exists() and target.read_bytes() == content:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f".{target.name[:200]}.tmp")
        partial.write_bytes(content)
        os.replace(partial, target)

    def close(self) -> None:
        self._archive.close()
