"""Making, remaking and removing whole sites: folders, configuration, database, first records."""

from __future__ import annotations

import os
import secrets
import shutil
import string
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import frappe
from frappe import config
from frappe.exceptions import ValidationError
from frappe.installer import install_app, make_conf, make_site_dirs

PASSWORD_VARIABLE = "FRAPPE_ADMIN_PASSWORD"
_NAME_CHARACTERS = frozenset(string.ascii_letters + string.digits + ".-_")


@dataclass(frozen=True)
class SitePlan:
    """What a new site shall be."""

    site: str
    sites_path: str = "."
    db_type: str = "sqlite"
    db_name: str | None = None
    db_password: str | None = None
    db_host: str | None = None
    db_port: int | None = None
    db_user: str | None = None
    db_root_username: str | None = None
    db_root_password: str | None = None
    admin_password: str | None = None
    install_apps: tuple[str, ...] = ()
    enable_scheduler: bool = True
    force: bool = False
    verbose: bool = False
    extra_config: dict[str, Any] = field(default_factory=dict)


def new_site(plan: SitePlan) -> str:
    """Make a site and return the password of its Administrator.

    Without a password in the plan, the environment or the common configuration one is generated. A site that exists is
    refused, unless `force`, which removes it first. A site that could not be made leaves nothing behind.
    """
    validate_site_name(plan.site)
    folder = Path(plan.sites_path, plan.site)
    if (folder / config.SITE_CONFIG).exists() and not plan.force:
        raise ValidationError(f"The site {plan.site} exists. Give --force to throw it away and make it anew.")
    if plan.force:
        _forget(plan)
    try:
        return _make(plan)
    except BaseException:
        frappe.destroy()
        _forget_failed(plan)
        raise
    finally:
        frappe.destroy()


def validate_site_name(site: str) -> None:
    """Refuse names that could not be a folder inside `sites/`."""
    if not site or site.startswith((".", "-")) or not set(site) <= _NAME_CHARACTERS or site in ("assets", "all"):
        raise ValidationError(f"{site!r} cannot be the name of a site: use letters, digits, dots and hyphens.")


def _make(plan: SitePlan) -> str:
    frappe.init(plan.site, sites_path=plan.sites_path, new_site=True, force=True)
    make_site_dirs()
    password = _password(plan)
    _write_config(plan)
    frappe.init(plan.site, sites_path=plan.sites_path, new_site=True, force=True)
    # The zone must be known before the first record carries a moment in it.
    frappe.conf.time_zone = frappe.conf.time_zone or host_time_zone()
    _create_database(plan)
    frappe.connect()
    frappe.flags.in_install_db = True
    bootstrap(plan.enable_scheduler, password)
    frappe.flags.in_install_db = False
    for app in dict.fromkeys([*(frappe.conf.install_apps or []), *plan.install_apps]):
        install_app(app, verbose=plan.verbose)
    frappe.db.commit()
    return password


def host_time_zone() -> str:
    """Return the name of the machine's time zone, UTC when it has none."""
    from babel.localtime import LOCALTZ

    name = str(getattr(LOCALTZ, "key", None) or "UTC")
    return "UTC" if name in ("Etc/UTC", "Etc/UCT", "UCT", "Zulu") else name


def _password(plan: SitePlan) -> str:
    given = plan.admin_password or os.environ.get(PASSWORD_VARIABLE) or frappe.conf.admin_password
    return str(given) if given else secrets.token_urlsafe(12)


def _write_config(plan: SitePlan) -> None:
    server = plan.db_type != "sqlite"
    make_conf(
        db_name=plan.db_name or _database_name(plan.site),
        db_password=plan.db_password or (secrets.token_urlsafe(16) if server else None),
        db_type=plan.db_type,
        db_host=plan.db_host if server else None,
        db_port=plan.db_port if server else None,
        db_user=plan.db_user if server else None,
        **plan.extra_config,
    )


def _database_name(site: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in site.lower())[:60]


