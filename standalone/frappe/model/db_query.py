"""`frappe.get_list` and `frappe.get_all`: lists of documents by filters, with the reader's permissions or without.

A list is one statement. Every name in it has passed `Scope`, every value is a parameter; the row conditions come from
`frappe.permissions.build_match_conditions`, the columns a user may see from the meta.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import frappe
from frappe.exceptions import DataError, PermissionError
from frappe.model import child_rows, virtual
from frappe.model.filters import Fragment, compile_group, custom_operators, parse
from frappe.model.query_fields import ChildQuery, Selected, Selection, group_by_sql, order_by_sql, select
from frappe.model.query_scope import CHILD_COLUMNS, OPTIONAL_COLUMNS, STANDARD_COLUMNS, Scope
from frappe.types import _dict

DEFAULT_ORDER = "KEEP_DEFAULT_ORDERING"
"""Stands for "as the DocType wants it"; None and "" mean no order."""

JOINS = ("left join", "inner join")


def get_list(doctype: str, *args: Any, **kwargs: Any) -> Any:
    """Return the rows of `doctype` that the user may read: a list of dicts, of values with `pluck`, or of tuples.

    Fields, filters, or_filters, group_by, order_by and limits as the API reference describes; without a limit all rows.
    Raises PermissionError when the user may read none, DataError for unknown fields and operators.
    """
    return DatabaseQuery(doctype).execute(*args, **kwargs)


def get_all(doctype: str, *args: Any, **kwargs: Any) -> Any:
    """Return rows like `get_list`, but without regard to permissions."""
    kwargs["ignore_permissions"] = True
    return get_list(doctype, *args, **kwargs)


class DatabaseQuery:
    """One list query. `execute` does it all; the attributes live as long as it runs."""

    def __init__(self, doctype: str, user: str | None = None):
        if not isinstance(doctype, str) or not doctype:
            raise DataError(f"A list needs the name of a DocType, not {doctype!r:.80}.")
        self.doctype = doctype
        self.user = user

    def execute(
        self,
        fields: Any = None,
        filters: Any = None,
        or_filters: Any = None,
        group_by: Any = None,
        order_by: Any = DEFAULT_ORDER,
        limit_start: Any = 0,
        limit_page_length: Any = None,
        as_list: bool = False,
        with_childnames: bool = False,
        debug: bool = False,
        ignore_permissions: bool = False,
        user: str | None = None,
        with_comment_count: bool = False,
        join: str = "left join",
        distinct: bool = False,
        start: Any = None,
        page_length: Any = None,
        limit: Any = None,
        offset: Any = None,
        ignore_ifnull: bool = False,
        save_user_settings: bool = False,
        save_user_settings_fields: bool = False,
        update: Mapping[str, Any] | None = None,
        user_settings: Any = None,
        reference_doctype: str | None = None,
        run: bool = True,
        strict: bool = True,
        pluck: str | None = None,
        ignore_ddl: bool = False,
        *,
        parent_doctype: str | None = None,
        ignore_user_permissions: bool = False,
    ) -> Any:
        fields, filters = _in_order(fields, filters)
        self.user = user or self.user or frappe.session.user
        self.parent_doctype = parent_doctype
        self.ignore_permissions = bool(ignore_permissions)
        meta = frappe.get_meta(self.doctype)
        limit, start = limit or page_length or limit_page_length, offset or start or limit_start
        if meta.is_virtual:
            window = {"start": start, "limit_start": start, "page_length": limit, "limit_page_length": limit}
            order = None if order_by == DEFAULT_ORDER else order_by
            asked = {"fields": fields, "filters": filters, "or_filters": or_filters, "order_by": order}
            return self._from_controller({**asked, **window, "group_by": group_by, "as_list": as_list, "pluck": pluck})
        self._refuse_single(meta)
        self.scope = Scope(self.doctype, may_read=self._may_read(), join=_join(join))
        condition = self._row_condition(ignore_user_permissions)
        selection = self._select(fields or ([pluck] if pluck else ["name"]), with_childnames)
        query, values = self._compose(
            selection,
            self._where(filters, or_filters, condition, nulls_match=not ignore_ifnull),
            group_by,
            order_by,
            distinct,
            (_count(limit, "limit"), _count(start, "start")),
        )
        if not run:
            return frappe.db.driver.render(frappe.db.driver.prepare(query, True), values)
        result = self._fetch(query, values, debug)
        return self._shape(result, selection, as_list, pluck, update, with_comment_count)

    # -- permissions --------------------------------------------------------------------------------------------------

    def _refuse_single(self, meta: Any) -> None:
        if meta.issingle:
            raise DataError(f"{self.doctype} is a Single: there is no list of it. Use frappe.get_single.")

    def _row_condition(self, ignore_user_permissions: bool) -> str:
        """Return the SQL of what the user may see. Raises PermissionError when that is nothing at all."""
        if self.ignore_permissions:
            return ""
        from frappe.permissions import build_match_conditions

        return build_match_conditions(
            self.doctype, self.user, self.parent_doctype, ignore_user_permissions=ignore_user_permissions
        )

    def _may_read(self) -> Any:
        """Return the test for fields, None when all may be read."""
        if self.ignore_permissions or self.user == "Administrator":
            return None
        allowed: dict[str, frozenset[str]] = {}

        def may_read(doctype: str, field: str) -> bool:
            if doctype not in allowed:
                allowed[doctype] = readable_columns(doctype, self._parent_of(doctype), str(self.user))
            return field in allowed[doctype]

        return may_read

    def _parent_of(self, doctype: str) -> str | None:
        if not frappe.get_meta(doctype).istable:
            return None
        return self.parent_doctype if doctype == self.doctype else self.doctype

    # -- the parts of the statement -----------------------------------------------------------------------------------

    def _select(self, fields: Any, with_childnames: bool) -> Selection:
        """Return the select list; columns the user may not read are left out of it silently."""
        fields = self._permitted(fields)
        if not fields:
            raise PermissionError(f"You may not read any of the requested fields of {self.doctype}.")
        selection = select(fields, self.scope)
        chosen = [field for entry in selection.fields for field in self._expanded(entry)]
        if with_childnames:
            for df in frappe.get_meta(self.doctype).get_table_fields():
                if f"`tab{df.options}`" in self.scope.joins:
                    chosen.append(Selected(f"`tab{df.options}`.`name`", f"{df.options}:name"))
        if selection.children and not any(field.alias == "name" for field in chosen):
            chosen.append(Selected(f"{self.scope.main}.`name`", child_rows.HIDDEN_NAME))
        return Selection(tuple(chosen), selection.children, selection.distinct)

    def _permitted(self, fields: Any) -> list[Any]:
        from frappe.model.query_fields import is_literal, parse_fields, split_alias

        entries = parse_fields(fields)
        if not self.scope.may_read:
            return entries
        kept = []
        for entry in entries:
            plain = isinstance(entry, str) and "(" not in entry and "*" not in entry and not is_literal(entry)
            if plain and not self._readable(split_alias(entry.removeprefix("distinct ").strip())[0]):
                continue
            kept.append(entry)
        return kept

    def _readable(self, name: str) -> bool:
        """Tell whether a plain field may be read; unknown ones count as readable, so that they are named later."""
        probe = Scope(self.doctype, may_read=self.scope.may_read)
        try:
            probe.column(name)
        except PermissionError:
            return False
        return True

    def _expanded(self, entry: Selected) -> list[Selected]:
        """Spell out `*`: what the user may read of the main table, or everything a joined one has."""
        if not entry.star_of:
            return [entry]
        table = entry.sql.removesuffix(".*")
        names = column_names(entry.star_of)
        if self.scope.may_read:
            names = [name for name in names if self.scope.may_read(entry.star_of, name)]
        return [Selected(f"{table}.`{name}`", name) for name in names]

    def _where(self, filters: Any, or_filters: Any, condition: str, *, nulls_match: bool) -> Fragment:
        every = compile_group(parse(filters), self.scope, nulls_match=nulls_match)
        any_of = compile_group(parse(or_filters, "or"), self.scope, nulls_match=nulls_match)
        parts = [fragment for fragment in (every, any_of) if fragment.sql]
        if condition:
            parts.append(Fragment(f"({condition})"))
        sql = " and ".join(part.sql for part in parts)
        return Fragment(sql, tuple(value for part in parts for value in part.values))

    def _compose(
        self,
        selection: Selection,
        where: Fragment,
        group_by: Any,
        order_by: Any,
        distinct: bool,
        window: tuple[int, int],
    ) -> tuple[str, list[Any]]:
        aliases = {field.alias: field.sql for field in selection.fields if field.alias}
        group = group_by_sql(group_by, self.scope, aliases)
        distinct = distinct or selection.distinct
        order = self._order(order_by, selection, aliases, bool(group), distinct)
        columns = ", ".join(field.full_sql for field in selection.fields)
        parts = [f"select {'distinct ' if distinct else ''}{columns} from {self.scope.main}{self.scope.join_sql()}"]
        parts += [f" where {where.sql}"] if where.sql else []
        parts += [f" group by {group}"] if group else []
        parts += [f" order by {order}"] if order else []
        limit, start = window
        if limit or start:
            parts.append(f" limit {limit or 2**62} offset {start}")
        values = [value for field in selection.fields for value in field.values]
        return "".join(parts), [*values, *where.values]

    def _order(
        self, order_by: Any, selection: Selection, aliases: Mapping[str, str], grouped: bool, distinct: bool
    ) -> str:
        if order_by != DEFAULT_ORDER:
            return order_by_sql(order_by, self.scope, aliases)
        lone_aggregate = not grouped and any(field.is_aggregate for field in selection.fields)
        if lone_aggregate or distinct:
            return ""
        return default_order(self.doctype, self.scope.main)

    # -- the answer ---------------------------------------------------------------------------------------------------

    def _fetch(self, query: str, values: Sequence[Any], debug: bool) -> Any:
        if debug:
            rendered = frappe.db.driver.render(frappe.db.driver.prepare(query, True), values)
            frappe.errprint(rendered)
        return frappe.db.execute(query, values)

    def _shape(
        self,
        result: Any,
        selection: Selection,
        as_list: bool,
        pluck: str | None,
        update: Mapping[str, Any] | None,
        with_comment_count: bool,
    ) -> Any:
        if as_list and not pluck:
            return tuple(result.rows)
        rows = [_dict(zip(result.columns, row, strict=True)) for row in result.rows]
        if selection.children:
            self._attach_children(rows, selection.children)
        if pluck:
            key = pluck if not result.columns or pluck in result.columns else result.columns[0]
            return [row[key] for row in rows]
        for row in rows:
            if update:
                row.update(update)
            if with_comment_count:
                row["_comment_count"] = _comment_count(row.get("_comments"))
        return rows

    def _attach_children(self, rows: list[_dict], children: Sequence[ChildQuery]) -> None:
        key = child_rows.HIDDEN_NAME if rows and child_rows.HIDDEN_NAME in rows[0] else "name"
        child_rows.attach(
            self.doctype,
            rows,
            children,
            key,
            ignore_permissions=self.ignore_permissions,
            user=self.user,
            parent_doctype=self.doctype,
        )

    def _from_controller(self, options: dict[str, Any]) -> Any:
        """Ask the controller of a virtual DocType."""
        if not self.ignore_permissions:
            virtual.require_read(self.doctype, self.user)
        rows, pluck = virtual.rows_of(self.doctype, options), options["pluck"]
        return [row.get(pluck) for row in rows] if pluck else rows


# -- small parts ------------------------------------------------------------------------------------------------------


def _in_order(fields: Any, filters: Any) -> tuple[Any, Any]:
    """Put fields and filters that were given in each other's place where they belong."""
    filters_in_fields = (isinstance(fields, dict) and not _is_function(fields)) or _is_list_of_lists(fields)
    fields_in_filters = (
        isinstance(filters, (list, tuple)) and len(filters) > 1 and all(isinstance(f, str) for f in filters)
    )
    single_field = isinstance(filters, list) and len(filters) == 1 and isinstance(filters[0], str)
    if filters_in_fields:
        return filters, fields
    if (fields_in_filters or single_field) and fields is None and not _is_condition(filters):
        return filters, None
    return fields, filters


