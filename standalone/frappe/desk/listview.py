"""What the desk's list view asks besides its rows."""

from __future__ import annotations

from typing import Any

from frappe.api.list_query import FieldGuard, checked_filters
from frappe.api.payload import json_argument, refuse
from frappe.context import local
from frappe.desk.reportview import count_by
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.whitelist import whitelist

Filters = str | dict[str, Any] | list[Any] | None


@whitelist()
def get_list_settings(doctype: str) -> _dict | None:
    """Return how the list of a DocType is set up; None when nobody has."""
    import frappe

    require_doctype(doctype)
    frappe.has_permission(doctype, "read", throw=True)
    if not local.db.exists("DocType", "List View Settings") or not local.db.exists("List View Settings", doctype):
        return None
    return _dict(frappe.get_cached_doc("List View Settings", doctype).as_dict())


@whitelist()
def get_group_by_count(doctype: str, current_filters: Filters, field: str) -> list[dict[str, Any]]:
    """Return `[{name, count}]` of the values of a field over what the caller may see, the most frequent first."""
    require_doctype(doctype)
    guard = FieldGuard(doctype)
    filters = checked_filters(guard, current_filters)
    if field == "assigned_to":
        return _assigned_counts(doctype, filters)
    guard.check(field)
    return [{"name": value, "count": count} for value, count in count_by(doctype, field, filters, limit=50)]


def _assigned_counts(doctype: str, filters: Any) -> list[dict[str, Any]]:
    """Count how many of the visible documents each person has."""
    counts: dict[str, int] = {}
    for value, count in count_by(doctype, "_assign", filters, limit=5000):
        for user in json_argument(value, "_assign", list) or []:
            counts[user] = counts.get(user, 0) + count
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:50]
    return [{"name": user, "count": count} for user, count in ordered]


@whitelist(methods=["POST", "PUT"])
def set_list_settings(doctype: str, values: str | dict[str, Any]) -> None:
    """Change how the list of a DocType is set up; System Managers only."""
    import frappe
    from frappe.client import editable_values

    require_doctype(doctype)
    if not local.db.exists("DocType", "List View Settings"):
        refuse("This site has no DocType List View Settings.")
    settings = json_argument(values, "values", dict) or {}
    known = local.db.exists("List View Settings", doctype)
    document = (
        frappe.get_doc("List View Settings", doctype) if known else frappe.new_doc("List View Settings", name=doctype)
    )
    document.update(editable_values("List View Settings", settings))
    document.save()