def _create_database(plan: SitePlan) -> None:
    from frappe.database import schema

    if plan.db_type != "sqlite":
        from frappe.database.mariadb.setup import create_database

        create_database(root_user=plan.db_root_username, root_password=plan.db_root_password, force=plan.force)
    frappe.connect()
    schema.create_base_tables()


def bootstrap(enable_scheduler: bool, admin_password: str) -> None:
    """Install the framework itself into a database that has the base tables only."""
    from frappe.jobs.table import create_table
    from frappe.model.sync import create_family_tables
    from frappe.utils.password import update_password

    create_table()
    create_family_tables()
    install_app("frappe", force=True)
    update_password("Administrator", admin_password)
    frappe.db.set_single_value("System Settings", "enable_scheduler", int(enable_scheduler))
    frappe.db.commit()


# -- removing ---------------------------------------------------------------------------------------------------------


def _forget(plan: SitePlan) -> None:
    """Remove the folder of a site and, for a database server, its database."""
    folder = Path(plan.sites_path, plan.site)
    if (folder / config.SITE_CONFIG).exists():
        frappe.init(plan.site, sites_path=plan.sites_path, force=True)
        _drop_database(plan.db_root_username, plan.db_root_password)
        frappe.destroy()
    if folder.exists():
        shutil.rmtree(folder)


def _forget_failed(plan: SitePlan) -> None:
    """Remove what there is of a site that could not be made; a server that is not there must not hide the reason."""
    try:
        _forget(plan)
    except Exception as error:  # the reason why the site could not be made is on its way to the operator
        frappe.destroy()
        shutil.rmtree(Path(plan.sites_path, plan.site), ignore_errors=True)
        print(f"! The database of {plan.site} could not be removed: {error}")


def _drop_database(root_user: str | None, root_password: str | None) -> None:
    """Remove the database of the active site from its server; a file goes with its folder."""
    if frappe.conf.db_type != "sqlite":
        from frappe.database.mariadb.setup import drop_database

        drop_database(root_user, root_password)
        frappe.cache.flushall()


def drop_site(
    site: str,
    sites_path: str = ".",
    archive: Path | None = None,
    no_backup: bool = False,
    root_user: str | None = None,
    root_password: str | None = None,
) -> Path:
    """Take a site away: a backup first, then its folder moves to the archive. Returns where it is now.

    A database on a server is removed; it is in the backup.
    """
    if not Path(sites_path, site, config.SITE_CONFIG).exists():
        raise ValidationError(f"There is no site {site} in {Path(sites_path).resolve()}.")
    frappe.init(site, sites_path=sites_path, force=True)
    if not no_backup:
        from frappe.utils.backups import new_backup

        frappe.connect()
        new_backup(ignore_files=False)
    _drop_database(root_user, root_password)
    frappe.destroy()
    target = archive or Path(sites_path, "..", "archived", "sites").resolve()
    target.mkdir(parents=True, exist_ok=True)
    place = target / f"{site}-{datetime.now():%Y%m%d-%H%M%S}"
    shutil.move(str(Path(sites_path, site)), place)
    return place


def reinstall(plan: SitePlan) -> str:
    """Empty a site and install the same apps again; its configuration and files stay. Returns the new password."""
    frappe.init(plan.site, sites_path=plan.sites_path, force=True)
    frappe.connect()
    apps = [app for app in frappe.get_installed_apps() if app != "frappe"]
    password = _password(plan)
    _empty_database()
    frappe.flags.in_install_db = True
    from frappe.database import schema

    schema.create_base_tables()
    bootstrap(plan.enable_scheduler, password)
    frappe.flags.in_install_db = False
    for app in apps:
        install_app(app, verbose=plan.verbose)
    frappe.db.commit()
    frappe.destroy()
    return password


def _empty_database() -> None:
    if frappe.db.db_type == "mariadb":
        from frappe.database.mariadb.dump import empty

        frappe.db.commit()
        empty(frappe.db.driver.address)
    for table in frappe.db.get_tables(cached=False):
        if not table.startswith("sqlite_"):
            frappe.db.sql_ddl(f"drop table if exists `{table}`")
    frappe.cache.flushall()
    frappe.clear_cache()
