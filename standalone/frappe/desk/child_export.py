"""Child tables in the export of a list: each row on a line of its own, beside the document it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from frappe.model import display_fieldtypes, table_fields

NOT_EXPORTED = frozenset({*display_fieldtypes, *table_fields, "Password"})
MAX_NAMES = 500
"""How many documents' rows are read at once."""


def with_child_tables(
    doctype: str, table: list[list[Any]], names: Sequence[Any], cell: Callable[[str, str, Any], Any]
) -> list[list[Any]]:
    """Return an exported table, heading line first, with the columns of the child tables of `doctype` to its right.

    `names` are the documents of the lines below the heading. A document with several rows takes as many lines, of which
    only the first repeats nothing: the others have empty cells under the columns of the document. Only tables and
    fields that the session user may read are there.
    """
    from frappe.model.meta import get_meta

    meta = get_meta(doctype)
    levels = meta.get_permlevel_access()
    blocks = [_Block(doctype, df, names, cell) for df in meta.get_table_fields() if df.permlevel in levels]
    heading, *lines = table
    result = [[*heading, *(label for block in blocks for label in block.labels)]]
    for name, line in zip(names, lines, strict=True):
        parts = [block.rows.get(str(name), []) for block in blocks]
        for number in range(max([1, *map(len, parts)])):
            cells = line if number == 0 else [None] * len(line)
            children = [
                value
                for block, rows in zip(blocks, parts, strict=True)
                for value in (rows[number] if number < len(rows) else block.blank)
            ]
            result.append([*cells, *children])
    return result


class _Block:
    """The columns and rows of one child table, by the document they belong to."""

    def __init__(self, doctype: str, df: Any, names: Sequence[Any], cell: Callable[[str, str, Any], Any]):
        from frappe.model.meta import get_meta
        from frappe.translate import _

        meta = get_meta(df.options)
        readable = set(meta.get_permitted_fieldnames(parenttype=doctype))
        fields = [
            field
            for field in meta.fields
            if field.fieldtype not in NOT_EXPORTED and not field.is_virtual and field.fieldname in readable
        ]
        self.labels = [f"{_(df.label or df.fieldname)}: {_(field.label or field.fieldname)}" for field in fields]
        self.blank = [None] * len(fields)
        self.rows: dict[str, list[list[Any]]] = {}
        for row in _child_rows(doctype, df, [field.fieldname for field in fields], names):
            values = [cell(df.options, field.fieldname, row.get(field.fieldname)) for field in fields]
            self.rows.setdefault(str(row.parent), []).append(values)


def _child_rows(doctype: str, df: Any, fieldnames: list[str], names: Sequence[Any]) -> list[Any]:
    import frappe

    found: list[Any] = []
    for start in range(0, len(names), MAX_NAMES):
        filters = {
            "parenttype": doctype,
            "parentfield": df.fieldname,
            "parent": ("in", [str(name) for name in names[start : start + MAX_NAMES]]),
        }
        # The parents were read with the permissions of the user, and the rows belong to them.
        found += frappe.get_all(df.options, filters=filters, fields=["parent", *fieldnames], order_by="parent, idx")
    return found
