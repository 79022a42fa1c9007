"""From installed packages to a site that can be served: a bench folder, a site with its apps, a password to sign in.

Everything here may be repeated: what is there stays, a site whose code has changed is migrated. Progress is for the
caller to show; nothing here prints.
"""

from __future__ import annotations

import getpass
import hashlib
import importlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from frappe.apps import get_pymodule_path
from frappe.config import COMMON_CONFIG, SITE_CONFIG, load
from frappe.exceptions import ValidationError

APPS_GROUP = "frappe.apps"
"""The group of entry points by which packages say that they are apps: `helpdesk = "helpdesk"`."""
FOLDERS = ("apps", "sites", "sites/assets", "config", "config/pids", "logs")
PASSWORD_FILE = "admin_password.txt"
STAMP = "locks/schema.stamp"
SHOWN = "locks/password-shown"


@dataclass(frozen=True)
class Bench:
    """A bench folder with one site."""

    folder: Path
    site: str
    apps: tuple[str, ...]

    @property
    def sites(self) -> Path:
        return self.folder / "sites"

    @property
    def site_folder(self) -> Path:
        return self.sites / self.site

    @property
    def password_file(self) -> Path:
        """Where the password of a site that was made here is kept, readable by its owner only."""
        return self.site_folder / PASSWORD_FILE


def packaged_apps() -> list[str]:
    """Return the apps among the installed packages, by name."""
    return sorted({point.value for point in entry_points(group=APPS_GROUP)})


def plan(folder: Path, apps: Sequence[str], site: str | None) -> Bench:
    """Return the bench to be; without `apps` those among the installed packages, without `site` one named after them.

    Raises ValidationError when an app cannot be imported.
    """
    chosen = tuple(apps) or tuple(packaged_apps())
    for app in chosen:
        try:
            importlib.import_module(f"{app}.hooks")
        except ModuleNotFoundError as error:
            raise ValidationError(f"There is no app {app} here: install its package first.") from error
    return Bench(folder.resolve(), site or f"{(chosen or ('site',))[0]}.localhost", chosen)


# -- the folder -------------------------------------------------------------------------------------------------------


def lay_out(bench: Bench) -> bool:
    """Make the folders people who know bench expect; return whether the bench is new."""
    is_new = not (bench.sites / "apps.txt").exists()
    for folder in FOLDERS:
        (bench.folder / folder).mkdir(parents=True, exist_ok=True)
    for app in ("frappe", *bench.apps):
        _link(bench.folder / "apps" / app, Path(get_pymodule_path(app)).parent)
    _link(bench.folder / "env", Path(sys.prefix))
    _write_once(bench.sites / "apps.txt", "\n".join(["frappe", *bench.apps]) + "\n")
    common = {"default_site": bench.site, "frappe_user": getpass.getuser()}  # the command bench works as this user
    _write_once(bench.sites / COMMON_CONFIG, json.dumps(common, indent=1) + "\n")
    return is_new


def _link(link: Path, target: Path) -> None:
    if link.is_symlink() and link.readlink() != target:
        link.unlink()
    if not link.exists():
        link.symlink_to(target)


def _write_once(path: Path, text: str) -> None:
    if not path.exists():
        path.write_text(text, encoding="utf-8")


# -- the site ---------------------------------------------------------------------------------------------------------


def ensure_site(bench: Bench, admin_password: str | None = None, db_root_password: str | None = None) -> bool:
    """Make the site, or migrate it when the code has changed since; return whether there was something to do."""
    stamp, mark = bench.site_folder / STAMP, fingerprint(schema_sources(("frappe", *bench.apps)))
    if not (bench.site_folder / SITE_CONFIG).exists():
        _make_site(bench, admin_password, db_root_password)
    elif stamp.exists() and stamp.read_text(encoding="utf-8") == mark:
        return False
    else:
        _migrate(bench)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark, encoding="utf-8")
    return True


def _make_site(bench: Bench, admin_password: str | None, db_root_password: str | None) -> None:
    """Make the site on the kind of database that the configuration names.

    Leftovers of a first try that was killed are thrown away, unless they are on a server: a database there that bears
    the site's name may be anybody's, and is refused.
    """
    from frappe.sites import SitePlan, new_site

    os.chdir(bench.sites)
    db_type = str(load(".", None).db_type or "sqlite")
    password = new_site(
        SitePlan(
            bench.site,
            db_type=db_type,
            db_root_password=db_root_password,
            admin_password=admin_password,
            install_apps=bench.apps,
            force=db_type == "sqlite",
        )
    )
    descriptor = os.open(bench.password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(password + "\n")


def _migrate(bench: Bench) -> None:
    from frappe.migrate import SiteMigration

    os.chdir(bench.sites)
    SiteMigration().run(bench.site)


def schema_sources(apps: Iterable[str]) -> list[Path]:
    """Return the files whose change calls for a migration: DocTypes and other records, patches, hooks, install data."""
    found: list[Path] = []
    for app in apps:
        root = Path(get_pymodule_path(app))
        found += [root / "hooks.py", root / "patches.txt"]
        found += [path for folder in ("setup", "patches") for path in (root / folder).rglob("*.py")]
        found += [path for path in root.rglob("*.json") if "public" not in path.parts]
    return [path for path in found if path.is_file()]


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one hash over the names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def first_look_at_password(bench: Bench) -> str | None:
    """Return the password of Administrator the first time somebody asks, None later and where it is not known."""
    mark = bench.site_folder / SHOWN
    if mark.exists() or not bench.password_file.exists():
        return None
    mark.touch()
    return bench.password_file.read_text(encoding="utf-8").strip()
