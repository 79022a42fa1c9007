"""Where the data of a throw-away site lives, and how it is put back to how it was."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Protocol

import frappe


class Home(Protocol):
    """The database of one site. Everything but `plan` and `fill` is called while the site is not connected."""

    def plan(self) -> dict[str, Any]:
        """Return what the plan of the new site says of its database."""

    def save(self) -> None:
        """Write the database into the folder of the site, which is to become a template."""

    def fill(self) -> None:
        """Make the database from the folder of the site, a copy of a template."""

    def keep(self) -> None:
        """Remember the database as it is now."""

    def is_touched(self) -> bool:
        """Tell whether the database may differ from what is remembered."""

    def put_back(self) -> None:
        """Make the database what it was."""

    def remove(self) -> None:
        """Leave nothing behind on a server."""


class SQLiteHome:
    """A file in the folder of the site; its copy is remembered."""

    def __init__(self, site: Path, pristine: Path):
        self._site, self._pristine = site, pristine

    @property
    def _database(self) -> Path:
        found = sorted((self._site / "db").glob("*.db"))
        if len(found) != 1:
            raise RuntimeError(f"{self._site} should hold one database, not {[path.name for path in found]}.")
        return found[0]

    def plan(self) -> dict[str, Any]:
        return {"db_type": "sqlite"}

    def save(self) -> None:
        """Nothing to do: the file is in the folder."""

    def fill(self) -> None:
        """Nothing to do: the file was copied."""

    def keep(self) -> None:
        shutil.copytree(self._site / "db", self._pristine / "db", dirs_exist_ok=True)

    def is_touched(self) -> bool:
        """Tell whether anything was committed: what is committed goes through the write-ahead log."""
        log = self._database.with_name(self._database.name + "-wal")
        return (log.exists() and log.stat().st_size > 0) or _differ(
            self._database, self._pristine / "db" / self._database.name
        )

    def put_back(self) -> None:
        from frappe.database import sqlite_pool

        sqlite_pool.forget(str(self._database))
        database = self._database
        for path in database.parent.glob(database.name + "*"):
            path.unlink()
        shutil.copytree(self._pristine / "db", self._site / "db", dirs_exist_ok=True)

    def remove(self) -> None:
        """Nothing to do: pytest removes its folders."""


def _differ(one: Path, other: Path) -> bool:
    first, second = one.stat(), other.stat()
    return first.st_size != second.st_size or first.st_mtime_ns != second.st_mtime_ns


def checkpoint() -> None:
    """Bring a SQLite database of the connected site into one file."""
    if frappe.db.db_type == "sqlite":
        frappe.db.sql("pragma wal_checkpoint(truncate)")
