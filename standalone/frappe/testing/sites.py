"""Throw-away sites: made once, kept as a template, put back whenever a test has committed something."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe.apps import get_attr, get_pymodule_path

PASSWORD = "admin"
KEPT_TEMPLATES = 6
_SOURCES = (".py", ".json", ".txt", ".html", ".csv")


def fingerprint(apps: Iterable[str]) -> str:
    """Return a hash over what a site is made from: names, sizes and times of the files of its apps."""
    digest = hashlib.sha256()
    for app in apps:
        root = get_pymodule_path(app)
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(name for name in folders if name not in ("__pycache__", "public", "node_modules"))
            for name in sorted(files):
                if name.endswith(_SOURCES) and not name.startswith("test_"):
                    stat = os.stat(os.path.join(folder, name))
                    digest.update(f"{folder}/{name}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:20]


class TestBench:
    """A bench folder with one site, that can be put back to how it was when it was made."""

    __test__ = False

    def __init__(self, root: Path, apps: tuple[str, ...], site: str = "test.localhost"):
        self.root, self.apps, self.site = root, apps, site
        self._pristine = root.with_name(f"{root.name}-pristine")

    @property
    def sites_path(self) -> str:
        return str(self.root / "sites")

    @property
    def database(self) -> Path:
        found = sorted((self.root / "sites" / self.site / "db").glob("*.db"))
        if len(found) != 1:
            raise RuntimeError(f"{self.root} should hold one database, not {[path.name for path in found]}.")
        return found[0]

    # -- making -------------------------------------------------------------------------------------------------------

    def prepare(self, templates: Path) -> None:
        """Make the site, from the template of the same code if there is one."""
        template = templates / fingerprint(self.apps)
        with _locked(templates):
            if not (template / "complete").exists():
                shutil.rmtree(template, ignore_errors=True)
                TestBench(template, self.apps, self.site).make()
                (template / "complete").touch()
                _forget_old(templates)
        shutil.copytree(template, self.root, dirs_exist_ok=True)
        shutil.copytree(template, self._pristine, dirs_exist_ok=True)

    def make(self) -> None:
        """Make the site from nothing."""
        from frappe.sites import SitePlan, new_site

        for folder in ("sites", "logs", "apps", "config"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        Path(self.sites_path, "apps.txt").write_text("\n".join(self.apps) + "\n", encoding="utf-8")
        others = tuple(app for app in self.apps if app != "frappe")
        extra = {"allow_tests": True, "mute_emails": False}
        new_site(SitePlan(self.site, self.sites_path, admin_password=PASSWORD, install_apps=others, extra_config=extra))
        self._before_tests()

    def _before_tests(self) -> None:
        self.connect()
        try:
            for path in frappe.get_hooks("before_tests"):
                get_attr(path)()
            frappe.db.commit()
            _checkpoint()
        finally:
            self.disconnect()

    # -- using --------------------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Make this the active site, as Administrator."""
        frappe.init(self.site, sites_path=self.sites_path, force=True)
        frappe.connect()

    def disconnect(self) -> None:
        frappe.destroy()

    def restore(self) -> None:
        """Undo what was written since the last call: roll back, and put the files back if something was committed."""
        if frappe.db:
            frappe.db.rollback()
        if self.is_touched():
            self.disconnect()
            self._put_back()
            self.connect()
            frappe.cache.flushall()

    def keep(self) -> None:
        """Let the site as it is now be what `restore` puts back."""
        _checkpoint()
        shutil.rmtree(self._pristine)
        shutil.copytree(self.root, self._pristine)

    def is_touched(self) -> bool:
        """Tell whether anything was committed: what is committed goes through the write-ahead log."""
        log = self.database.with_name(self.database.name + "-wal")
        pristine = self._pristine / self.database.relative_to(self.root)
        return (log.exists() and log.stat().st_size > 0) or _differ(self.database, pristine)

    def _put_back(self) -> None:
        from frappe.database import sqlite_pool

        sqlite_pool.forget(str(self.database))
        for path in self.database.parent.glob(self.database.name + "*"):
            path.unlink()
        pristine = self._pristine / "sites" / self.site
        shutil.copytree(pristine, self.root / "sites" / self.site, dirs_exist_ok=True)


def _differ(one: Path, other: Path) -> bool:
    first, second = one.stat(), other.stat()
    return first.st_size != second.st_size or first.st_mtime_ns != second.st_mtime_ns


def _checkpoint() -> None:
    frappe.db.sql("pragma wal_checkpoint(truncate)")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let one process at a time make templates."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_old(templates: Path) -> None:
    made = sorted((path.parent for path in templates.glob("*/complete")), key=lambda path: path.stat().st_mtime)
    for path in made[:-KEPT_TEMPLATES]:
        shutil.rmtree(path, ignore_errors=True)