def _is_condition(filters: Sequence[Any]) -> bool:
    from frappe.model.filters import _is_condition

    return _is_condition(filters)


def _is_function(fields: Mapping[Any, Any]) -> bool:
    from frappe.model.query_fields import DICT_FUNCTIONS, DICT_OPERATORS

    return any(str(key).upper() in DICT_FUNCTIONS or str(key).upper() in DICT_OPERATORS for key in fields)


def _is_list_of_lists(fields: Any) -> bool:
    return isinstance(fields, (list, tuple)) and bool(fields) and all(isinstance(f, (list, tuple)) for f in fields)


def _join(join: str) -> str:
    kind = " ".join(str(join).lower().split())
    if kind not in JOINS:
        raise DataError(f"{join!r:.50} is not a kind of join; use one of {', '.join(JOINS)}.")
    return kind


def _count(value: Any, name: str) -> int:
    """Return a limit or start as a number. Raises DataError for words and negative numbers."""
    if value in (None, "", False):
        return 0
    try:
        number = int(value)
    except (TypeError, ValueError):
        raise DataError(f"The {name} of a list is a number, not {value!r:.50}.") from None
    if number < 0:
        raise DataError(f"The {name} of a list cannot be negative: {number}.")
    if number > 2**62:
        raise DataError(f"The {name} of a list is too large: {number}.")
    return number


