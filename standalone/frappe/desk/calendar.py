"""Documents with a beginning and an end, as a calendar shows them."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.api.list_query import FieldGuard, checked_filters
from frappe.api.payload import json_argument
from frappe.client import list_query, run_list
from frappe.handler import require_doctype
from frappe.types import _dict
from frappe.utils import cstr, get_datetime

MOST_EVENTS = 5_000

Filters = str | dict[str, Any] | list[Any] | None


@frappe.whitelist()
def get_events(
    doctype: str,
    start: str,
    end: str,
    field_map: str | dict[str, Any],
    filters: Filters = None,
    fields: str | list[Any] | None = None,
) -> list[_dict]:
    """Return the documents one may read that take place between two moments.

    `field_map` says which fields hold `start`, `end`, `title` and the like. What has no end is over when it begins.
    """
    require_doctype(doctype)
    known = _fields_of(field_map)
    begins, ends = known["start"], known.get("end") or known["start"]
    conditions = _as_list(doctype, checked_filters(FieldGuard(doctype), filters))
    conditions.append([doctype, begins, "<=", cstr(get_datetime(end))])
    since = cstr(get_datetime(start))
    either = [[doctype, ends, ">=", since], [doctype, begins, ">=", since]]
    wanted = json_argument(fields, "fields", list) or [*known.values(), "name"]
    wanted = list(dict.fromkeys([*wanted, "name"]))
    query = list_query(doctype, wanted, conditions, either, None, f"{begins} asc", None)
    rows: list[_dict] = run_list({**query, "limit_page_length": MOST_EVENTS}, as_dict=True)
    return rows


@frappe.whitelist(methods=["POST", "PUT"])
def update_event(args: str | dict[str, Any], field_map: str | dict[str, Any]) -> None:
    """Move an event: `args` has `doctype`, `name`, `start` and `end`."""
    values = _dict(json_argument(args, "args", dict) or {})
    known = _fields_of(field_map)
    doc = frappe.get_doc(require_doctype(values.doctype), values.name)
    doc.check_permission("write")
    for moment in ("start", "end"):
        if moment in values and known.get(moment):
            if doc.meta.get_field(known[moment]) is None:
                frappe.throw(_("{0} has no field {1}.").format(_(doc.doctype), known[moment]))
            doc.set(known[moment], values[moment])
    doc.save()


def get_event_conditions(doctype: str, filters: Filters = None) -> str:
    """Return ` and …`: the SQL of filters and of what the session user may read."""
    from frappe.desk.reportview import get_filters_cond

    return get_filters_cond(doctype, filters, [], with_match_conditions=True)


def _fields_of(field_map: str | dict[str, Any]) -> dict[str, str]:
    known = json_argument(field_map, "field_map", dict) or {}
    if not known.get("start"):
        frappe.throw(_("Parameter field_map must say in which field an event starts."))
    return {kind: field for kind, field in known.items() if field and isinstance(field, str)}


def _as_list(doctype: str, filters: Any) -> list[Any]:
    if isinstance(filters, dict):
        return [
            [doctype, field, *value] if isinstance(value, list | tuple) else [doctype, field, "=", value]
            for field, value in filters.items()
        ]
    return list(filters or [])


__all__ = ["get_event_conditions", "get_events", "update_event"]
