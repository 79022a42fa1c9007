"""`frappe.qb`: PyPika with Frappe's habits.

`from_`, `into` and `update` take DocType names, queries run themselves on the site's database, and values travel as
parameters. Apps import what they need of PyPika from here.
"""

from __future__ import annotations

from pypika import Case, Criterion, Field, Interval, JoinType, Order, Query, Schema
from pypika.terms import ValueWrapper

from frappe.query_builder.builder import DocType, Table, get_query_builder

__all__ = [
    "Case",
    "Column",
    "Criterion",
    "DocType",
    "Field",
    "Interval",
    "JoinType",
    "Order",
    "Query",
    "Schema",
    "Table",
    "ValueWrapper",
    "get_query_builder",
]

from pypika import Column
