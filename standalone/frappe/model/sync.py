"""Bringing the JSON documents of apps (DocTypes, reports, web forms, …) into the database of the site."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import frappe
from frappe.apps import FRAMEWORK, get_installed_apps, get_pymodule_path, scrub

FIRST = (
    "docfield",
    "docperm",
    "doctype_action",
    "doctype_link",
    "doctype_state",
    "doctype",
    "role",
    "has_role",
    "module_def",
    "custom_field",
    "property_setter",
    "custom_docperm",
    "defaultvalue",
    "user_type",
    "user",
)
"""DocTypes of the framework that the import of any other document reads."""

DOCUMENT_KINDS = (
    "doctype",
    "page",
    "report",
    "dashboard_chart_source",
    "print_format",
    "web_page",
    "website_theme",
    "web_form",
    "web_template",
    "notification",
    "print_style",
    "workspace",
    "onboarding_step",
    "module_onboarding",
    "form_tour",
    "client_script",
    "server_script",
    "custom_field",
    "property_setter",
)
"""Folders inside a module whose records are documents, in the order of import."""


def sync_all(force: bool | int = False, reset_permissions: bool = False) -> None:
    """Import the changed documents of every installed app."""
    for app in get_installed_apps():
        sync_for(app, force, reset_permissions=reset_permissions)
    frappe.clear_cache()


def sync_for(app_name: str, force: bool | int = False, reset_permissions: bool = False) -> int:
    """Import the changed documents of one app; return how many files were looked at."""
    from frappe.modules.import_file import import_file_by_path
    from frappe.utils import update_progress_bar

    paths = list(document_files(app_name))
    show = bool(frappe.flags.show_progress)
    for index, path in enumerate(paths):
        import_file_by_path(path, force=bool(force), ignore_version=True, reset_permissions=reset_permissions)
        if show:
            update_progress_bar(f"Updating {app_name}", index, len(paths))
    if show and paths:
        print()
    return len(paths)


def create_family_tables() -> None:
    """Make the tables in which DocTypes are described, from their files: no DocType can be imported before."""
    from frappe.model.definitions import FAMILY, from_file, read_family_file
    from frappe.model.meta import Meta

    for doctype in FAMILY:
        frappe.db.updatedb(doctype, Meta(from_file(read_family_file(doctype))))


def document_files(app_name: str) -> Iterator[str]:
    """Yield the paths of an app's JSON documents in the order in which they can be imported."""
    seen: set[str] = set()
    first = _framework_first() if app_name == FRAMEWORK else ()
    for path in [*first, *_files_of_modules(app_name)]:
        if path not in seen:
            seen.add(path)
            yield path


def _framework_first() -> list[str]:
    found: list[str] = []
    modules = [Path(get_pymodule_path(FRAMEWORK), module) for module in ("core", "custom")]
    for name in FIRST:
        candidates = (module / "doctype" / name / f"{name}.json" for module in modules)
        found += [str(path) for path in candidates if path.exists()]
    return found


def _files_of_modules(app_name: str) -> list[str]:
    """Return the files of all modules, kind by kind, so that every DocType stands before any other record."""
    found: list[str] = []
    folders = [get_pymodule_path(app_name, module) for module in frappe.get_module_list(app_name)]
    for kind in _importable_kinds(folders):
        for folder in folders:
            get_doc_files(found, folder, kinds=(kind,))
    return found


def _importable_kinds(folders: Iterable[str]) -> list[str]:
    """Return the kinds that occur; those without a DocType on this site are named in the log and left out."""
    from frappe.utils.logger import get_logger

    kinds: list[str] = []
    for kind in DOCUMENT_KINDS:
        places = [folder for folder in folders if Path(folder, kind).is_dir()]
        if not places:
            continue
        if kind == "doctype" or frappe.db.exists("DocType", _doctype_of(kind)):
            kinds.append(kind)
        else:
            get_logger("sync").warning("%s is not a DocType here: left out the records in %s", kind, places)
    return kinds


def _doctype_of(kind: str) -> str:
    return kind.replace("_", " ").title()


def get_doc_files(files: list[str], start_path: str, *, kinds: Iterable[str] = DOCUMENT_KINDS) -> list[str]:
    """Append the JSON files of the documents below the module folder `start_path` to `files`, and return it."""
    for kind in kinds:
        folder = Path(start_path, scrub(kind))
        if not folder.is_dir():
            continue
        for name in sorted(os.listdir(folder)):
            path = folder / name / f"{name}.json"
            if path.exists() and str(path) not in files:
                files.append(str(path))
    return files


def remove_orphan_doctypes() -> list[str]:
    """Delete standard DocTypes of installed apps whose JSON file is gone; return their names. Their tables stay."""
    present = {_name_in(path) for app in get_installed_apps() for path in document_files(app) if "/doctype/" in path}
    modules = frappe.get_all("Module Def", filters={"app_name": ("in", get_installed_apps())}, pluck="name")
    standard = frappe.get_all("DocType", filters={"custom": 0, "module": ("in", modules or [""])}, pluck="name")
    orphans = [name for name in standard if name not in present]
    for name in orphans:
        frappe.delete_doc("DocType", name, force=True, ignore_missing=True, delete_permanently=True)
    return orphans


def _name_in(path: str) -> str:
    from frappe.utils.files import get_file_json

    return str(get_file_json(path).get("name"))
