"""The classes behind `frappe.qb`: PyPika's MySQL dialect whose queries can run themselves.

Both databases share the dialect; what SQLite spells differently is translated when the statement is sent.
"""

from __future__ import annotations

from typing import Any

from pypika import terms as pypika_terms
from pypika.dialects import MySQLQuery, MySQLQueryBuilder
from pypika.enums import Order, SetOperation
from pypika.queries import AliasedQuery, Schema, Table, _SetOperation
from pypika.terms import Field, Function
from pypika.utils import builder

from frappe.query_builder.rendering import render_named


def doctype_table(name: str, *args: Any, **kwargs: Any) -> Any:
    """Return the table of a DocType; a name with two leading underscores is a table itself."""
    return Table(name if name.startswith("__") else f"tab{name}", *args, **kwargs)


def as_table(table: Any) -> Any:
    """Return a table for a DocType's name; anything else unchanged."""
    if isinstance(table, str) and not table.startswith("tab"):
        return doctype_table(table)
    return table


class Runnable:
    """What every query here can do beside building itself."""

    def walk(self) -> tuple[str, dict[str, Any]]:
        """Return the SQL with `%(param1)s` placeholders, and the values."""
        return render_named(self)

    def run(self, **kwargs: Any) -> Any:
        """Send the query; the keyword arguments and the answer are those of `frappe.db.sql`."""
        import frappe

        # Not by getattr: PyPika answers for every unknown name with a field.
        children = vars(self).get("_child_queries")
        if children:
            from frappe.model.child_rows import run_with_children

            return run_with_children(self, children, **kwargs)
        query, values = self.walk()
        return frappe.db.sql(query, values, **kwargs)


class SetQuery(Runnable, _SetOperation):  # type: ignore[misc] # PyPika's own bases disagree
    """A union, intersection or difference of queries."""


class Builder(Runnable, MySQLQueryBuilder):  # type: ignore[misc] # PyPika's own bases disagree
    """A query under construction."""

    def join(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        return super().join(as_table(item), *args, **kwargs)

    def from_(self, selectable: Any) -> Any:
        return super().from_(as_table(selectable))

    def into(self, table: Any) -> Any:
        return super().into(as_table(table))

    def update(self, table: Any) -> Any:
        return super().update(as_table(table))

    @builder
    def union(self, other: Any) -> Any:
        return self._combined(SetOperation.union, other)

    @builder
    def union_all(self, other: Any) -> Any:
        return self._combined(SetOperation.union_all, other)

    @builder
    def intersect(self, other: Any) -> Any:
        return self._combined(SetOperation.intersect, other)

    @builder
    def except_of(self, other: Any) -> Any:
        return self._combined(SetOperation.except_of, other)

    def _combined(self, operation: SetOperation, other: Any) -> SetQuery:
        return SetQuery(self, other, operation, wrapper_cls=self._wrapper_cls)


class Base(MySQLQuery):
    """`frappe.qb`: where queries begin."""

    terms = pypika_terms
    desc = Order.desc
    asc = Order.asc
    Schema = Schema
    Table: Any = Table  # no table of a certain dialect is needed
    Field = Field
    AliasedQuery = AliasedQuery
    builder_class: type[Builder] = Builder

    @classmethod
    def _builder(cls, **kwargs: Any) -> Builder:
        return cls.builder_class(**kwargs)

    @staticmethod
    def functions(name: str, *args: Any, **kwargs: Any) -> Function:
        """Return a call of any SQL function."""
        return Function(name, *args, **kwargs)

    @staticmethod
    def DocType(table_name: str, *args: Any, **kwargs: Any) -> Any:
        return doctype_table(table_name, *args, **kwargs)

    @classmethod
    def from_(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).from_(table)

    @classmethod
    def into(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).into(table)

    @classmethod
    def update(cls, table: Any, *args: Any, **kwargs: Any) -> Any:
        return cls._builder(**kwargs).update(table)

    @staticmethod
    def get_query(table: Any, **kwargs: Any) -> Any:
        """Return a query made of field lists and filters; see `frappe.model.qb_query.get_query`."""
        from frappe.model.qb_query import get_query

        return get_query(table, **kwargs)

    @classmethod
    def max(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        return cls._aggregate("MAX", dt, fieldname, filters, **kwargs)

    @classmethod
    def min(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        return cls._aggregate("MIN", dt, fieldname, filters, **kwargs)

    @classmethod
    def avg(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        return cls._aggregate("AVG", dt, fieldname, filters, **kwargs)

    @classmethod
    def sum(cls, dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        return cls._aggregate("SUM", dt, fieldname, filters, **kwargs)

    @classmethod
    def _aggregate(cls, function: str, dt: str, fieldname: str, filters: Any, **kwargs: Any) -> Any:
        query = cls.get_query(dt, filters=filters, fields=[{function: fieldname, "as": "value"}], order_by=None)
        rows = query.run(**kwargs)
        return rows[0][0] if rows and rows[0] else None


class SQLite(Base):
    db_type = "sqlite"


class MariaDB(Base):
    db_type = "mariadb"


DIALECTS: dict[str, type[Base]] = {"sqlite": SQLite, "mariadb": MariaDB}
