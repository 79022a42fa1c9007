"""`frappe.qb.get_query`: a query of the query builder, made of field lists and filters.

Names go through the same `Scope` as in lists; the parts arrive in the builder as `Raw` terms, so the caller can go on
with `.where(…)`, `.join(…)` and the like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion
from pypika.utils import format_alias_sql

import frappe
from frappe.exceptions import DataError
from frappe.model import child_rows
from frappe.model.filters import Fragment, compile_group, parse
from frappe.model.query_fields import Selected, group_by_sql, order_by_sql, select
from frappe.model.query_scope import Scope
from frappe.query_builder.rendering import value_sql


class Raw(Criterion):
    """SQL with `%s` and its values as a term."""

    def __init__(self, sql: str, values: Sequence[Any] = (), alias: str | None = None):
        super().__init__(alias)
        self.sql = sql
        self.values = tuple(values)

    def get_sql(self, with_alias: bool = False, **kwargs: Any) -> str:
        pieces = self.sql.split("%s") if self.values else [self.sql]
        marks = [_value(value) for value in self.values]
        sql = pieces[0] + "".join(mark + piece for mark, piece in zip(marks, pieces[1:], strict=True))
        return str(format_alias_sql(sql, self.alias, **kwargs)) if with_alias else sql


def _value(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return "(" + ", ".join(map(value_sql, value)) + ")"
    return value_sql(value)


def get_query(
    table: Any,
    fields: Any = None,
    filters: Any = None,
    order_by: Any = None,
    group_by: Any = None,
    limit: int | None = None,
    offset: int | None = None,
    distinct: bool = False,
    for_update: bool = False,
    update: bool = False,
    into: bool = False,
    delete: bool = False,
    *,
    validate_filters: bool = False,
    skip_locked: bool = False,
    wait: bool = True,
    ignore_permissions: bool = True,
    ignore_user_permissions: bool = False,
    user: str | None = None,
    parent_doctype: str | None = None,
    reference_doctype: str | None = None,
    or_filters: Any = None,
    db_query_compat: bool = False,
) -> Any:
    """Return a query on the table of a DocType (name or table): select, or `update`, `into`, `delete`.

    Missing values match `!=` only with `db_query_compat`. Without `ignore_permissions` the rows are limited to what
    `user` may read. A field in `order_by` sorts descending unless it says `asc`.
    """
    doctype = _doctype_of(table)
    scope = Scope(doctype, strict=validate_filters or not ignore_permissions)
    base = table if isinstance(table, Table) else frappe.qb.DocType(doctype)
    if into:
        return frappe.qb.into(base)
    query = frappe.qb.update(base) if update else frappe.qb.from_(base)
    children: tuple[Any, ...] = ()
    if delete:
        query = query.delete()
    elif not update:
        query, children, distinct = _with_fields(query, fields, scope, distinct)
    wheres = _wheres(scope, filters, or_filters, db_query_compat)
    if not ignore_permissions:
        wheres.append(_permitted_rows(doctype, user, parent_doctype, ignore_user_permissions))
    aliases = _aliases(query)
    group = group_by_sql(group_by, scope, aliases)
    order = order_by_sql(order_by, scope, aliases, "desc")
    query = _with_joins(query, scope)
    for fragment in wheres:
        if fragment.sql:
            query = query.where(Raw(fragment.sql, fragment.values))
    query = query.groupby(Raw(group)) if group else query
    query = query.orderby(Raw(order)) if order else query
    query = query.limit(_number(limit, "limit")) if limit else query
    query = query.offset(_number(offset, "offset")) if offset else query
    query = query.distinct() if distinct else query
    if for_update:
        query = query.for_update(skip_locked=skip_locked, nowait=not wait)
    return _remember_children(query, doctype, children, ignore_permissions, user)


def _doctype_of(table: Any) -> str:
    name = table.get_table_name() if isinstance(table, Table) else table
    if not isinstance(name, str):
        raise DataError(f"A query needs a DocType or a table, not {table!r:.80}.")
    return name.removeprefix("tab") if isinstance(table, Table) else name


def _with_fields(query: QueryBuilder, fields: Any, scope: Scope, distinct: bool) -> tuple[Any, tuple[Any, ...], bool]:
    selection = select(fields if fields is not None else ["name"], scope)
    chosen: list[Any] = [_term(field) for field in selection.fields]
    if selection.children:
        chosen.append(Raw(f"{scope.main}.`name`", alias=child_rows.HIDDEN_NAME))
    return query.select(*chosen), selection.children, distinct or selection.distinct


def _term(field: Selected) -> Raw:
    bare = field.sql.rsplit("`.`", 1)[-1].rstrip("`")
    return Raw(field.sql, field.values, alias=None if field.alias in (None, bare) else field.alias)


def _aliases(query: Any) -> dict[str, str]:
    raw = (term for term in getattr(query, "_selects", []) if isinstance(term, Raw))
    return {term.alias: term.sql for term in raw if term.alias}


def _wheres(scope: Scope, filters: Any, or_filters: Any, compat: bool) -> list[Fragment]:
    groups = (parse(filters), parse(or_filters, "or"))
    return [compile_group(group, scope, nulls_match=compat) for group in groups]


def _permitted_rows(doctype: str, user: str | None, parent: str | None, ignore_user_permissions: bool) -> Fragment:
    from frappe.permissions import build_match_conditions

    condition = build_match_conditions(doctype, user, parent, ignore_user_permissions=ignore_user_permissions)
    return Fragment(f"({condition})" if condition else "")


def _with_joins(query: Any, scope: Scope) -> Any:
    for alias, (table, condition) in scope.joins.items():
        joined = Table(table.strip("`"), alias=alias.strip("`") if alias != table else None)
        query = query.left_join(joined).on(Raw(condition.replace("%%", "%")))
    return query


def _number(value: Any, name: str) -> int:
    from frappe.model.db_query import _count

    return _count(value, name)


def _remember_children(
    query: Any, doctype: str, children: tuple[Any, ...], ignore_permissions: bool, user: str | None
) -> Any:
    if children:
        options: Mapping[str, Any] = {"ignore_permissions": ignore_permissions, "user": user, "parent_doctype": doctype}
        query._child_queries, query._child_doctype, query._child_options = children, doctype, options
    return query
