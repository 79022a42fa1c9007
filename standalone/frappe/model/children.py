"""Writing the rows of a document's tables with as few statements as the change needs."""

from __future__ import annotations

from typing import Any

import frappe
from frappe.model import storage
from frappe.model.values import same_value

_STAMPS = frozenset({"creation", "modified", "modified_by", "owner"})


def insert_all(doc: Any) -> None:
    """Insert the rows of a new document, one statement per child DocType."""
    rows: dict[str, list[Any]] = {}
    for row in doc.get_all_children():
        storage.stamp(row)
        rows.setdefault(row.doctype, []).append(row)
    for of_one_doctype in rows.values():
        _insert(of_one_doctype)


def save_all(doc: Any) -> None:
    """Make the stored rows equal those in memory: delete the missing, update the changed, insert the new."""
    before = doc.get_doc_before_save()
    tables = doc.meta.get_table_fields()
    for df in tables:
        if df.options not in (doc.flags.ignore_children_type or ()):
            _delete_missing(doc, df, doc.get(df.fieldname) or [], before)
    for df in tables:
        rows = doc.get(df.fieldname) or []
        stored = {row.name: row for row in (before.get(df.fieldname) or ())} if before is not None else {}
        _write(rows, stored, known=before is not None)


def _delete_missing(doc: Any, df: Any, rows: list[Any], before: Any) -> None:
    kept = {row.name for row in rows if row.name}
    if before is not None:
        storage.delete_rows(df.options, [row.name for row in before.get(df.fieldname) or () if row.name not in kept])
        return
    condition = " and `name` not in %(kept)s" if kept else ""
    frappe.db.sql(
        f"delete from `tab{df.options}` where `parent` = %(parent)s and `parenttype` = %(parenttype)s"
        f" and `parentfield` = %(parentfield)s{condition}",
        {"parent": doc.name, "parenttype": doc.doctype, "parentfield": df.fieldname, "kept": tuple(kept) or ("",)},
    )


def _write(rows: list[Any], stored: dict[Any, Any], known: bool) -> None:
    """Insert new rows together and update those that differ from what is stored.

    Without knowledge of the stored rows (`known` false) every row that is not new is written.
    """
    fresh: list[Any] = []
    for row in rows:
        if row.is_new() or not row.name or (known and row.name not in stored):
            storage.stamp(row)
            fresh.append(row)
        elif row.name not in stored or _differs(row, stored[row.name]):
            storage.update_row(row)
    _insert(fresh)


def _differs(row: Any, stored: Any) -> bool:
    return any(
        not same_value(stored.__dict__.get(column.name), row.__dict__.get(column.name), column.fieldtype)
        for column in row.meta.columns
        if column.name not in _STAMPS
    )


def _insert(rows: list[Any]) -> None:
    from frappe.model.naming import set_new_name

    for row in rows:
        if not row.name:  # appended by a controller, after the rows of the document were named
            set_new_name(row)
    if len(rows) == 1:
        storage.insert_row(rows[0])
    elif rows:
        storage.insert_rows(rows)


def name_rows(doc: Any) -> None:
    """Give every row without a name one; rows that a client claims to exist but that do not count as new."""
    from frappe.model.naming import set_new_name

    before = doc.get_doc_before_save()
    for df in doc.meta.get_table_fields():
        stored = {row.name for row in before.get(df.fieldname) or ()} if before is not None else None
        for row in doc.get(df.fieldname) or ():
            if not row.name:
                set_new_name(row)
            elif stored is not None and row.name not in stored:
                row.__dict__["__islocal"] = 1
