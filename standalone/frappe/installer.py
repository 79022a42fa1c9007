"""Installing and removing apps on a site, and writing its configuration. Making whole sites is in `frappe.sites`."""

from __future__ import annotations

import ast
import fcntl
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import frappe
from frappe import absent, config
from frappe.apps import FRAMEWORK, get_all_apps, get_attr, get_installed_apps
from frappe.exceptions import AppNotInstalledError, IncompatibleApp, ValidationError

INSTALLED_APPS = "installed_apps"
INSTALLING = "installation_in_progress"
"""The global default that names the app whose installation has begun and not ended."""


def install_app(name: str, verbose: bool = False, set_as_patched: bool = True, force: bool = False) -> None:
    """Install an app with the apps it requires: its modules, documents, records and fixtures.

    Does nothing but say so when it is installed, unless `force`. A `before_install` function that returns False stops
    the installation silently.
    """
    if name not in get_all_apps():
        raise ValidationError(f"The app {name} is not on this bench: sites/apps.txt does not list it.")
    if name in get_installed_apps() and not force and interrupted_installation() != name:
        print(f"{name} is already installed.")
        return
    _install_required(name, verbose, force)
    previous, frappe.flags.in_install = frappe.flags.in_install, name
    try:
        _install(name, set_as_patched)
    except Exception:
        frappe.db.rollback()
        _forget_installation(name, was_there=force)
        raise
    finally:
        frappe.flags.in_install = previous
    for reason, hooks in absent.hooks_without_effect(name).items():
        print(f"{name}: no effect here has {', '.join(hooks)}. {reason}")
    if verbose:
        print(f"Installed {name}.")


def interrupted_installation() -> str | None:
    """Return the app whose installation was cut short; installing it again completes it."""
    found = frappe.db.get_global(INSTALLING)
    return str(found) if found else None


def _forget_installation(name: str, was_there: bool) -> None:
    """Take an app that could not be installed off the list; its tables are used by the next attempt."""
    if name == FRAMEWORK or was_there:
        return
    frappe.db.set_global(INSTALLING, None)
    remove_from_installed_apps(name)
    frappe.db.commit()


def _install_required(name: str, verbose: bool, force: bool) -> None:
    for required in frappe.get_hooks("required_apps", app_name=name):
        app = parse_app_name(required)
        if app not in get_all_apps():
            raise IncompatibleApp(f"{name} needs the app {app}, which is not on this bench.")
        if app not in get_installed_apps():
            install_app(app, verbose=verbose, force=force)


def parse_app_name(name: str) -> str:
    """Return the package name in `org/app`, a repository address or a plain name."""
    return name.rstrip("/").rsplit("/", 1)[-1].removesuffix(".git")


def _install(name: str, set_as_patched: bool) -> None:
    from frappe.model.sync import sync_for

    if name != FRAMEWORK:
        frappe.only_for("System Manager")
    if _stopped_by_hook(name):
        return
    if name != FRAMEWORK:
        add_module_defs(name)
    sync_for(name, force=True)
    if name == FRAMEWORK:  # its Module Def has no table before
        add_module_defs(name)
    add_to_installed_apps(name)
    frappe.db.set_global(INSTALLING, name)
    frappe.db.commit()
    _fill_singles(name)
    _sync_portal_menu()
    if set_as_patched:
        set_all_patches_as_completed(name)
    _run_hooks(name, "after_install")
    _call_hooks("after_app_install", name)
    _after_install_records(name)
    _run_hooks(name, "after_sync")
    frappe.db.set_global(INSTALLING, None)
    frappe.db.commit()
    frappe.clear_cache()


def _stopped_by_hook(name: str) -> bool:
    for path in frappe.get_hooks("before_install", app_name=name):
        if get_attr(path)() is False:
            return True
    if name != FRAMEWORK:
        _call_hooks("before_app_install", name)
    return False


def _after_install_records(name: str) -> None:
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs
    from frappe.utils.fixtures import sync_customizations, sync_fixtures

    sync_jobs()
    sync_fixtures(name)
    sync_customizations(name, installing=True)
    update_installed_applications()


def _run_hooks(app: str, hook: str) -> None:
    """Call an app's own functions for `hook`."""
    for path in frappe.get_hooks(hook, app_name=app):
        get_attr(path)()


