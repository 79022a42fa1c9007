"""Where the description of a DocType comes from: its JSON file for the DocType family, else the site's tables.

A definition is a plain dict: the DocType's own values plus one list of plain rows for each of its tables, with Custom
Fields, Property Setters and Custom DocPerms still apart under `custom_fields`, `property_setters` and
`custom_permissions`.
"""

from __future__ import annotations

import json
from functools import cache as remember
from pathlib import Path
from typing import Any

import frappe
from frappe.cache import shared_cache

FAMILY = ("DocType", "DocField", "DocPerm", "DocType Action", "DocType Link", "DocType State")
"""Read from their files always, so that the runtime can describe a DocType before any table exists."""

TABLES = {
    "fields": "DocField",
    "permissions": "DocPerm",
    "actions": "DocType Action",
    "links": "DocType Link",
    "states": "DocType State",
}

CUSTOMISATIONS = {
    "custom_fields": ("Custom Field", "dt", "idx, creation"),
    "property_setters": ("Property Setter", "doc_type", "creation"),
    "custom_permissions": ("Custom DocPerm", "parent", "creation"),
}

EXTRAS_KEY = "doctype_extras"
"""Cache key of `{doctype: kinds of rare rows it has}`; dropped together with any DocType's meta."""


@remember
def read_family_file(doctype: str) -> dict[str, Any]:
    """Return the parsed JSON file of a member of the DocType family."""
    folder = doctype.lower().replace(" ", "_")
    path = Path(__file__).parent.parent / "core" / "doctype" / folder / f"{folder}.json"
    definition: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return definition


@remember
def columns_of(doctype: str) -> tuple[str, ...]:
    """Return the value columns that the file of a member of the DocType family declares."""
    from frappe.model import no_value_fields

    fields = read_family_file(doctype)["fields"]
    return tuple(f["fieldname"] for f in fields if f.get("fieldtype") not in no_value_fields and f.get("fieldname"))


def from_file(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the definition inside a DocType JSON, with rows numbered in the order of `field_order`."""
    result = {**definition, "custom_fields": [], "property_setters": [], "custom_permissions": []}
    for table, child in TABLES.items():
        rows = definition.get(table) or []
        if table == "fields":
            rows = in_field_order(rows, definition.get("field_order"))
        result[table] = [
            {
                **row,
                "parent": definition["name"],
                "parenttype": "DocType",
                "parentfield": table,
                "doctype": child,
                "idx": i,
            }
            for i, row in enumerate(rows, 1)
        ]
    return result


def in_field_order(rows: list[dict[str, Any]], order: list[str] | None) -> list[dict[str, Any]]:
    """Return the rows as `order` lists their fieldnames; rows it does not name keep their place at the end."""
    if not order:
        return list(rows)
    place = {fieldname: index for index, fieldname in enumerate(order)}
    return sorted(rows, key=lambda row: place.get(str(row.get("fieldname")), len(place)))


def load(doctype: str) -> dict[str, Any] | None:
    """Return the definition of `doctype`, None when the site has no such DocType."""
    definition = from_file(read_family_file(doctype)) if doctype in FAMILY else _from_tables(doctype)
    if definition is None:
        return None
    kinds = _kinds_of(doctype)
    for key, (table, column, order) in CUSTOMISATIONS.items():
        definition[key] = _rows(table, f"`{column}` = %s order by {order}", doctype) if key in kinds else []
    return definition


def _from_tables(doctype: str) -> dict[str, Any] | None:
    found = frappe.db.sql("select * from `tabDocType` where `name` = %s", (doctype,), as_dict=True)
    if not found:
        return None
    definition: dict[str, Any] = dict(found[0])
    kinds = _kinds_of(doctype)
    for key, table in TABLES.items():
        always = key in ("fields", "permissions")
        definition[key] = (
            _rows(table, "`parent` = %s and `parentfield` = %s order by `parenttype` desc, `idx`", doctype, key)
            if always or key in kinds
            else []
        )
    return definition


def _rows(table: str, condition: str, *values: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frappe.db.sql(f"select * from `tab{table}` where {condition}", values, as_dict=True)
    return rows


def _kinds_of(doctype: str) -> frozenset[str]:
    """Return which of the rare row kinds (customisations, links, actions, states) exist for `doctype`."""
    extras = shared_cache.get_value(EXTRAS_KEY)
    if extras is None:
        extras = _read_extras()
        shared_cache.set_value(EXTRAS_KEY, extras)
    return frozenset(extras.get(doctype.lower(), ()))


def _read_extras() -> dict[str, set[str]]:
    sources = {key: (table, column) for key, (table, column, _order) in CUSTOMISATIONS.items()}
    sources |= {key: (TABLES[key], "parent") for key in ("actions", "links", "states")}
    if _being_created():
        sources = {k: source for k, source in sources.items() if frappe.db.table_exists(source[0])}
    if not sources:
        return {}
    query = " union ".join(
        f"select '{kind}', `{column}` from `tab{table}`" for kind, (table, column) in sources.items()
    )
    extras: dict[str, set[str]] = {}
    for kind, doctype in frappe.db.sql(query):
        extras.setdefault(str(doctype).lower(), set()).add(kind)
    return extras


def _being_created() -> bool:
    """While a site is being created the tables of customisations may not be there yet."""
    flags = frappe.local.flags
    return bool(
        flags.in_install_db or flags.in_install == "frappe" or flags.new_site or not frappe.get_installed_apps()
    )
