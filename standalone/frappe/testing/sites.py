"""Throw-away sites: made once, kept as a template, put back whenever a test has committed something."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import frappe
from frappe.apps import get_attr, get_pymodule_path
from frappe.testing.homes import Home, SQLiteHome, checkpoint
from frappe.testing.mariadb_home import MariaDBHome
from frappe.testing.services import Services

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

    def __init__(
        self, root: Path, apps: tuple[str, ...], site: str = "test.localhost", services: Services | None = None
    ):
        self.root, self.apps, self.site, self.services = root, apps, site, services
        self._pristine = root.with_name(f"{root.name}-pristine")
        self._home = self._make_home()

    def _make_home(self) -> Home:
        site = self.root / "sites" / self.site
        if self.services is None:
            return SQLiteHome(site, self._pristine / "sites" / self.site)
        return MariaDBHome(self.services, site, f"{self.root.parent.name}_{secrets.token_hex(2)}")

    @property
    def sites_path(self) -> str:
        return str(self.root / "sites")

    # -- making -------------------------------------------------------------------------------------------------------

    def prepare(self, templates: Path) -> None:
        """Make the site, from the template of the same code if there is one."""
        template = templates / (fingerprint(self.apps) + ("-services" if self.services else ""))
        with _locked(templates):
            if not (template / "complete").exists():
                shutil.rmtree(template, ignore_errors=True)
                TestBench(template, self.apps, self.site, self.services).make()
                (template / "complete").touch()
                _forget_old(templates)
        shutil.copytree(template, self.root, dirs_exist_ok=True)
        self._home.fill()
        self._remember()

    def make(self) -> None:
        """Make the site from nothing, to be a template."""
        from frappe.sites import SitePlan, new_site

        for folder in ("sites", "logs", "apps", "config"):
            (self.root / folder).mkdir(parents=True, exist_ok=True)
        Path(self.sites_path, "apps.txt").write_text("\n".join(self.apps) + "\n", encoding="utf-8")
        others = tuple(app for app in self.apps if app != "frappe")
        extra = {"allow_tests": True, "mute_emails": False, **(self.services.config() if self.services else {})}
        plan = SitePlan(
            self.site,
            self.sites_path,
            admin_password=PASSWORD,
            install_apps=others,
            extra_config=extra,
            **self._home.plan(),
        )
        try:
            new_site(plan)
            self._before_tests()
            self._home.save()
        finally:
            self._home.remove()

    def _before_tests(self) -> None:
        self.connect()
        try:
            for path in frappe.get_hooks("before_tests"):
                get_attr(path)()
            frappe.db.commit()
            checkpoint()
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
        """Undo what was written since the last call: roll back, and put the data back if something was committed."""
        if frappe.db:
            frappe.db.rollback()
        self.disconnect()
        if self._home.is_touched():
            self._home.put_back()
            shutil.copytree(self._pristine, self.root, dirs_exist_ok=True)
            self.connect()
            frappe.cache.flushall()
        else:
            self.connect()

    def keep(self) -> None:
        """Let the connected site as it is now be what `restore` puts back."""
        checkpoint()
        self.disconnect()
        self._remember()
        self.connect()

    def _remember(self) -> None:
        shutil.rmtree(self._pristine, ignore_errors=True)
        shutil.copytree(self.root, self._pristine, ignore=shutil.ignore_patterns("db"))
        self._home.keep()

    def remove(self) -> None:
        """Leave nothing behind on servers."""
        self._home.remove()


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
