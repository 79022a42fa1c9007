"""The table a DocType wants, worked out from its fields. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from frappe.database.schema.fieldtypes import LONG_TEXT, TEXT, column_for
from frappe.database.schema.model import Column, Index, Table

OPTIONAL_COLUMNS = ("_user_tags", "_comments", "_assign", "_liked_by")
CHILD_COLUMNS = ("parent", "parentfield", "parenttype")
NOT_INDEXED = (*TEXT, *LONG_TEXT, "JSON")


def table_for(doctype: str, meta: Any) -> Table:
    """Return the table of a DocType with its columns and indexes."""
    is_child = bool(getattr(meta, "istable", 0))
    fields = [field for field in meta.fields if column_for(field) is not None]
    columns = {column.name: column for column in _standard(meta, is_child)}
    for field in fields:
        column = column_for(field)
        if column is not None:
            columns.setdefault(field.fieldname, column)
    return Table(f"tab{doctype}", tuple(columns.values()), tuple(_indexes(doctype, meta, fields, is_child)))


def _standard(meta: Any, is_child: bool) -> Iterable[Column]:
    yield _name_column(meta)
    yield Column("creation", "datetime(6)")
    yield Column("modified", "datetime(6)")
    yield Column("modified_by", "varchar(140)")
    yield Column("owner", "varchar(140)")
    yield Column("docstatus", "tinyint(4)", False, "0")
    yield Column("idx", "int(11)", False, "0")
    if is_child:
        yield from (Column(name, "varchar(140)") for name in CHILD_COLUMNS)
        return
    yield from (Column(name, "text") for name in OPTIONAL_COLUMNS)
    if getattr(meta, "track_seen", 0):
        yield Column("_seen", "text")


def _name_column(meta: Any) -> Column:
    autoname = (getattr(meta, "autoname", None) or "").lower()
    if autoname == "autoincrement":
        return Column("name", "bigint(20)", False, None, primary=True, autoincrement=True)
    if autoname == "uuid":
        return Column("name", "uuid", False, None, primary=True)
    return Column("name", "varchar(140)", False, None, primary=True)


def _indexes(doctype: str, meta: Any, fields: Iterable[Any], is_child: bool) -> Iterable[Index]:
    yield from _standard_indexes(doctype, meta, is_child)
    for field in fields:
        if getattr(field, "unique", 0) and field.fieldtype not in NOT_INDEXED:
            yield Index(unique_name(doctype, field.fieldname), (field.fieldname,), True)
        elif getattr(field, "search_index", 0) and field.fieldtype not in NOT_INDEXED:
            yield Index(index_name(doctype, field.fieldname), (field.fieldname,))


def _standard_indexes(doctype: str, meta: Any, is_child: bool) -> Iterable[Index]:
    if is_child:
        yield Index(index_name(doctype, "parent"), ("parent",))
        return
    yield Index(index_name(doctype, "creation"), ("creation",))
    if (getattr(meta, "sort_field", None) or "").split(",")[0].split(" ")[0] == "modified":
        yield Index(index_name(doctype, "modified"), ("modified",))


def index_name(doctype: str, fieldname: str) -> str:
    return f"tab{doctype}_{fieldname}_index"


def unique_name(doctype: str, fieldname: str) -> str:
    return f"tab{doctype}_{fieldname}_unique"
