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

REPLACED = (
    "Activity Log",
    "Assignment Rule",
    "Comment",
    "Communication",
    "Contact",
    "Custom DocPerm",
    "Deleted Document",
    "DocShare",
    "Document Follow",
    "Email Queue",
    "File",
    "Notification Log",
    "Tag Link",
    "ToDo",
    "Translation",
    "Unhandled Email",
    "User Permission",
    "Version",
    "View Log",
)
"""DocTypes of the framework that hold a team's work or who may do what, under names made up anew on each site.

What the target's own installation made of them must go, or it would be there twice.
"""

LOCAL_DEFAULTS = ("installed_apps", "installation_in_progress", "helpdesk_search_built")

Condition = tuple[str, tuple[Any, ...]]


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
    rows = frappe.get_all("DocType", filters=filters, fields=fields, order_by="istable asc, name asc", limit=0)
    rows = [row for row in rows if frappe.db.table_exists(row.name)]
    apps = dict(frappe.get_all("Module Def", fields=["name", "app_name"], as_list=True, limit=0))
    parents = _of_parents([row.name for row in rows if not row.istable])
    return [_part(row, apps.get(row.module) or FRAMEWORK, parents) for row in rows]


def _part(row: Any, app: str, parents: Condition) -> Part:
    if app != FRAMEWORK or row.name in REPLACED:
        return Part(row.name, bool(row.istable), True)
    if row.name in DEFINITIONS:
        return Part(row.name, True, False, *_of_custom_doctypes())
    if row.istable and row.name != "DefaultValue":
        return Part(row.name, True, False, *parents)
    return Part(row.name, bool(row.istable), False, *_own_rows(row.name))


def _own_rows(doctype: str) -> Condition:
    """Return which rows of a DocType of the framework are the site's own: those that come from no file."""
    if doctype in ("DocType", "Module Def"):
        return "`custom` = 1", ()
    if doctype == "DefaultValue":
        return "`defkey` not in %s", (LOCAL_DEFAULTS,)
    standard = _standard_rows(doctype)
    return (f"not ({standard})", ()) if standard else ("1=1", ())


def _standard_rows(doctype: str) -> str | None:
    """Return the condition for the records that come from files, None when a DocType has no such mark."""
    names = ("public",) if doctype == "Workspace" else ("is_standard", "standard")
    for name in names:
        field = frappe.get_meta(doctype).get_field(name)
        if field:
            return f"coalesce(`{name}`, 0) = 1" if field.fieldtype == "Check" else f"coalesce(`{name}`, '') = 'Yes'"
    return None


def _of_custom_doctypes() -> Condition:
    names = tuple(frappe.get_all("DocType", filters={"custom": 1}, pluck="name", limit=0))
    return ("`parent` in %s", (names,)) if names else ("1=0", ())


def _of_parents(doctypes: list[str]) -> Condition:
    """Return which child rows of the framework travel: those whose documents do."""
    conditions, values = ["coalesce(`parenttype`, '') not in %s"], [(*STAYS, "DocType")]
    for doctype in doctypes:
        standard = _standard_rows(doctype)
        if not standard:
            continue
        names = frappe.db.sql(f"select `name` from `tab{doctype}` where {standard}")
        if names:
            conditions.append("not (coalesce(`parenttype`, '') = %s and `parent` in %s)")
            values += [doctype, tuple(row[0] for row in names)]  # type: ignore[list-item]
    return " and ".join(conditions), tuple(values)


def singles() -> list[str]:
    filters = {"issingle": 1, "name": ("not in", STAYS)}
    names: list[str] = frappe.get_all("DocType", filters=filters, pluck="name", order_by="name asc", limit=0)
    return names


def numbered() -> list[str]:
    """Return the DocTypes whose names come from a sequence."""
    filters = {"autoname": "autoincrement", "issingle": 0, "name": ("not in", STAYS)}
    names: list[str] = frappe.get_all("DocType", filters=filters, pluck="name", order_by="name asc", limit=0)
    return names