def _comment_count(comments: Any) -> int:
    try:
        return len(json.loads(comments or "[]"))
    except ValueError:
        return 0


def column_names(doctype: str) -> list[str]:
    """Return all columns of a DocType's table, in the order of the meta."""
    meta = frappe.get_meta(doctype)
    names = list(meta.get_valid_columns())
    if not meta.istable:
        names += [name for name in ("_user_tags", "_comments", "_assign", "_liked_by") if name not in names]
        names += ["_seen"] if meta.track_seen and "_seen" not in names else []
    return names


def readable_columns(doctype: str, parenttype: str | None, user: str) -> frozenset[str]:
    """Return the columns of a DocType that `user` may read in lists: the standard ones, and fields by permission level.

    Of another DocType that the user may not read at all, no column.
    """
    from frappe.permissions import get_role_permissions, has_child_permission

    meta = frappe.get_meta(doctype)
    if meta.istable:
        if not parenttype or not has_child_permission(doctype, "read", user=user, parent_doctype=parenttype):
            return frozenset()
        permission = "read"
    else:
        rights = get_role_permissions(meta, user=user)
        shared = not rights.get("read") and not rights.get("select") and frappe.share.get_shared(doctype, user, limit=1)
        if not rights.get("read") and not rights.get("select") and not shared:
            return frozenset()
        permission = "select" if rights.get("select") and not rights.get("read") else "read"
    fields = meta.get_permitted_fieldnames(
        parenttype=parenttype, user=user, permission_type=permission, with_virtual_fields=False
    )
    return frozenset(fields) | STANDARD_COLUMNS | CHILD_COLUMNS | OPTIONAL_COLUMNS


def default_order(doctype: str, table: str) -> str:
    """Return the order a DocType's lists have when none is asked for."""
    meta = frappe.get_meta(doctype)
    return _default_order(table, meta.sort_field or "creation", meta.sort_order or "DESC")


@lru_cache(maxsize=1024)
def _default_order(table: str, sort_field: str, sort_order: str) -> str:
    if "," not in sort_field:
        sort_field = f"{sort_field} {sort_order}" if " " not in sort_field.strip() else sort_field
    parts = []
    for entry in sort_field.split(","):
        name, _, direction = entry.strip().partition(" ")
        direction = "asc" if direction.strip().lower() == "asc" else "desc"
        parts.append(f"{table}.`{name.strip('`')}` {direction}")
    return ", ".join(parts)


def check_parent_permission(parent: str, child_doctype: str) -> None:
    """Raise PermissionError unless the user may read `parent` and it has rows of `child_doctype`."""
    from frappe.permissions import has_child_permission

    if not has_child_permission(child_doctype, "read", parent_doctype=parent):
        raise PermissionError(f"You may not read the rows of {child_doctype} in {parent}.")


__all__ = ["DEFAULT_ORDER", "DatabaseQuery", "check_parent_permission", "custom_operators", "get_all", "get_list"]
