"""The rows of documents in the database: read, insert, update and delete them, and nothing else.

No hooks, no permissions, no cache. Every function sends as few statements as it can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import frappe
from frappe.database.values import MOMENTS, canonical
from frappe.exceptions import DuplicateEntryError, UniqueValidationError
from frappe.types import _dict
from frappe.utils import cint, flt, now

_PROBE_FROM = 3
"""From this number of tables on, one statement first finds out which of them have rows at all."""


# ---------------------------------------------------------------------- reading


def read_row(doctype: str, name: Any, for_update: bool = False) -> _dict | None:
    """Return the row of a document, locked when `for_update`; None when there is none."""
    lock = " for update" if for_update else ""
    rows = frappe.db.sql(f"select * from `tab{doctype}` where `name` = %s limit 1{lock}", (name,), as_dict=True)
    return rows[0] if rows else None


def read_single(doctype: str, for_update: bool = False) -> _dict | None:
    """Return the stored values of a Single with numbers cast; None when it was never saved."""
    lock = " for update" if for_update else ""
    rows = frappe.db.sql(f"select `field`, `value` from `tabSingles` where `doctype` = %s{lock}", (doctype,))
    if not rows:
        return None
    meta = frappe.get_meta(doctype)
    values = _dict()
    for fieldname, value in rows:
        values[fieldname] = cast_single(meta, fieldname, value)
    return values


def cast_single(meta: Any, fieldname: str, value: Any) -> Any:
    field = meta.get_field(fieldname)
    fieldtype = "Int" if fieldname in ("docstatus", "idx") else field.fieldtype if field is not None else None
    if fieldtype in ("Check", "Int", "Long Int"):
        return cint(value)
    if fieldtype in ("Float", "Currency", "Percent"):
        return flt(value)
    return value


def read_children(meta: Any, name: Any, for_update: bool = False) -> dict[str, list[_dict]]:
    """Return `{table field: rows in order}` of a document; computed tables are left out."""
    tables = {f.fieldname: f.options for f in meta.get_table_fields()}
    if not tables:
        return {}
    doctypes = list(dict.fromkeys(tables.values()))
    found: dict[str, list[_dict]] = {fieldname: [] for fieldname in tables}
    for doctype in _with_rows(doctypes, meta.name, name):
        for row in _child_rows(doctype, meta.name, name, for_update):
            if tables.get(row["parentfield"]) == doctype:
                found[row["parentfield"]].append(row)
    return found


def _with_rows(doctypes: list[str], parenttype: str, parent: Any) -> list[str]:
    """Return those child DocTypes that have rows of this parent; asks only where that saves statements."""
    doctypes = [d for d in doctypes if not frappe.get_meta(d).is_virtual]
    if len(doctypes) < _PROBE_FROM:
        return doctypes
    parts = [
        f"select {index} where exists (select 1 from `tab{doctype}` where `parent` = %(parent)s"
        " and `parenttype` = %(parenttype)s)"
        for index, doctype in enumerate(doctypes)
    ]
    if frappe.db.db_type == "mariadb":
        parts = [part.replace(" where exists", " from dual where exists", 1) for part in parts]
    rows = frappe.db.sql(" union all ".join(parts), {"parent": parent, "parenttype": parenttype})
    return [doctypes[int(row[0])] for row in rows]


def _child_rows(doctype: str, parenttype: str, parent: Any, for_update: bool) -> list[_dict]:
    lock = " for update" if for_update else ""
    rows: list[_dict] = frappe.db.sql(
        f"select * from `tab{doctype}` where `parent` = %s and `parenttype` = %s order by `idx`, `creation`{lock}",
        (parent, parenttype),
        as_dict=True,
    )
    return rows


# ---------------------------------------------------------------------- inserting


def insert_row(doc: Any, ignore_if_duplicate: bool = False) -> None:
    """Insert a document's own row.

    Raises DuplicateEntryError when the name is taken (not with `ignore_if_duplicate`), UniqueValidationError when a
    unique value is.
    """
    from frappe.model.naming import set_new_name

    if not doc.name:
        set_new_name(doc)
    stamp(doc)
    values = _row_of(doc)
    columns = ", ".join(f"`{column}`" for column in values)
    marks = ", ".join(["%s"] * len(values))
    statement = f"insert into `tab{doc.doctype}` ({columns}) values ({marks})"
    try:
        frappe.db.sql(statement, list(values.values()))
    except Exception as error:
        if not _retry_with_new_name(doc, error):
            _explain(doc, error, ignore_if_duplicate)
    doc.__dict__["__islocal"] = 0


def _row_of(doc: Any) -> dict[str, Any]:
    """Return the columns of a document with dates and times in the form that sorts."""
    values: dict[str, Any] = doc.get_valid_dict(sanitize=False, ignore_virtual=True)
    for column in doc.meta.columns:
        if column.fieldtype in MOMENTS and isinstance(values.get(column.name), str):
            values[column.name] = canonical(values[column.name], column.fieldtype)
    return values


def _retry_with_new_name(doc: Any, error: Exception) -> bool:
    """A random name that is taken already is replaced by another one, five times at most."""
    if not frappe.db.is_primary_key_violation(error) or doc.meta.autoname != "hash":
        return False
    doc.flags.retry_count = cint(doc.flags.retry_count) + 1
    if doc.flags.name_set or doc.flags.retry_count > 5:
        return False
    doc.__dict__["name"] = None
    insert_row(doc)
    return True


def stamp(doc: Any) -> None:
    """Fill the standard columns of a row that is written without the life cycle."""
    values = doc.__dict__
    moment = values.get("creation") or now()
    user = frappe.session.user
    for key, value in (("creation", moment), ("modified", moment), ("owner", user), ("modified_by", user)):
        if not values.get(key):
            values[key] = value
    if values.get("docstatus") is None:
        doc.docstatus = 0


def insert_rows(docs: Sequence[Any], ignore_duplicates: bool = False, chunk_size: int = 10_000) -> None:
    """Insert the rows of many named documents of one DocType at once."""
    if not docs:
        return
    columns = docs[0].meta.get_valid_columns()
    rows = [list(_row_of(doc).values()) for doc in docs]
    try:
        frappe.db.bulk_insert(
            docs[0].doctype, columns, rows, ignore_duplicates=ignore_duplicates, chunk_size=chunk_size
        )
    except Exception as error:
        _explain(docs[0], error, False)
    for doc in docs:
        doc.__dict__["__islocal"] = 0


def _explain(doc: Any, error: Exception, ignore_if_duplicate: bool = False) -> None:
    """Turn a violated key into the error an app expects; anything else is raised as it is."""
    if frappe.db.is_primary_key_violation(error) or _is_name_taken(doc, error):
        if ignore_if_duplicate:
            return
        frappe.msgprint(
            frappe._("{0} {1} already exists").format(frappe._(doc.doctype), frappe.bold(doc.name)),
            title=frappe._("Name is taken"),
            indicator="red",
        )
        raise DuplicateEntryError(doc.doctype, doc.name, error)
    if frappe.db.is_unique_key_violation(error):
        _refuse_duplicate_value(doc, error)
    raise error


def _is_name_taken(doc: Any, error: Exception) -> bool:
    """A new document whose name and values are both taken may hit the key of a value before the one of the name."""
    if not doc.is_new() or not frappe.db.is_unique_key_violation(error):
        return False
    return bool(frappe.db.sql(f"select `name` from `tab{doc.doctype}` where `name` = %s", (doc.name,)))


def _refuse_duplicate_value(doc: Any, error: Exception) -> None:
    fieldname = violated_field(doc.meta, str(error))
    label = doc.meta.get_label(fieldname) if fieldname else frappe._("One of the values")
    frappe.msgprint(
        frappe._("{0} must be unique, and another document has the same value").format(frappe.bold(label)),
        title=frappe._("Not unique"),
        indicator="red",
    )
    raise UniqueValidationError(doc.doctype, doc.name, error)


def violated_field(meta: Any, message: str) -> str | None:
    """Find the field that a database's complaint about a unique key is about."""
    words: list[str] = re.findall(r"\w+", message.replace(f"tab{meta.name}", " "))
    for word in reversed(words):
        for candidate in (word, word.removesuffix("_unique"), word.removeprefix("unique_")):
            if meta.has_field(candidate):
                return candidate
    known: list[str] = sorted(meta._fields, key=len, reverse=True)
    return next((name for name in known if f"{name}_unique" in message), None)


