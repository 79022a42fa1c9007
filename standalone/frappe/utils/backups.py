"""Copies of a site's data, made while it runs, and putting them back."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import tarfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import frappe
from frappe.exceptions import ValidationError

DEFAULT_LIMIT = 3
_FOLDERS = {"files": "public/files", "private-files": "private/files"}
_SQLITE_HEADER = b"SQLite format 3\x00"


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
    **_: Any,
) -> Backup:
    """Back up the active site: its database as of one moment, its configuration and, unless ignored, its files."""
    folder = Path(backup_path or frappe.get_site_path("private", "backups"))
    folder.mkdir(parents=True, exist_ok=True)
    stamp = f"{datetime.now():%Y%m%d_%H%M%S}-{frappe.local.site.replace('.', '_')}"
    database = _backup_database(folder, stamp)
    config = _private_copy(Path(frappe.get_site_path("site_config.json")), folder / f"{stamp}-site_config_backup.json")
    files = {} if ignore_files else {name: _pack(folder, stamp, name, compress) for name in _FOLDERS}
    return Backup(database, config, files.get("files"), files.get("private-files"))


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
    try:
        _compress(plain, target)
    finally:
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
    program = shutil.which("mariadb-dump") or shutil.which("mysqldump")
    if not program:
        raise ValidationError("The program mariadb-dump is not installed here.")
    conf = frappe.conf
    command = [program, "--single-transaction", "--quick", f"-u{conf.db_user}", f"-h{conf.db_host}", conf.db_name]
    if conf.db_port:
        command.insert(1, f"-P{conf.db_port}")
    environment = {**os.environ, "MYSQL_PWD": str(conf.db_password)}
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb") as file:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
        if process.stdout is None:
            raise RuntimeError("mariadb-dump was started without an output.")
        shutil.copyfileobj(process.stdout, file, 1024 * 1024)
        if process.wait():
            raise frappe.CommandFailedError(f"mariadb-dump ended with status {process.returncode}.")
    return target


def _private_copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    return target


def _pack(folder: Path, stamp: str, name: str, compress: bool) -> Path:
    source = Path(frappe.get_site_path(_FOLDERS[name]))
    target = folder / f"{stamp}-{name}{'.tgz' if compress else '.tar'}"
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz" if compress else "w") as archive:
        if source.exists():
            archive.add(source, arcname=_FOLDERS[name])
    return target


# -- putting back -----------------------------------------------------------------------------------------------------


def restore_backup(
    site: str,
    database: Path,
    public_files: Path | None = None,
    private_files: Path | None = None,
    sites_path: str = ".",
) -> None:
    """Replace the data of a site by a backup. Refuses while the site is served, and what is no backup of ours."""
    from frappe.server import SiteLock

    archives = [archive for archive in (public_files, private_files) if archive]
    for archive in archives:
        _check_archive(archive)
    lock = SiteLock(site, sites_path)
    lock.acquire()
    try:
        with frappe.init_site(site, sites_path):
            _restore_database(database)
            for archive in archives:
                _unpack(archive, Path(frappe.local.site_path))
    finally:
        lock.release()


def _restore_database(source: Path) -> None:
    if frappe.conf.db_type != "sqlite":
        _restore_mariadb(source)
        return
    from frappe.database import sqlite_pool

    target = database_path()
    fresh = target.with_suffix(".restored")
    try:
        _copy_plain(source, fresh)
        _check_sqlite(fresh, source)
        sqlite_pool.forget(str(target))
        for suffix in ("-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        os.replace(fresh, target)
    finally:
        fresh.unlink(missing_ok=True)


def _copy_plain(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with _opened(source) as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1024 * 1024)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValidationError(f"{source.name} is damaged: {error}") from error


def _opened(path: Path) -> Any:
    with path.open("rb") as file:
        is_compressed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_compressed else path.open("rb")


def _check_sqlite(path: Path, source: Path) -> None:
    """Refuse what is not a complete database of this framework."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE_HEADER)) != _SQLITE_HEADER:
            raise ValidationError(f"{source.name} is not a backup of a SQLite database.")
    with closing(sqlite3.connect(path)) as connection:
        verdict = connection.execute("pragma quick_check").fetchone()[0]
        known = connection.execute("select 1 from sqlite_master where name = 'tabDocType'").fetchone()
    if verdict != "ok":
        raise ValidationError(f"{source.name} is damaged: {verdict}")
    if not known:
        raise ValidationError(f"{source.name} is a database, but not one of this framework.")


def _restore_mariadb(source: Path) -> None:
    program = shutil.which("mariadb") or shutil.which("mysql")
    if not program:
        raise ValidationError("The program mariadb is not installed here.")
    conf = frappe.conf
    command = [program, f"-u{conf.db_user}", f"-h{conf.db_host}", f"-P{conf.db_port or 3306}", conf.db_name]
    environment = {**os.environ, "MYSQL_PWD": str(conf.db_password)}
    process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    if process.stdin is None:
        raise RuntimeError("mariadb was started without an input.")
    with _opened(source) as reader, process.stdin as writer:
        shutil.copyfileobj(reader, writer, 1024 * 1024)
    if process.wait():
        raise frappe.CommandFailedError(f"mariadb ended with status {process.returncode}.")


def _check_archive(archive: Path) -> None:
    """Refuse an archive that holds anything but a site's files, before anything is replaced."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                if not member.name.startswith(tuple(_FOLDERS.values())):
                    raise ValidationError(f"{archive.name} holds {member.name}, which is none of a site's files.")
    except tarfile.TarError as error:
        raise ValidationError(f"{archive.name} is not an archive of files: {error}") from error


def _unpack(archive: Path, site: Path) -> None:
    """Unpack files; the `data` filter refuses names that lead out of the folder, links and devices."""
    with tarfile.open(archive) as tar:
        tar.extractall(site, filter="data")


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
