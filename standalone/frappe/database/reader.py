"""The part of `frappe.db` that reads values of documents: `get_value`, `exists`, `count` and their kin.

Plain questions (a name or a dict of plain values, plain field names) have their SQL kept per shape; everything else
goes through the filter compiler. Missing values are not treated as empty here: `!=` skips NULL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from frappe.database.connection import IDENTIFIER, column_name, table_name
from frappe.database.singles import Singles
from frappe.types import _dict

DEFAULT_ORDER = "KEEP_DEFAULT_ORDERING"
DEFAULT_SORT = "creation desc"
PLAIN = (str, int, float, date, datetime, timedelta, Decimal)
"""Types of values that a filter compares for equality without looking at them."""


class Reader(Singles):
    """Values without documents, hooks or permissions."""

    # -- one and many -------------------------------------------------------------------------------------------------

    def get_value(
        self,
        doctype: str,
        filters: Any = None,
        fieldname: Any = "name",
        ignore: bool | None = None,
        as_dict: bool = False,
        debug: bool = False,
        order_by: Any = DEFAULT_ORDER,
        cache: bool = False,
        for_update: bool = False,
        *,
        run: bool = True,
        pluck: bool = False,
        distinct: bool = False,
        skip_locked: bool = False,
        wait: bool = True,
    ) -> Any:
        """Return the first match: a value, a tuple for several fields, a dict with `as_dict`; None without a match.

        Without filters (or with the DocType's own name) the values of a Single, as text.
        """
        rows = self.get_values(
            doctype,
            filters,
            fieldname,
            ignore=ignore,
            as_dict=as_dict,
            debug=debug,
            order_by=order_by,
            cache=cache,
            for_update=for_update,
            run=run,
            pluck=pluck,
            distinct=distinct,
            limit=1,
            skip_locked=skip_locked,
            wait=wait,
        )
        if not run or not rows:
            return rows if not run else None
        row = rows[0]
        if as_dict or pluck or isinstance(row, dict):
            return row
        return row if len(row) > 1 else row[0]

    def get_values(
        self,
        doctype: str,
        filters: Any = None,
        fieldname: Any = "name",
        ignore: bool | None = None,
        as_dict: bool = False,
        debug: bool = False,
        order_by: Any = DEFAULT_ORDER,
        update: Mapping[str, Any] | None = None,
        cache: bool = False,
        for_update: bool = False,
        *,
        run: bool = True,
        pluck: bool = False,
        distinct: bool = False,
        limit: int | None = None,
        skip_locked: bool = False,
        wait: bool = True,
    ) -> Any:
        """Return all matches: a tuple of tuples, a list of dicts (`as_dict`, or for "*") or of values (`pluck`)."""
        memo = (doctype, filters, _hashable(fieldname), as_dict, pluck) if cache and isinstance(filters, str) else None
        if memo and memo in self.value_cache.setdefault(doctype, {}).get(filters, {}):
            return self.value_cache[doctype][filters][memo]
        if filters is None or (filters == doctype and doctype != "DocType" and isinstance(filters, str)):
            found = self._values_of_single(doctype, fieldname, as_dict, pluck, update)
        else:
            # a term of the query builder, compared to text, would become a condition
            every_field = isinstance(fieldname, str) and fieldname == "*"
            options = (as_dict or every_field, pluck, distinct, limit, for_update, skip_locked, wait)
            found = self._values_of_table(doctype, filters, fieldname, ignore, debug, order_by, update, run, options)
        if memo and run:
            self.value_cache.setdefault(doctype, {}).setdefault(filters, {})[memo] = found
        return found

    def _values_of_table(
        self,
        doctype: str,
        filters: Any,
        fieldname: Any,
        ignore: bool | None,
        debug: bool,
        order_by: Any,
        update: Mapping[str, Any] | None,
        run: bool,
        options: tuple[bool, bool, bool, int | None, bool, bool, bool],
    ) -> Any:
        as_dict, pluck, distinct, limit, for_update, skip_locked, wait = options
        lock = _lock(for_update, skip_locked, wait, self.db_type)
        query, values = build_select(doctype, filters, fieldname, order_by, distinct, limit, lock)
        try:
            return self.sql(query, values, as_dict=as_dict, pluck=pluck, debug=debug, update=update, run=run)
        except Exception as error:
            if ignore and self.is_missing_table_or_column(error):
                return None
            if self.is_table_missing(error) and not ignore and self._is_single(doctype):
                return self._values_of_single(doctype, fieldname, as_dict, pluck, update)
            raise

    def _is_single(self, doctype: str) -> bool:
        rows = self.execute("select `issingle` from `tabDocType` where `name` = %s", (doctype,)).rows
        return bool(rows and rows[0][0])

    def _values_of_single(
        self, doctype: str, fieldname: Any, as_dict: bool, pluck: bool, update: Mapping[str, Any] | None
    ) -> Any:
        """Return the stored texts of a Single in the shape of rows."""
        stored = self.single_values(doctype)
        if fieldname == "*":
            return [_dict(stored).update(update or {})] if stored else []
        fields = [fieldname] if isinstance(fieldname, str) else list(fieldname)
        if as_dict:
            found = {field: stored[field] for field in fields if field in stored}
            return [_dict(found).update(update or {})] if found else []
        values = [stored.get(field) for field in fields]
        if all(value is None for value in values):
            return []
        return values[:1] if pluck else [tuple(values)]

    def get(self, doctype: str, filters: Any = None, as_dict: bool = True, cache: bool = False) -> Any:
        """Return all columns of the first match as a dict."""
        return self.get_value(doctype, filters, "*", as_dict=as_dict, cache=cache)

    # -- existence and numbers ----------------------------------------------------------------------------------------

    def exists(self, dt: Any, dn: Any = None, cache: bool = False, *, debug: bool = False) -> Any:
        """Return the name of a matching document, None without one. `dt` may be filters with a `doctype`."""
        if isinstance(dt, Mapping):
            filters = dict(dt)
            doctype = filters.pop("doctype", None)
            if not doctype:
                raise ValueError('frappe.db.exists needs a "doctype" among the filters.')
            return self.exists(doctype, filters, cache=cache, debug=debug)
        if dt != "DocType" and isinstance(dn, str) and dt == dn:
            return dn
        if dn is None:
            return self._values_of_single(dt, "name", False, False, None) or None
        if isinstance(dn, Mapping):
            dn = {key: value for key, value in dn.items() if key != "doctype"}
        found = self.get_value(dt, dn, "name", ignore=True, cache=cache, debug=debug, order_by=None)
        return found

    def count(
        self, dt: str, filters: Any = None, debug: bool = False, cache: bool = False, distinct: bool = True
    ) -> int:
        """Return how many documents match."""
        import frappe

        key = f"doctype:count:{dt}"
        if cache and not filters:
            known = frappe.cache.get_value(key)
            if known is not None:
                return int(known)
        query, values = build_count(dt, filters)
        number = int(self.sql(query, values, debug=debug)[0][0])
        if cache and not filters:
            frappe.cache.set_value(key, number, expires_in_sec=86400)
        return number

    def estimate_count(self, doctype: str) -> int:
        """Return the number of documents; counted, because counting is quick enough here."""
        return self.count(doctype)

    def get_last_created(self, doctype: str) -> Any:
        """Return when the newest document was created, None without documents."""
        value = self.sql(f"select max(`creation`) from {table_name(doctype)}")[0][0]
        return value or None

    def get_creation_count(self, doctype: str, minutes: int) -> int:
        """Return how many documents were created in the last `minutes`."""
        from frappe.utils import now_datetime

        since = now_datetime() - timedelta(minutes=minutes)
        return int(self.sql(f"select count(*) from {table_name(doctype)} where `creation` >= %s", (since,))[0][0])

    def a_row_exists(self, doctype: str) -> bool:
        return bool(self.sql(f"select 1 from {table_name(doctype)} limit 1"))

    # -- lists --------------------------------------------------------------------------------------------------------

    @staticmethod
    def get_all(*args: Any, **kwargs: Any) -> Any:
        from frappe.model.db_query import get_all

        return get_all(*args, **kwargs)

    @staticmethod
    def get_list(*args: Any, **kwargs: Any) -> Any:
        from frappe.model.db_query import get_list

        return get_list(*args, **kwargs)

    @staticmethod
    def get_descendants(doctype: str, name: str) -> list[str]:
        """Return the names of everything below a node of a tree, whoever asks; [] for a node that is not there."""
        from frappe.utils.nestedset import get_descendants_of

        return get_descendants_of(doctype, name, ignore_permissions=True)


# -- building statements ----------------------------------------------------------------------------------------------


def build_select(
    doctype: str, filters: Any, fieldname: Any, order_by: Any, distinct: bool, limit: int | None, lock: str
) -> tuple[str, Sequence[Any]]:
    """Return the select statement and its values."""
    names = _plain_names(fieldname)
    if names is not None and order_by in (DEFAULT_ORDER, None, ""):
        ordered = order_by == DEFAULT_ORDER
        if _is_name(filters):
            return select_text(doctype, names, ("name",), False, distinct, 0, lock), (filters,)
        if isinstance(filters, dict) and _is_plain(filters):
            query = select_text(doctype, names, tuple(filters), ordered, distinct, limit or 0, lock)
            return query, [int(value) if value is True or value is False else value for value in filters.values()]
    return _compiled(doctype, filters, fieldname, order_by, distinct, limit, lock)


@lru_cache(maxsize=4096)
def select_text(
    doctype: str, fields: tuple[str, ...], keys: tuple[str, ...], ordered: bool, distinct: bool, limit: int, lock: str
) -> str:
    """Return the select statement for equality filters on `keys`."""
    columns = ", ".join("*" if field == "*" else column_name(field) for field in fields)
    where = " and ".join(f"{column_name(key)} = %s" for key in keys)
    parts = [f"select {'distinct ' if distinct else ''}{columns} from {table_name(doctype)}"]
    parts += [f" where {where}"] if where else []
    parts += [" order by `creation` desc"] if ordered and not distinct else []
    parts += [f" limit {limit}"] if limit else []
    return "".join(parts) + lock


def _is_name(filters: Any) -> bool:
    """Tell whether filters are the name of one document (and not JSON)."""
    if isinstance(filters, str):
        return filters[:1] not in ("[", "{")
    return isinstance(filters, int) and not isinstance(filters, bool)


def _plain_names(fieldname: Any) -> tuple[str, ...] | None:
    """Return the fields when all of them are plain names (or "*"), else None."""
    names = (fieldname,) if isinstance(fieldname, str) else fieldname
    if not isinstance(names, (list, tuple, set)) or not names:
        return None
    for name in names:
        if not isinstance(name, str) or (name != "*" and (not IDENTIFIER.match(name) or " " in name)):
            return None
    return tuple(names)


def _is_plain(filters: Mapping[Any, Any]) -> bool:
    for key, value in filters.items():
        if not isinstance(value, PLAIN) or not isinstance(key, str) or not IDENTIFIER.match(key) or " " in key:
            return False
    return True


def _compiled(
    doctype: str, filters: Any, fieldname: Any, order_by: Any, distinct: bool, limit: int | None, lock: str
) -> tuple[str, Sequence[Any]]:
    from frappe.model.filters import compile_group, parse
    from frappe.model.query_fields import order_by_sql, select
    from frappe.model.query_scope import Scope

    scope = Scope(doctype, strict=False)
    selection = select(fieldname, scope)
    where = compile_group(parse(filters), scope, nulls_match=False)
    aliases = {field.alias: field.sql for field in selection.fields if field.alias}
    lone_aggregate = any(field.is_aggregate for field in selection.fields)
    order = "" if lone_aggregate or distinct else DEFAULT_SORT
    if order_by != DEFAULT_ORDER:
        order = order_by
    ordering = order_by_sql(order, scope, aliases, "desc")
    columns = ", ".join(field.full_sql for field in selection.fields)
    distinct = distinct or selection.distinct
    parts = [f"select {'distinct ' if distinct else ''}{columns} from {scope.main}{scope.join_sql()}"]
    parts += [f" where {where.sql}"] if where.sql else []
    parts += [f" order by {ordering}"] if ordering else []
    parts += [f" limit {int(limit)}"] if limit else []
    return "".join(parts) + lock, [*(v for field in selection.fields for v in field.values), *where.values]


def build_where(doctype: str, filters: Any) -> tuple[str, Sequence[Any], str]:
    """Return condition ("" for none), values and joins for raw writes and counts."""
    from frappe.model.filters import compile_group, parse
    from frappe.model.query_scope import Scope

    scope = Scope(doctype, strict=False)
    fragment = compile_group(parse(filters), scope, nulls_match=False)
    return fragment.sql, fragment.values, scope.join_sql()


def build_count(doctype: str, filters: Any) -> tuple[str, Sequence[Any]]:
    where, values, joins = build_where(doctype, filters)
    counted = f"distinct {table_name(doctype)}.`name`" if joins else "*"
    condition = f" where {where}" if where else ""
    return f"select count({counted}) from {table_name(doctype)}{joins}{condition}", values


def _lock(for_update: bool, skip_locked: bool, wait: bool, db_type: str) -> str:
    if not for_update:
        return ""
    option = " skip locked" if skip_locked else "" if wait else " nowait"
    return " for update" + option


def _hashable(fieldname: Any) -> Any:
    return fieldname if isinstance(fieldname, str) else tuple(fieldname)
