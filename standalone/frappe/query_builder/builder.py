"""The builder behind `frappe.qb`: one PyPika class per database, and queries that run themselves."""

from __future__ import annotations

from typing import Any

from pypika import Order, Schema
from pypika import Table as PypikaTable
from pypika import functions as pypika_functions
from pypika.dialects import MySQLQuery, MySQLQueryBuilder
from pypika.queries import Query, QueryBuilder, _SetOperation
from pypika.terms import Field, Function, ValueWrapper

from frappe.query_builder import terms
from frappe.query_builder.terms import NamedValues, render_value

MAIN_PREFIX = "tab"


class Table(PypikaTable):
    """A table whose every attribute is a column."""

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("query_cls", SiteQuery)
        super().__init__(name, *args, **kwargs)


def DocType(name: str, *args: Any, **kwargs: Any) -> Table:  # noqa: N802 - Frappe's name
    """Return the table of a DocType; names that begin with `__` are tables as they are."""
    return Table(name if name.startswith("__") else f"{MAIN_PREFIX}{name}", *args, **kwargs)


def _table(table: Any) -> Any:
    return DocType(table) if isinstance(table, str) else table


class SiteValue(ValueWrapper):
    """A value in a query: a parameter when the query runs, a literal in its text."""

    def get_sql(self, **kwargs: Any) -> str:
        return render_value(self, **kwargs)


class SiteQueryBuilder(MySQLQueryBuilder):
    """A query that runs itself on the site's database."""

    QUERY_CLS: type[Query]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(wrapper_cls=SiteValue, **kwargs)

    def walk(self) -> tuple[str, dict[str, Any]]:
        """Return `(sql, parameters)` with named placeholders."""
        return walk(self)

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """Run the query and return rows as `frappe.db.sql` does (`as_dict`, `as_list`, `pluck`, …)."""
        return run(self, *args, **kwargs)

    def _set_sql(self, **kwargs: Any) -> str:
        # A column on the left of an assignment carries no table name; SQLite accepts none.
        if not self._joins:
            kwargs["with_namespace"] = False
        return super()._set_sql(**kwargs)


def walk(query: Any) -> tuple[str, dict[str, Any]]:
    """Return `(sql, parameters)` of a query or set operation."""
    with NamedValues() as values:
        sql = query.get_sql()
    return sql, values.parameters


def run(query: Any, *args: Any, **kwargs: Any) -> Any:
    """Run a query or set operation on the site's database."""
    import frappe

    sql, parameters = walk(query)
    return frappe.db.sql(sql, parameters, *args, **kwargs)


def _run_set_operation(self: Any, *args: Any, **kwargs: Any) -> Any:
    return run(self, *args, **kwargs)


# PyPika makes unions itself, so the method is added to its class.
_SetOperation.run = _run_set_operation
_SetOperation.walk = walk


class SiteQuery(MySQLQuery):
    """What `frappe.qb` is: the entry points, with DocType names where PyPika wants tables."""

    DocType = staticmethod(DocType)
    Table = staticmethod(Table)
    Field = Field
    Schema = Schema
    terms = terms
    desc = Order.desc
    asc = Order.asc

    @classmethod
    def _builder(cls, **kwargs: Any) -> QueryBuilder:
        return SiteQueryBuilder(**kwargs)

    @classmethod
    def from_(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).from_(_table(table), *args)

    @classmethod
    def into(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).into(_table(table), *args)

    @classmethod
    def update(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).update(_table(table), *args)

    @classmethod
    def select(cls, *terms: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).select(*terms)

    @staticmethod
    def functions(name: str, *args: Any, **kwargs: Any) -> Function:
        """Return a call of any function of the database."""
        return Function(name, *args, **kwargs)

    @staticmethod
    def get_query(*args: Any, **kwargs: Any) -> Any:
        """Return a query over a DocType with Frappe's fields and filters; see `frappe.database.query`."""
        from frappe.database.query import get_query

        return get_query(*args, **kwargs)

    @classmethod
    def _aggregate(cls, function: type[Function], dt: str, fieldname: str, filters: Any, **kwargs: Any) -> Any:
        query = cls.get_query(dt, filters=filters, order_by=None)
        rows = query.select(function(DocType(dt)[fieldname])).run(**kwargs)
        return rows[0][0] if rows else None

    @classmethod
    def max(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        """Return the largest value of a column, None without rows."""
        return cls._aggregate(pypika_functions.Max, dt, fieldname, filters, **kwargs)

    @classmethod
    def min(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        """Return the smallest value of a column, None without rows."""
        return cls._aggregate(pypika_functions.Min, dt, fieldname, filters, **kwargs)

    @classmethod
    def avg(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        """Return the mean of a column, None without rows."""
        return cls._aggregate(pypika_functions.Avg, dt, fieldname, filters, **kwargs)

    @classmethod
    def sum(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        """Return the sum of a column, None without rows."""
        return cls._aggregate(pypika_functions.Sum, dt, fieldname, filters, **kwargs)


SiteQueryBuilder.QUERY_CLS = SiteQuery


class MariaDBQuery(SiteQuery):
    """`frappe.qb` on MariaDB."""


class SQLiteQuery(SiteQuery):
    """`frappe.qb` on SQLite. It speaks MariaDB's dialect; the database translates."""


_BUILDERS: dict[str, type[SiteQuery]] = {"mariadb": MariaDBQuery, "sqlite": SQLiteQuery}


def get_query_builder(db_type: str) -> type[SiteQuery]:
    """Return the query builder of a database. Raises ValueError for one we do not know."""
    try:
        return _BUILDERS[db_type]
    except KeyError:
        known = ", ".join(sorted(_BUILDERS))
        raise ValueError(f"There is no query builder for {db_type!r}; databases are {known}.") from None


