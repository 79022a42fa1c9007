"""Fixtures: records that an app ships as JSON, and the customisations that belong to its DocTypes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import frappe
from frappe.apps import get_app_path, get_installed_apps, scrub
from frappe.utils.files import get_file_json


def sync_fixtures(app: str | None = None) -> int:
    """Import the fixtures of one app or of all, replacing records of the same name; return how many records."""
    count = 0
    frappe.flags.in_fixtures = True
    try:
        for name in [app] if app else get_installed_apps():
            count += import_fixtures(name)
            import_custom_scripts(name)
    finally:
        frappe.flags.in_fixtures = False
    return count


def import_fixtures(app: str) -> int:
    """Import every JSON file in the folder `fixtures` of the app, by name."""
    from frappe.modules.import_file import import_doc

    folder = Path(get_app_path(app), "fixtures")
    count = 0
    for path in sorted(folder.glob("*.json")):
        records = get_file_json(str(path))
        for record in records if isinstance(records, list) else [records]:
            import_doc(record)
            count += 1
    return count


def import_custom_scripts(app: str) -> int:
    """Import `fixtures/custom_scripts/<DocType>.js` as Client Scripts."""
    folder = Path(get_app_path(app), "fixtures", "custom_scripts")
    paths = sorted(folder.glob("*.js"))
    for path in paths:
        name = path.stem
        doc = frappe.get_doc("Client Script", name) if frappe.db.exists("Client Script", name) else None
        doc = doc or frappe.get_doc({"doctype": "Client Script", "name": name, "dt": name, "view": "Form"})
        doc.script = path.read_text(encoding="utf-8")
        doc.save(ignore_permissions=True)
    return len(paths)


def export_fixtures(app: str | None = None) -> list[str]:
    """Write the records named by hook `fixtures` to JSON files of the app; return the paths."""
    written: list[str] = []
    for name in [app] if app else get_installed_apps():
        for index, entry in enumerate(frappe.get_hooks("fixtures", app_name=name)):
            written.append(_export_entry(name, entry, index))
    return written


def _export_entry(app: str, entry: str | dict[str, Any], index: int) -> str:
    spec = {"dt": entry} if isinstance(entry, str) else dict(entry)
    doctype = spec.get("dt") or spec.get("doctype")
    if not doctype:
        raise frappe.ValidationError(f"Entry {index + 1} of hook fixtures in {app} names no DocType.")
    rows = frappe.get_all(
        doctype, filters=spec.get("filters"), or_filters=spec.get("or_filters"), pluck="name", limit=0, order_by="name"
    )
    parts = [spec["prefix"]] if spec.get("prefix") else []
    if _in_order(app):
        parts.insert(0, str(index + 1))
    path = Path(get_app_path(app), "fixtures", "_".join([*parts, scrub(doctype)]) + ".json")
    path.parent.mkdir(exist_ok=True)
    records = [exported(frappe.get_doc(doctype, name)) for name in rows]
    path.write_text(json.dumps(records, indent=1, sort_keys=True, default=str) + "\n", encoding="utf-8")
    return str(path)


def _in_order(app: str) -> bool:
    return any(frappe.get_hooks("fixture_auto_order", app_name=app))


def exported(doc: Any) -> dict[str, Any]:
    """Return a document as it is written to a fixture: no empty values, no trace of this site."""
    values = doc.as_dict(convert_dates_to_str=True, no_nulls=True)
    return _stripped(values, is_row=False)


def _stripped(values: dict[str, Any], is_row: bool) -> dict[str, Any]:
    drop = {"modified_by", "creation", "owner", "idx"} | ({"name", "modified", "docstatus"} if is_row else set())
    clean: dict[str, Any] = {}
    for key, value in values.items():
        if key in drop or key.startswith("__"):
            continue
        is_table = isinstance(value, list)
        clean[key] = [_stripped(row, is_row=True) for row in value] if is_table else value
    return clean


# -- customisations ---------------------------------------------------------------------------------------------------


CUSTOMIZATIONS = {
    "custom_fields": "Custom Field",
    "property_setters": "Property Setter",
    "custom_perms": "Custom DocPerm",
    "links": "DocType Link",
}


def sync_customizations(app: str | None = None, installing: bool = False) -> int:
    """Import `<module>/custom/<doctype>.json`; outside of an installation only those with `sync_on_migrate`."""
    count = 0
    for name in [app] if app else get_installed_apps():
        for module in frappe.get_module_list(name):
            for path in sorted(Path(get_app_path(name, scrub(module)), "custom").glob("*.json")):
                data = get_file_json(str(path))
                if installing or data.get("sync_on_migrate"):
                    apply_customization(data)
                    count += 1
    return count


def apply_customization(data: dict[str, Any]) -> None:
    """Put the custom fields, property setters, permissions and links of one file in place.

    The rows of such a file are plain rows: the list a row stands in tells its DocType.
    """
    from frappe.modules.import_file import import_doc

    doctype = data["doctype"]
    if data.get("custom_perms"):
        frappe.db.delete("Custom DocPerm", {"parent": doctype})
    for key, kind in CUSTOMIZATIONS.items():
        for record in data.get(key) or []:
            import_doc({**record, "doctype": kind})
    if data.get("custom_fields"):
        frappe.db.updatedb(doctype)
    frappe.clear_cache(doctype=doctype)
