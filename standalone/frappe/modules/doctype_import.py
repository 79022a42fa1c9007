"""The short way of a DocType's file into the site: a handful of statements and one change of the schema."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import frappe
from frappe.context import current_state
from frappe.model import child_table_fields, default_fields, definitions
from frappe.model.doc_cache import clear_document_cache, forget_doctype
from frappe.model.naming import random_name
from frappe.utils import get_datetime, now

_TYPES = {"Check": int, "Int": int}


def import_doctype(
    definition: dict[str, Any],
    digest: str | None,
    stored: dict[str, Any] | None,
    reset_permissions: bool = False,
) -> None:
    """Put a DocType's description in the place of the stored one, and bring its table up to date.

    `stored` is the row the site has of it, `digest` the hash of the file, by which the next import sees whether it has
    changed. Custom Fields, Property Setters and Custom DocPerms of the site stay, the last unless `reset_permissions`.
    """
    name = definition["name"]
    _check(definition)
    _run_before_import(definition)
    if stored is not None:
        _delete_description(name)
    if reset_permissions and stored is not None:
        frappe.db.sql("delete from `tabCustom DocPerm` where `parent` = %s", (name,))
    complete = definitions.from_file(definition)
    if definition.get("istable"):
        complete["permissions"] = []
    _write_description(complete, digest, stored)
    forget_doctype(name)
    clear_document_cache("DocType", name)
    ensure_module(definition.get("module"))
    ensure_roles(row["role"] for row in complete["permissions"] if row.get("role"))
    sync_schema(name, complete, is_new=stored is None)


def _check(definition: dict[str, Any]) -> None:
    if not definition.get("module"):
        raise frappe.ValidationError(f"DocType {definition['name']} does not say which module it belongs to")
    seen: set[str] = set()
    for row in definition.get("fields") or []:
        fieldname = row.get("fieldname")
        if fieldname in seen:
            raise frappe.ValidationError(f"DocType {definition['name']} has two fields {fieldname!r}")
        if fieldname:
            seen.add(fieldname)


def _run_before_import(definition: dict[str, Any]) -> None:
    from frappe.model.events import handlers_of

    if handlers_of("DocType", "before_import"):
        frappe.get_doc(definition).run_method("before_import")


def _delete_description(name: str) -> None:
    for child in definitions.TABLES.values():
        frappe.db.sql(f"delete from `tab{child}` where `parent` = %s and `parenttype` = 'DocType'", (name,))
    frappe.db.sql("delete from `tabDocType` where `name` = %s", (name,))


def _write_description(complete: dict[str, Any], digest: str | None, stored: dict[str, Any] | None) -> None:
    stamp = _stamp(complete, stored)
    own = {
        **complete,
        "modified": stamp,
        "creation": (stored or {}).get("creation") or complete.get("creation") or stamp,
        "migration_hash": digest,
        "sort_field": complete.get("sort_field") or "creation",
        "sort_order": complete.get("sort_order") or "DESC",
        "engine": complete.get("engine") or "InnoDB",
    }
    if (complete.get("autoname") or "").lower() == "autoincrement":
        own["allow_rename"] = 0
    _insert("DocType", [own])
    for table, child in definitions.TABLES.items():
        rows = [{**row, "name": random_name(), "modified": stamp, "creation": stamp} for row in complete[table]]
        _insert(child, rows)


def _stamp(complete: dict[str, Any], stored: dict[str, Any] | None) -> str:
    """Return the file's `modified`, or the time of the import when the site has a later one."""
    given = complete.get("modified")
    if not given or (stored and stored.get("modified") and get_datetime(stored["modified"]) > get_datetime(given)):
        return now()
    return str(given)


def _insert(doctype: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    numbers = _number_columns(doctype)
    columns = [c for c in default_fields if c != "doctype"]
    if doctype != "DocType":
        columns.extend(child_table_fields)
    columns.extend(c for c in definitions.columns_of(doctype) if c not in columns)
    user = "Administrator"
    standard = {"owner": user, "modified_by": user, "docstatus": 0, "idx": 0}
    values = [
        [
            int(row.get(column) or 0) if column in numbers else row.get(column, standard.get(column))
            for column in columns
        ]
        for row in ({**standard, **row} for row in rows)
    ]
    frappe.db.bulk_insert(doctype, columns, values)


def _number_columns(doctype: str) -> frozenset[str]:
    fields = definitions.read_family_file(doctype)["fields"]
    return frozenset(f["fieldname"] for f in fields if f.get("fieldtype") in _TYPES) | {"docstatus", "idx"}


# ---------------------------------------------------------------------- what a DocType brings along


def ensure_family_tables() -> None:
    """On a site that is being made, create the tables in which DocTypes are described."""
    state = current_state()
    if state.__dict__.get("family_tables_exist"):
        return
    if definitions._being_created():
        for doctype in definitions.FAMILY:
            if not frappe.db.table_exists(doctype):
                frappe.db.updatedb(doctype, frappe.get_meta(doctype))
    state.__dict__["family_tables_exist"] = True


def sync_schema(name: str, complete: dict[str, Any] | None = None, is_new: bool = False) -> None:
    """Create or alter the table of a DocType, then let its controller's module add indexes and the like."""
    from frappe.model.meta import Meta, get_meta

    plain = complete is not None and not definitions._kinds_of(name) & definitions.CUSTOMISATIONS.keys()
    meta = Meta(complete) if plain and complete is not None else get_meta(name, cached=False)
    if not meta.is_virtual:
        frappe.db.updatedb(name, meta)
    forget_doctype(name)
    if meta.custom:
        return
    from frappe.modules.utils import load_doctype_module

    module = load_doctype_module(name, meta.module, missing_ok=True)
    for function in ("on_doctype_update", *(("after_doctype_insert",) if is_new else ())):
        if module is not None and hasattr(module, function):
            getattr(module, function)()


def ensure_roles(roles: Iterable[str]) -> None:
    """Create the roles that the permissions of a DocType name and the site does not have yet."""
    state = current_state()
    wanted: set[str] = state.__dict__.setdefault("roles_to_create", set())
    wanted.update(roles)
    if not wanted or not _ready("Role"):
        return
    known = {role for (role,) in frappe.db.sql("select `name` from `tabRole` where `name` in %s", (tuple(wanted),))}
    for role in sorted(wanted - known):
        _insert_role(role)
    if wanted - known:
        frappe.cache.delete_value("roles")
    wanted.clear()


def _ready(doctype: str) -> bool:
    """While the framework itself is being installed some tables are not there yet."""
    if not definitions._being_created():
        return True
    return bool(frappe.db.table_exists(doctype)) and bool(
        frappe.db.sql("select 1 from `tabDocType` where `name` = %s", (doctype,))
    )


def _insert_role(role: str) -> None:
    doc = frappe.get_doc({"doctype": "Role", "role_name": role, "desk_access": 1, "name": role})
    doc.db_insert()


def ensure_module(module: str | None) -> None:
    """Create the Module Def of a DocType's module if the site does not have it."""
    if not module or not _ready("Module Def"):
        return
    known = frappe.cache.get_value("module_defs") or set()
    if module in known:
        return
    if not frappe.db.sql("select 1 from `tabModule Def` where `name` = %s", (module,)):
        app = current_state().module_app.get(frappe.scrub(module)) or "frappe"
        doc = frappe.get_doc({"doctype": "Module Def", "module_name": module, "app_name": app, "name": module})
        doc.db_insert()
        return
    frappe.cache.set_value("module_defs", {*known, module})