def _call_hooks(hook: str, app: str) -> None:
    """Call every app's functions for `hook` with the name of the app in question."""
    for path in frappe.get_hooks(hook):
        get_attr(path)(app)


def _sync_portal_menu() -> None:
    if frappe.db.exists("DocType", "Portal Settings"):
        frappe.get_single("Portal Settings").sync_menu()


def _fill_singles(app: str) -> None:
    """Give every Single of the app that was never saved its defaults."""
    modules = frappe.get_module_list(app)
    singles = frappe.get_all("DocType", filters={"issingle": 1, "module": ("in", modules)}, pluck="name", limit=0)
    stored = {row[0] for row in frappe.db.sql("select distinct `doctype` from `tabSingles`")}
    for doctype in singles:
        if doctype not in stored:
            _save_defaults(doctype)


def _save_defaults(doctype: str) -> None:
    doc = frappe.new_doc(doctype)
    doc.flags.ignore_mandatory = True
    doc.flags.ignore_validate = True
    doc.flags.ignore_links = True
    doc.save(ignore_permissions=True)


def add_module_defs(app: str, ignore_if_duplicate: bool = True) -> None:
    """Make a Module Def for each line of the app's `modules.txt`; those that are there stay."""
    present = set(frappe.get_all("Module Def", pluck="name", limit=0)) if ignore_if_duplicate else set()
    for module in frappe.get_module_list(app):
        if module not in present:
            doc = frappe.get_doc({"doctype": "Module Def", "module_name": module, "app_name": app, "name": module})
            doc.insert(ignore_permissions=True)


def add_to_installed_apps(app_name: str, rebuild_website: bool = True) -> None:
    """Add an app to the list of the site's installed apps, at the end."""
    _change_installed_apps([*_installed(), app_name] if app_name not in _installed() else _installed())


def remove_from_installed_apps(app_name: str) -> None:
    """Take an app off the list without touching its data."""
    _change_installed_apps([app for app in _installed() if app != app_name])


def _installed() -> list[str]:
    stored = frappe.db.get_global(INSTALLED_APPS)
    return list(json.loads(stored)) if stored else []


def _change_installed_apps(apps: list[str]) -> None:
    frappe.db.set_global(INSTALLED_APPS, json.dumps(apps))
    frappe.cache.delete_value([INSTALLED_APPS, "app_hooks"])
    frappe.local.request_cache.clear()
    frappe.clear_cache()


def update_installed_applications() -> None:
    """Write the list of apps with their versions into the Single `Installed Applications`."""
    doc = frappe.get_single("Installed Applications")
    doc.set("installed_applications", [])
    for app in get_installed_apps():
        module = frappe.get_module(app)
        version = getattr(module, "__version__", None) or (frappe.get_hooks("app_version", app_name=app) or [""])[0]
        row = {"app_name": app, "app_version": str(version or "0.0.0"), "git_branch": "standalone"}
        doc.append("installed_applications", row)
    doc.flags.ignore_version = True
    doc.save(ignore_permissions=True)


def set_all_patches_as_completed(app: str) -> None:
    """Record the patches of an app as done: a fresh install has nothing to mend."""
    from frappe.modules.patch_handler import record_as_done

    record_as_done(app)


# -- removing ---------------------------------------------------------------------------------------------------------


def remove_app(
    app_name: str, dry_run: bool = False, yes: bool = False, no_backup: bool = False, force: bool = False
) -> list[str]:
    """Remove an app with its DocTypes and their data; return the names of the DocTypes.

    A backup is made first unless `no_backup`. With `dry_run` nothing changes. Refuses while another installed app
    requires it, unless `force`.
    """
    if app_name == FRAMEWORK:
        raise ValidationError("The framework itself cannot be uninstalled; use drop-site.")
    if app_name not in get_installed_apps() and not force:
        raise AppNotInstalledError(f"{app_name} is not installed on {frappe.local.site}.")
    _refuse_required(app_name, force)
    modules = frappe.get_all("Module Def", filters={"app_name": app_name}, pluck="name", limit=0)
    filters = {"module": ("in", modules or [""])}
    doctypes: list[str] = frappe.get_all("DocType", filters=filters, pluck="name", limit=0)
    if dry_run:
        return doctypes
    if not no_backup:
        from frappe.utils.backups import new_backup

        print(f"Backup: {new_backup(ignore_files=True).database}")
    frappe.flags.in_uninstall = True
    try:
        _remove(app_name, modules, doctypes)
    finally:
        frappe.flags.in_uninstall = False
    return doctypes


