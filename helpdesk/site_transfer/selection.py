"""What travels: which DocTypes, and which of their rows. What an installation brings by itself stays at home."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import frappe

FRAMEWORK = "frappe"
DEFINITIONS = ("DocField", "DocPerm", "DocType Action", "DocType Link", "DocType State")
"""The parts of a DocType; those of DocTypes from files are every installation's own."""

STAYS = (
    "Installed Application",
    "Installed Applications",
    "Patch Log",
    "Scheduled Job Type",
    "Scheduled Job Log",
    "Error Log",
    "Prepared Report",
    "Navbar Item",
    "Navbar Settings",
    "Package",
    "Package Import",
    "Package Release",
)
"""What describes or logs the installation rather than the team's work."""

STANDARD_COLUMNS = {"is_standard": ("1", "Yes"), "standard": ("1", "Yes"), "public": ("1",)}
LOCAL_DEFAULTS = ("installed_apps",)


@dataclass(frozen=True)
class Part:
    """The rows of one DocType. `mirrored` ones replace all rows of the target, others those of the same name."""

    doctype: str
    is_child: bool
    mirrored: bool
    condition: str = "1=1"
    values: tuple[Any, ...] = ()


def parts() -> list[Part]:
    """Return what travels from this site: documents before the rows of their tables."""
    filters = {"issingle": 0, "is_virtual": 0, "name": ("not in", STAYS)}
    fields = ["name", "module", "istable"]
    found = frappe.get_all("DocType", filters=filters, fields=fields, order_by="istable asc, name asc", limit=0)
    apps = dict(frappe.get_all("Module Def", fields=["name", "app_name"], as_list=True, limit=0))
    custom = tuple(frappe.get_all("DocType", filters={"custom": 1}, pluck="name", limit=0))
    return [
        _part(row, apps.get(row.module) or FRAMEWORK, custom) for row in found if frappe.db.table_exists(row.name)
    ]


def _part(row: Any, app: str, custom: tuple[str, ...]) -> Part:
    mirrored = app != FRAMEWORK
    condition, values = ("1=1", ()) if mirrored else _condition(row.name, custom)
    return Part(row.name, bool(row.istable), mirrored, condition, values)


def _condition(doctype: str, custom: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    """Return which rows of a DocType of the framework are the site's own."""
    if doctype in ("DocType", "Module Def"):
        return "`custom` = 1", ()
    if doctype in DEFINITIONS:
        return ("`parent` in %s", (custom,)) if custom else ("1=0", ())
    if doctype == "DefaultValue":
        return "`defkey` not in %s", (LOCAL_DEFAULTS,)
    column = _standard_column(doctype)
    if column:
        return f"coalesce(`{column}`, '') not in %s", (STANDARD_COLUMNS[column],)
    return "1=1", ()


def _standard_column(doctype: str) -> str | None:
    """Return the column that tells records from files, if there is one. `public` does for workspaces alone."""
    names = ("public",) if doctype == "Workspace" else ("is_standard", "standard")
    return next((name for name in names if frappe.db.has_column(doctype, name)), None)


def singles() -> list[str]:
    filters = {"issingle": 1, "name": ("not in", STAYS)}
    names: list[str] = frappe.get_all("DocType", filters=filters, pluck="name", order_by="name asc", limit=0)
    return names


def numbered() -> list[str]:
    """Return the DocTypes whose names come from a sequence."""
    filters = {"autoname": "autoincrement", "issingle": 0, "name": ("not in", STAYS)}
    names: list[str] = frappe.get_all("DocType", filters=filters, pluck="name", order_by="name asc", limit=0)
    return names
