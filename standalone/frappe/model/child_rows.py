"""Rows of tables that a list query fetches beside its documents: `fields=["name", {"items": ["qty"]}]`.

One more statement per table field, whatever the number of documents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import frappe
from frappe.exceptions import DataError
from frappe.model.query_fields import ChildQuery
from frappe.types import _dict

HIDDEN_NAME = "__name"
"""The document's name, selected besides when the caller did not ask for it."""


def attach(doctype: str, rows: Sequence[_dict], children: Sequence[ChildQuery], key: str, **options: Any) -> None:
    """Put a list of rows under each table's fieldname; `key` tells where a document's name is."""
    names = [row[key] for row in rows]
    for child in children:
        by_parent = _by_parent(doctype, child, names, options)
        for row in rows:
            row[child.fieldname] = by_parent.get(str(row[key]), [])
    if key == HIDDEN_NAME:
        for row in rows:
            row.pop(HIDDEN_NAME, None)


def _by_parent(
    doctype: str, child: ChildQuery, names: Sequence[Any], options: Mapping[str, Any]
) -> dict[str, list[_dict]]:
    from frappe.model.db_query import DatabaseQuery

    df = frappe.get_meta(doctype).get_field(child.fieldname)
    rows = DatabaseQuery(df.options).execute(
        fields=[*child.fields, "parent as __parent"],
        filters={"parent": ("in", list(names)), "parenttype": doctype, "parentfield": child.fieldname},
        order_by="idx asc",
        run=bool(names),  # without documents the fields are checked all the same
        **options,
    )
    if not names:
        return {}
    found: dict[str, list[_dict]] = {}
    for row in rows:
        found.setdefault(str(row.pop("__parent")), []).append(row)
    return found


def run_with_children(query: Any, children: Sequence[ChildQuery], **kwargs: Any) -> list[_dict]:
    """Run a query of `frappe.qb.get_query` that has child queries; always answers with dicts."""
    if kwargs.get("as_list") or kwargs.get("pluck"):
        raise DataError("Rows of tables can only be fetched as dicts.")
    sql, values = query.walk()
    rows: list[_dict] = frappe.db.sql(sql, values, **{**kwargs, "as_dict": True})
    attach(query._child_doctype, rows, children, HIDDEN_NAME, **query._child_options)
    return rows
