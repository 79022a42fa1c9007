"""Bring the table of a DocType in line with its fields: read what is there, compare, carry out."""

from __future__ import annotations

from typing import Any

from frappe.database.schema.desired import table_for
from frappe.database.schema.diff import diff
from frappe.database.schema.model import ChangeColumns, CreateTable, Operation, Table, quote


def plan_table(db: Any, doctype: str, meta: Any = None) -> list[Operation]:
    """Return what has to be done for a DocType's table; [] for Singles and virtual DocTypes."""
    meta = meta if meta is not None else _meta(doctype)
    if getattr(meta, "issingle", 0) or getattr(meta, "is_virtual", 0):
        return []
    desired = table_for(doctype, meta)
    operations = diff(desired, existing_table(db, desired.name), db.driver.column_type)
    return [kept for operation in operations if (kept := _keep_data(db, operation)) is not None]


def update_table(db: Any, doctype: str, meta: Any = None) -> list[Operation]:
    """Carry out the plan and commit; return what was done."""
    meta = meta if meta is not None else _meta(doctype)
    operations = plan_table(db, doctype, meta)
    if operations and (getattr(meta, "autoname", None) or "").lower() == "autoincrement":
        _ensure_sequence(db, doctype, operations)
    db.apply(operations)
    return operations


def existing_table(db: Any, name: str) -> Table | None:
    """Return the table as the database has it, None when there is none."""
    columns = tuple(db.driver.columns(name))
    return Table(name, columns, tuple(db.driver.indexes(name))) if columns else None


def _meta(doctype: str) -> Any:
    from frappe.model.meta import get_meta

    return get_meta(doctype, cached=False)


def _ensure_sequence(db: Any, doctype: str, operations: list[Operation]) -> None:
    if any(isinstance(operation, CreateTable) for operation in operations):
        db.create_sequence(doctype, check_not_exists=True)


def _keep_data(db: Any, operation: Operation) -> Operation | None:
    """Leave columns alone that would get too short for the text they hold, and say so."""
    if not isinstance(operation, ChangeColumns) or not operation.narrows:
        return operation
    too_short = {name for name in operation.narrows if _longest(db, operation.table, name) > _length(operation, name)}
    if not too_short:
        return operation
    from frappe.messages import msgprint

    for name in sorted(too_short):
        msgprint(f"{name} keeps its length: {operation.table} holds longer text than the new one allows.")
    kept = operation.without(too_short)
    return kept if kept.columns else None


def _length(operation: ChangeColumns, name: str) -> int:
    column = operation.result.column(name)
    digits = "".join(filter(str.isdigit, column.type)) if column else ""
    return int(digits) if digits else 2**16


def _longest(db: Any, table: str, column: str) -> int:
    rows = db.sql(f"select max(char_length({quote(column)})) from {quote(table)}")
    return int(rows[0][0] or 0)