# ---------------------------------------------------------------------- updating and deleting


def update_row(doc: Any) -> None:
    """Write all columns of a document's own row."""
    values = _row_of(doc)
    name = values.pop("name")
    if doc.flags.pop("write_seen", False):
        values["_seen"] = doc.get("_seen")
    assignments = ", ".join(f"`{column}` = %s" for column in values)
    try:
        frappe.db.sql(f"update `tab{doc.doctype}` set {assignments} where `name` = %s", [*values.values(), name])
    except Exception as error:
        _explain(doc, error)


def write_single(doctype: str, values: Mapping[str, Any]) -> None:
    """Replace everything that is stored of a Single."""
    from frappe.model.values import as_text

    frappe.db.sql("delete from `tabSingles` where `doctype` = %s", (doctype,))
    rows = [(doctype, field, as_text(value)) for field, value in values.items() if field != "doctype"]
    frappe.db.sql(
        "insert into `tabSingles` (`doctype`, `field`, `value`) values " + ", ".join(["(%s, %s, %s)"] * len(rows)),
        [value for row in rows for value in row],
    )


def delete_rows(doctype: str, names: Iterable[Any]) -> None:
    names = tuple(names)
    if names:
        frappe.db.sql(f"delete from `tab{doctype}` where `name` in %s", (names,))


def delete_children(meta: Any, parent: Any) -> None:
    """Delete the rows of all tables of a document."""
    for doctype in dict.fromkeys(f.options for f in meta.get_table_fields()):
        if not frappe.get_meta(doctype).is_virtual:
            frappe.db.sql(f"delete from `tab{doctype}` where `parent` = %s and `parenttype` = %s", (parent, meta.name))
