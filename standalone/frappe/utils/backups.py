"""Copies of a site's data, made while it runs. Putting them back is in `frappe.utils.restoring`."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import frappe

DEFAULT_LIMIT = 3
FOLDERS = {"files": "public/files", "private-files": "private/files"}


@dataclass(frozen=True)
class Backup:
    """The files of one backup."""

    database: Path
    config: Path
    public_files: Path | None = None
    private_files: Path | None = None

    def paths(self) -> list[Path]:
        found = (self.database, self.config, self.public_files, self.private_files)
        return [path for path in found if path is not None]


def new_backup(
    older_than: int = 6,
    ignore_files: bool = False,
    backup_path: Path | str | None = None,
    compress: bool = False,
    force: bool = True,
    encrypt: bool | None = None,
    **_: Any,
) -> Backup:
    """Back up the active site: its database as of one moment, its configuration and, unless ignored, its files.

    Encrypted if asked for or, without a word, if the configuration or System Settings say so (`encrypt_backup`). A
    backup that could not be finished leaves nothing behind.
    """
    folder = Path(backup_path or frappe.get_site_path("private", "backups"))
    folder.mkdir(parents=True, exist_ok=True)
    stamp = f"{datetime.now():%Y%m%d_%H%M%S}-{frappe.local.site.replace('.', '_')}"
    try:
        made = _make(folder, stamp, ignore_files, compress)
        return _encrypted(made) if _shall_encrypt(encrypt) else made
    except BaseException:
        for part in folder.glob(f"{stamp}-*"):
            part.unlink()
        raise


def _make(folder: Path, stamp: str, ignore_files: bool, compress: bool) -> Backup:
    database = _backup_database(folder, stamp)
    config = _private_copy(Path(frappe.get_site_path("site_config.json")), folder / f"{stamp}-site_config_backup.json")
    files = {} if ignore_files else {name: _pack(folder, stamp, name, compress) for name in FOLDERS}
    return Backup(database, config, files.get("files"), files.get("private-files"))


def _shall_encrypt(asked: bool | None) -> bool:
    if asked is not None:
        return asked
    if frappe.conf.encrypt_backup is not None:
        return bool(frappe.conf.encrypt_backup)
    return bool(frappe.utils.cint(frappe.db.get_single_value("System Settings", "encrypt_backup")))


def _encrypted(made: Backup) -> Backup:
    from frappe.utils.backup_encryption import encrypt_file, site_key

    key = site_key()
    parts = (made.database, made.config, made.public_files, made.private_files)
    return Backup(*(encrypt_file(part, key) if part else None for part in parts))  # type: ignore[arg-type]


def _backup_database(folder: Path, stamp: str) -> Path:
    if frappe.db.db_type == "sqlite":
        return _backup_sqlite(folder / f"{stamp}-database.sqlite.gz")
    return _dump_mariadb(folder / f"{stamp}-database.sql.gz")


def _backup_sqlite(target: Path) -> Path:
    """Copy the database page by page while others go on writing, then compress it."""
    plain = target.with_suffix("")
    source = sqlite3.connect(f"file:{database_path()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(plain)) as copy:
        source.backup(copy, pages=2000, sleep=0.005)
        copy.execute("pragma journal_mode = delete")
    _compress(plain, target)
    plain.unlink()
    return target


def database_path() -> Path:
    """Return the file of the active site's SQLite database."""
    return Path(frappe.get_site_path("db", f"{frappe.conf.db_name}.db")).resolve()


def _compress(plain: Path, target: Path) -> None:
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with plain.open("rb") as source, os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb") as file:
        shutil.copyfileobj(source, file, 1024 * 1024)


def _dump_mariadb(target: Path) -> Path:
    from frappe.database.mariadb.backup import back_up

    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb") as file:
        back_up(frappe.db.driver.address, file)
    return target


def _private_copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    return target


def _pack(folder: Path, stamp: str, name: str, compress: bool) -> Path:
    source = Path(frappe.get_site_path(FOLDERS[name]))
    target = folder / f"{stamp}-{name}{'.tgz' if compress else '.tar'}"
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz" if compress else "w") as archive:
        if source.exists():
            archive.add(source, arcname=FOLDERS[name])
    return target


# -- scheduled --------------------------------------------------------------------------------------------------------


def scheduled_backup(older_than: int = 6, ignore_files: bool = False, **_: Any) -> Backup:
    """Make a backup and keep as many as System Settings says (`backup_limit`)."""
    made = new_backup(ignore_files=ignore_files)
    delete_extra_backups()
    return made


def delete_extra_backups() -> None:
    """Delete the oldest backups beyond the limit."""
    limit = frappe.utils.cint(frappe.db.get_single_value("System Settings", "backup_limit")) or DEFAULT_LIMIT
    folder = Path(frappe.get_site_path("private", "backups"))
    databases = sorted(folder.glob("*-database.*"))
    for path in databases[:-limit]:
        stamp = path.name.partition("-database.")[0]
        for part in folder.glob(f"{stamp}-*"):
            part.unlink()
