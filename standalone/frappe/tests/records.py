"""Test records: `test_records.json` (or `.toml`) beside a DocType, made once, and those of the DocTypes it links to."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import frappe
from frappe.apps import scrub

ALWAYS_THERE = frozenset(
    {"DocType", "User", "Role", "Module Def", "Country", "Currency", "Language", "Email Account", "File", "User Type"}
)


def get_test_records(doctype: str) -> list[dict[str, Any]]:
    """Return the test records that the folder of a DocType holds; [] when it holds none."""
    folder = _folder(doctype)
    if folder is None:
        return []
    for name, read in (("test_records.json", json.loads), ("test_records.toml", _read_toml)):
        path = folder / name
        if path.exists():
            content = read(path.read_text(encoding="utf-8"))
            records: list[dict[str, Any]] = content if isinstance(content, list) else content.get(doctype, [])
            return records
    return []


def _read_toml(text: str) -> Any:
    import tomllib

    return tomllib.loads(text)


def _folder(doctype: str) -> Path | None:
    module = frappe.db.get_value("DocType", doctype, "module")
    if not module:
        return None
    return Path(frappe.get_module_path(module, "doctype", scrub(doctype)))


def make_test_records(doctype: str, verbose: int = 0, force: bool = False, commit: bool = False) -> None:
    """Make the test records of a DocType, those it depends on first. What was made before is not made again."""
    for name in _dependencies(doctype, set()):
        if force or name not in frappe.local.test_objects:
            frappe.local.test_objects[name] = []
            frappe.local.test_objects[name] = make_test_objects(name, commit=commit)


def _dependencies(doctype: str, seen: set[str]) -> list[str]:
    """Return the DocTypes whose records are needed, in order; `doctype` itself is the last."""
    seen.add(doctype)
    module = _test_module(doctype)
    named = _listed(module, "EXTRA_TEST_RECORD_DEPENDENCIES", "test_dependencies")
    ignored = _listed(module, "IGNORE_TEST_RECORD_DEPENDENCIES", "test_ignore")
    order: list[str] = []
    for name in [*named, *_linked(doctype)]:
        if name not in seen and name not in ignored and name not in ALWAYS_THERE:
            order += _dependencies(name, seen)
    return [*order, doctype]


def _linked(doctype: str) -> list[str]:
    """Return the targets of the Link fields of a DocType and its child tables."""
    meta = frappe.get_meta(doctype)
    fields = [*meta.get_link_fields()]
    for table in meta.get_table_fields():
        fields += frappe.get_meta(table.options).get_link_fields()
    return sorted({field.options for field in fields if field.options and field.options != "[Select]"})


def _listed(module: ModuleType | None, *names: str) -> list[str]:
    return [item for name in names for item in getattr(module, name, [])]


def _test_module(doctype: str) -> ModuleType | None:
    module = frappe.db.get_value("DocType", doctype, "module")
    app = frappe.local.module_app.get(scrub(module or ""))
    if not app:
        return None
    package = f"{app}.{scrub(module)}.doctype.{scrub(doctype)}"
    name = f"{package}.test_{scrub(doctype)}"
    if importlib.util.find_spec(package) is None or importlib.util.find_spec(name) is None:
        return None
    return importlib.import_module(name)


def make_test_objects(
    doctype: str,
    test_records: list[dict[str, Any]] | None = None,
    verbose: int = 0,
    reset: bool = False,
    commit: bool = False,
) -> list[str]:
    """Insert records (by default those of the DocType's folder) and return their names; existing ones are kept.

    With `reset`, records that exist are deleted first.
    """
    made: list[str] = []
    for record in test_records if test_records is not None else get_test_records(doctype):
        doc = frappe.get_doc({"doctype": doctype, **record})
        made.append(_insert(doc, reset))
    if commit:
        frappe.db.commit()
    return made


def _insert(doc: Any, reset: bool) -> str:
    wanted_docstatus, doc.docstatus = doc.docstatus or 0, 0
    name = doc.get("name")
    if name and frappe.db.exists(doc.doctype, name):
        if not reset:
            return str(name)
        frappe.delete_doc(doc.doctype, name, force=True, ignore_permissions=True)
    doc.flags.ignore_permissions = True
    doc.insert(ignore_if_duplicate=True)
    if int(wanted_docstatus) == 1:
        doc.submit()
    return str(doc.name)
