"""Putting a backup in the place of a site's data. What is no backup is refused before anything changes."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import frappe
from frappe.exceptions import ValidationError
from frappe.utils import backup_encryption
from frappe.utils.backups import FOLDERS, database_path

_SQLITE_HEADER = b"SQLite format 3\x00"
_TABLE_OF_OURS = b"CREATE TABLE `tabDocType`"
_END_OF_DUMP = b"-- Dump completed"
_CHUNK = 1024 * 1024


def restore_backup(
    site: str,
    database: Path,
    public_files: Path | None = None,
    private_files: Path | None = None,
    sites_path: str = ".",
    encryption_key: str | None = None,
) -> None:
    """Replace the data of a site by a backup; encrypted ones need the site's key or the given one.

    Everything is unpacked and checked beside the site first. Refuses while the site is served, and what is no backup of
    ours. An interruption leaves the old database, perhaps with more files than it knows, or the new one with all of its
    files; running it again completes it. Search indexes and cache go, because they are of other documents.
    """
    from frappe.server import SiteLock

    lock = SiteLock(site, sites_path)
    lock.acquire()
    try:
        with frappe.init_site(site, sites_path), _workspace() as folder:
            reader = _Reader(folder, encryption_key or frappe.conf.get(backup_encryption.KEY))
            plain = reader.plain(database)
            archives = [archive for archive in (public_files, private_files) if archive]
            for archive in archives:
                _unpack(reader.plain(archive), archive.name, folder / "unpacked")
            _check(plain, database.name)
            _move_files(folder / "unpacked", Path(frappe.local.site_path))
            shutil.rmtree(Path(frappe.local.site_path, "indexes"), ignore_errors=True)
            frappe.cache.clear()
            _replace_database(plain)
            frappe.cache.clear()
    finally:
        lock.release()


@contextmanager
def _workspace() -> Iterator[Path]:
    """Yield a folder on the site's own disk, where the next step is a rename; those of killed runs are removed."""
    for left_over in Path(frappe.local.site_path).glob(".restore-*"):
        shutil.rmtree(left_over)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=frappe.local.site_path) as folder:
        yield Path(folder)


class _Reader:
    """Makes plain files of encrypted and compressed ones."""

    def __init__(self, folder: Path, key: str | None):
        self._folder, self._key = folder, key

    def plain(self, source: Path) -> Path:
        """Return the content of a file, decrypted and decompressed, in the workspace."""
        if backup_encryption.is_encrypted(source):
            if not self._key:
                raise ValidationError(f"{source.name} is encrypted: give --encryption-key.")
            decrypted = self._folder / f"{source.name}.decrypted"
            backup_encryption.decrypt_file(source, decrypted, self._key)
            return self._decompressed(decrypted, source.name)
        return self._decompressed(source, source.name)

    def _decompressed(self, source: Path, name: str) -> Path:
        target = self._folder / f"{name}.plain"
        try:
            with _opened(source) as reader, target.open("wb") as writer:
                shutil.copyfileobj(reader, writer, _CHUNK)
                writer.flush()
                os.fsync(writer.fileno())
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise ValidationError(f"{name} is damaged: {error}") from error
        return target


def _opened(path: Path) -> Any:
    with path.open("rb") as file:
        is_compressed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_compressed else path.open("rb")


# -- the database -----------------------------------------------------------------------------------------------------


def _check(plain: Path, name: str) -> None:
    if frappe.conf.db_type == "sqlite":
        _check_sqlite(plain, name)
    else:
        _check_dump(plain, name)


def _replace_database(plain: Path) -> None:
    if frappe.conf.db_type == "sqlite":
        _replace_sqlite(plain)
    else:
        _load_dump(plain)


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE_HEADER)) == _SQLITE_HEADER


def _check_sqlite(path: Path, name: str) -> None:
    """Refuse what is not a complete database of this framework."""
    if not _is_sqlite(path):
        raise ValidationError(
            f"{name} is not a backup of a SQLite database. Between databases, use export-site and import-site."
        )
    try:
        with closing(sqlite3.connect(path)) as connection:
            verdict = connection.execute("pragma quick_check").fetchone()[0]
            known = connection.execute("select 1 from sqlite_master where name = 'tabDocType'").fetchone()
    except sqlite3.DatabaseError as error:
        raise ValidationError(f"{name} is damaged: {error}") from error
    if verdict != "ok":
        raise ValidationError(f"{name} is damaged: {verdict}")
    if not known:
        raise ValidationError(f"{name} is a database, but not one of this framework.")


def _replace_sqlite(fresh: Path) -> None:
    """Put a database in the place of the site's, whose log is emptied first: it must not be read into the new one."""
    from frappe.database import sqlite_pool

    target = database_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    sqlite_pool.forget(str(target))
    if target.exists() and _is_sqlite(target):
        _empty_log(target)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, target)


def _empty_log(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("pragma wal_checkpoint(truncate)").fetchone()
    except sqlite3.DatabaseError as error:
        print(f"The database that is replaced cannot be read any more: {error}")


def _check_dump(path: Path, name: str) -> None:
    """Refuse what is not a complete dump of a database of this framework."""
    if _is_sqlite(path):
        raise ValidationError(
            f"{name} is a SQLite database and this site uses {frappe.conf.db_type}. "
            "Between databases, use export-site and import-site."
        )
    with path.open("rb") as file:
        if not any(_TABLE_OF_OURS in line for line in file):
            raise ValidationError(f"{name} is not a dump of a site's database.")
        file.seek(max(path.stat().st_size - 1000, 0))
        if _END_OF_DUMP not in file.read():
            raise ValidationError(f"{name} is not complete: the end of the dump is missing.")


def _load_dump(dump: Path) -> None:
    from frappe.database.mariadb.backup import put_back

    frappe.connect()
    frappe.db.close()
    with _opened(dump) as lines:
        put_back(frappe.db.driver.address, (line.decode() for line in lines))


# -- files ------------------------------------------------------------------------------------------------------------


def _unpack(archive: Path, name: str, folder: Path) -> None:
    """Unpack an archive beside the site; the `data` filter refuses names that lead out of the folder, and devices."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                if not member.name.startswith(tuple(FOLDERS.values())):
                    raise ValidationError(f"{name} holds {member.name}, which is none of a site's files.")
            tar.extractall(folder, filter="data")
    except tarfile.TarError as error:
        raise ValidationError(f"{name} is not an archive of files: {error}") from error


def _move_files(folder: Path, site: Path) -> None:
    for path in sorted(folder.rglob("*")):
        target = site / path.relative_to(folder)
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