def _refuse_required(app_name: str, force: bool) -> None:
    dependents = [
        app
        for app in get_installed_apps()
        if app_name in map(parse_app_name, frappe.get_hooks("required_apps", app_name=app))
    ]
    if dependents and not force:
        raise ValidationError(f"{app_name} is needed by {', '.join(dependents)}; uninstall that first.")


def _remove(app_name: str, modules: Iterable[str], doctypes: list[str]) -> None:
    _run_hooks(app_name, "before_uninstall")
    _call_hooks("before_app_uninstall", app_name)
    for doctype in doctypes:
        frappe.delete_doc("DocType", doctype, force=True, ignore_on_trash=True, delete_permanently=True)
        frappe.db.sql_ddl(f"drop table if exists `tab{doctype}`")
    for module in modules:
        _remove_module(module)
    _run_hooks(app_name, "after_uninstall")
    remove_from_installed_apps(app_name)
    _call_hooks("after_app_uninstall", app_name)
    from frappe.core.doctype.scheduled_job_type.scheduled_job_type import sync_jobs

    sync_jobs()
    update_installed_applications()
    frappe.db.commit()
    frappe.clear_cache()


def _remove_module(module: str) -> None:
    """Delete what records name the module, then the module itself."""
    for doctype in ("Report", "Custom Field", "Property Setter", "Client Script", "Server Script", "Notification"):
        if frappe.db.has_column(doctype, "module"):
            frappe.db.delete(doctype, {"module": module})
    frappe.delete_doc("Module Def", module, force=True, ignore_on_trash=True, delete_permanently=True)


# -- configuration ----------------------------------------------------------------------------------------------------


def get_site_config_path() -> str:
    """Return the path of the active site's configuration file."""
    return config.get_site_path(config.SITE_CONFIG)


def update_site_config(
    key: str, value: Any, validate: bool = True, site_config_path: str | None = None, parse: bool = True
) -> None:
    """Set (or, with the value None or "None", remove) one key of the site's configuration file.

    With `validate` a text is read as the number, list or object it looks like.
    """
    if validate and isinstance(value, str):
        value = parse_config_value(value)
    path = Path(site_config_path or get_site_config_path())
    with _locked(path):
        content = config.read_json(path)
        if value is None:
            content.pop(key, None)
        else:
            content[key] = value
        config.write_json(path, content)
    if frappe.local.conf is not None and site_config_path is None:
        frappe.local.conf[key] = value


def parse_config_value(text: str) -> Any:
    """Return what a text on a command line means: a number, true/false, JSON, None, or itself."""
    if text in ("None", "null"):
        return None
    if text in ("True", "False", "true", "false"):
        return text.lower() == "true"
    for read in (json.loads, ast.literal_eval):
        try:
            return read(text)
        except (ValueError, SyntaxError):
            continue
    return text


class _locked:
    """Hold the lock beside a configuration file, so that two writers do not lose a key."""

    def __init__(self, path: Path):
        self._path = path.with_name(f".{path.name}.lock")

    def __enter__(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


def make_conf(db_name: str | None = None, db_password: str | None = None, **values: Any) -> None:
    """Write the configuration file of a site that is being made, with what was given."""
    content = {key: value for key, value in values.items() if value is not None}
    if db_name:
        content["db_name"] = db_name
    if db_password:
        content["db_password"] = db_password
    path = get_site_config_path()
    config.write_json(path, {**content, **config.read_json(path)})


def make_site_dirs() -> None:
    """Make the folders of the active site."""
    for folder in ("public/files", "private/files", "private/backups", "locks", "logs", "db"):
        Path(frappe.get_site_path(), folder).mkdir(parents=True, exist_ok=True)


__all__ = ["add_to_installed_apps", "install_app", "remove_app", "remove_from_installed_apps", "update_site_config"]
