"""Bringing a site up to date with the code of its apps: patches, DocTypes, records, then the apps' own functions."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import frappe
from frappe.apps import get_attr, get_installed_apps
from frappe.exceptions import LockTimeoutError
from frappe.modules.patch_handler import PatchType, run_all


class SiteMigration:
    """One run of `migrate` on the active site.

    Each step commits when it is done and rolls back when it fails, so that a run that was cut short is continued by the
    next one.
    """

    def __init__(self, skip_failing: bool = False, skip_search_index: bool = False):
        self.skip_failing = skip_failing
        self.skip_search_index = skip_search_index

    def run(self, site: str | None = None, sites_path: str = ".") -> None:
        """Migrate the active site, or initialise and migrate `site`."""
        if site:
            frappe.init(site, sites_path=sites_path)
            frappe.connect()
        with _alone(Path(frappe.get_site_path("locks"))), _migrating():
            for step in (self.before, self.patches_before, self.sync, self.patches_after, self.records, self.after):
                _atomic(step)
            self.finish()

    def before(self) -> None:
        frappe.clear_cache()
        from frappe.database.schema import create_base_tables
        from frappe.jobs.table import create_table

        create_base_tables()
        create_table()
        _call_all("before_migrate")

    def patches_before(self) -> None:
        run_all(self.skip_failing, PatchType.pre_model_sync)

    def sync(self) -> None:
        from frappe.model.sync import sync_all

        sync_all()

    def patches_after(self) -> None:
        run_all(self.skip_failing, PatchType.post_model_sync)

    def records(self) -> None:
        from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
        from frappe.deferred_insert import save_to_db
        from frappe.installer import add_module_defs, update_installed_applications
        from frappe.model.sync import remove_orphan_doctypes
        from frappe.utils.fixtures import sync_customizations, sync_fixtures

        for app in get_installed_apps():
            add_module_defs(app)
        sync_jobs()
        sync_fixtures()
        sync_customizations()
        save_to_db()
        for doctype in remove_orphan_doctypes():
            print(f"Removed DocType {doctype}: its file is gone.")
        frappe.get_single("Portal Settings").sync_menu()
        update_installed_applications()

    def after(self) -> None:
        from frappe.search.sqlite_search import build_index_in_background

        _call_all("after_migrate")

        if not self.skip_search_index:
            build_index_in_background()

    def finish(self) -> None:
        frappe.clear_cache()
        frappe.publish_realtime("version-update")


def _call_all(hook: str) -> None:
    for app in get_installed_apps():
        for path in frappe.get_hooks(hook, app_name=app):
            get_attr(path)()
            frappe.db.commit()


def _atomic(step: Any) -> None:
    try:
        step()
        frappe.db.commit()
    except BaseException:
        frappe.db.rollback()
        raise


@contextmanager
def _migrating() -> Iterator[None]:
    frappe.flags.in_migrate = True
    try:
        yield
    finally:
        frappe.flags.in_migrate = False


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the site's migration lock. Raises LockTimeoutError when another migration runs."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "migrate.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockTimeoutError(f"Another migration of {frappe.local.site} is running.") from None
        file.write(json.dumps({"pid": os.getpid()}))
        file.flush()
        yield


def migrate(site: str | None = None, skip_failing: bool = False, skip_search_index: bool = False) -> None:
    """Migrate the active site (or `site`)."""
    SiteMigration(skip_failing, skip_search_index).run(site)
