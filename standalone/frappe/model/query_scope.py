"""Names in a list query: which column a text such as `status`, `customer.email` or `tabHD Ticket.name` stands for.

A `Scope` knows the main DocType of one query, collects the joins that its names need, and lets no name through that
the DocTypes do not have. SQL is only ever built from the names it returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from frappe.exceptions import DataError, PermissionError
from frappe.model import child_table_fields, default_fields, no_value_fields, optional_fields, table_fields

IDENTIFIER = re.compile(r"[^\W\d]\w*\Z")
_REFERENCE = re.compile(
    r"""
    (?: (?P<quoted>`tab[^`]+`) | (?P<table>tab[^`.]+) | (?P<path>`?[^\W\d]\w*`?) )
    \s* \. \s*
    (?P<field>`?[^\W\d]\w*`?|\*) \Z
    """,
    re.VERBOSE,
)

STANDARD_TYPES: dict[str, str] = {
    "name": "Data",
    "owner": "Link",
    "modified_by": "Link",
    "creation": "Datetime",
    "modified": "Datetime",
    "docstatus": "Int",
    "idx": "Int",
    "parent": "Data",
    "parentfield": "Data",
    "parenttype": "Data",
    **dict.fromkeys(optional_fields, "Text"),
}
STANDARD_COLUMNS = frozenset(default_fields) - {"doctype"}
CHILD_COLUMNS = frozenset(child_table_fields)
OPTIONAL_COLUMNS = frozenset(optional_fields)

MayRead = Callable[[str, str], bool]
"""Tells whether the caller may read a field: `(doctype, fieldname) -> bool`."""


class UnknownField(DataError):
    """A name in a query that the DocType does not have."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field's name taken apart; `table` is a DocType, `path` a link or table field of the main DocType."""

    field: str
    table: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one of the tables of a query."""

    sql: str
    doctype: str
    field: str
    fieldtype: str = "Data"
    options: str | None = None


def parse_reference(text: str) -> Reference:
    """Take a name apart. Raises DataError for what is not a name."""
    text = text.strip()
    bare = text.strip("`")
    if IDENTIFIER.match(bare) and text.count("`") in (0, 2):
        return Reference(bare)
    match = _REFERENCE.match(text)
    if not match:
        raise DataError(f"{text[:100]!r} is not a field.")
    field = match["field"].strip("`")
    if match["path"]:
        path = match["path"].strip("`")
        return Reference(field, path=path)
    table = (match["quoted"] or match["table"]).strip("`")
    return Reference(field, table=table.removeprefix("tab"))


def table_sql(doctype: str) -> str:
    if "`" in doctype or not doctype:
        raise DataError(f"{doctype!r} is not a DocType.")
    return f"`{doctype}`" if doctype.startswith("__") else f"`tab{doctype}`"


class Scope:
    """The tables of one query.

    `strict` checks every name against the DocTypes' meta (lists); otherwise plain names of the main table are left to
    the database to check (`frappe.db.get_value`). `may_read` limits names to what a user may see.
    """

    def __init__(self, doctype: str, *, strict: bool = True, may_read: MayRead | None = None, join: str = "left join"):
        self.doctype = doctype
        self.main = table_sql(doctype)
        self.strict = strict
        self.may_read = may_read
        self.join_kind = join
        self.joins: dict[str, tuple[str, str]] = {}
        """`{alias: (table, condition)}` in the order of need."""

    @property
    def meta(self) -> Any:
        return meta_of(self.doctype)

    def join_sql(self) -> str:
        parts = []
        for alias, (table, condition) in self.joins.items():
            name = table if alias == table else f"{table} as {alias}"
            parts.append(f" {self.join_kind} {name} on ({condition})")
        return "".join(parts)

    # -- columns ------------------------------------------------------------------------------------------------------

    def column(self, text: str, doctype: str | None = None) -> Column:
        """Return the column a name stands for; `doctype` is the DocType a filter names beside it."""
        if not isinstance(text, str):
            raise DataError(f"A field is named by text, not by {text!r:.80}.")
        if doctype is None or doctype == self.doctype:
            if not self.strict and IDENTIFIER.match(text):
                return Column(f"{self.main}.`{text}`", self.doctype, text, STANDARD_TYPES.get(text, ""))
            reference = parse_reference(text)
        else:
            reference = parse_reference(text)
            reference = Reference(reference.field, table=doctype) if reference.table is None else reference
        return self._resolve(reference)

    def _resolve(self, reference: Reference) -> Column:
        if reference.path:
            return self._through(reference.path, reference.field)
        if reference.table is None or reference.table == self.doctype:
            if self.strict and not self.has_column(self.doctype, reference.field):
                child = self._child_with(reference.field)
                if child:
                    return self._checked(child, reference.field, self.child_alias(child))
            return self._checked(self.doctype, reference.field, self.main)
        return self._checked(reference.table, reference.field, self.child_alias(reference.table))

    def _checked(self, doctype: str, field: str, alias: str) -> Column:
        if (self.strict or doctype != self.doctype) and not self.has_column(doctype, field):
            raise UnknownField(f"Field not permitted in query: {doctype} has no field {field}.")
        if self.may_read and not self.may_read(doctype, field):
            raise PermissionError(f"You may not read the field {field} of {doctype}.")
        fieldtype, options = _type_of(doctype, field) if self.strict or doctype != self.doctype else ("", None)
        return Column(f"{alias}.`{field}`", doctype, field, fieldtype, options)

    def has_column(self, doctype: str, field: str) -> bool:
        """Tell whether the table of a DocType has this column."""
        if field in STANDARD_COLUMNS:
            return True
        meta = meta_of(doctype)
        if field in CHILD_COLUMNS:
            return bool(meta.istable) or meta.has_field(field)
        if field in OPTIONAL_COLUMNS:
            return not meta.istable and (field != "_seen" or bool(meta.track_seen))
        df = meta.get_field(field)
        return df is not None and df.fieldtype not in no_value_fields and not getattr(df, "is_virtual", 0)

    # -- joins --------------------------------------------------------------------------------------------------------

    def child_alias(self, child: str, fieldname: str | None = None) -> str:
        """Join a child table of the main DocType and return its name in the query."""
        fields = [df.fieldname for df in self.meta.get_table_fields() if df.options == child]
        if not fields:
            if self.meta.istable and child in self._parents():
                return self._parent_alias(child)
            raise DataError(f"{child} is not a child table of {self.doctype}, so its fields cannot be used here.")
        table = table_sql(child)
        several = fieldname is not None and len(fields) > 1
        alias = f"`tab{child}__{fieldname}`" if several else table
        if alias not in self.joins:
            condition = f"{alias}.`parent` = {self.main}.`name` and {alias}.`parenttype` = {_text(self.doctype)}"
            if several:
                condition += f" and {alias}.`parentfield` = {_text(str(fieldname))}"
            self.joins[alias] = (table, condition)
        return alias

    def _parents(self) -> set[str]:
        """Return the DocTypes that have this child DocType as a table."""
        import frappe

        query = "select distinct `parent` from `tabDocField` where `options` = %s and `fieldtype` in %s"
        return set(frappe.db.sql_list(query, (self.doctype, table_fields)))

    def _parent_alias(self, parent: str) -> str:
        table = table_sql(parent)
        self.joins.setdefault(table, (table, f"{table}.`name` = {self.main}.`parent`"))
        return table

    def _through(self, path: str, field: str) -> Column:
        """`customer.email` joins the linked document, `items.qty` the rows of a table."""
        df = self.meta.get_field(path)
        if df is None and path in ("owner", "modified_by"):
            return self._linked(path, "User", field)
        if df is None:
            raise UnknownField(f"Field not permitted in query: {self.doctype} has no field {path}.")
        if df.fieldtype in table_fields:
            return self._checked(df.options, field, self.child_alias(df.options, path))
        if df.fieldtype != "Link":
            raise DataError(f"{path} of {self.doctype} is neither a link nor a table, so it has no field {field}.")
        if self.may_read and not self.may_read(self.doctype, path):
            raise PermissionError(f"You may not read the field {path} of {self.doctype}.")
        return self._linked(path, df.options, field)

    def _linked(self, path: str, target: str, field: str) -> Column:
        table = table_sql(target)
        alias = f"`{path}__link`"
        column = self._checked(target, field, alias)
        self.joins.setdefault(alias, (table, f"{alias}.`name` = {self.main}.`{path}`"))
        return column

    def _child_with(self, field: str) -> str | None:
        """Return the child table that has this column, when the main DocType has not."""
        if field in STANDARD_COLUMNS or field in CHILD_COLUMNS:
            return None
        for df in self.meta.get_table_fields():
            if self.has_column(df.options, field):
                return str(df.options)
        return None


def meta_of(doctype: str) -> Any:
    from frappe.model.meta import get_meta

    return get_meta(doctype)


def _type_of(doctype: str, field: str) -> tuple[str, str | None]:
    standard = STANDARD_TYPES.get(field)
    df = meta_of(doctype).get_field(field)
    if df is not None:
        return str(df.fieldtype), df.options
    return standard or "Data", "User" if field in ("owner", "modified_by") else None


def fieldtype_of(column: Column) -> tuple[str, str | None]:
    """Return (fieldtype, options) of a column; looks into the meta when the scope did not."""
    return (column.fieldtype, column.options) if column.fieldtype else _type_of(column.doctype, column.field)


def _text(value: str) -> str:
    """Return a DocType's or field's name as a literal inside pyformat text."""
    return "'" + value.replace("'", "''").replace("%", "%%") + "'"
