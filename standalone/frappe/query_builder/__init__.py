"""`frappe.qb` and the names apps import to build queries; most of them are PyPika's."""

from __future__ import annotations

from pypika import (
    JSON,
    NULL,
    AliasedQuery,
    Array,
    Bracket,
    Case,
    Columns,
    Criterion,
    CustomFunction,
    DatePart,
    EmptyCriterion,
    Field,
    Index,
    Interval,
    JoinType,
    Not,
    NullValue,
    Order,
    Parameter,
    Query,
    Rollup,
    Schema,
    Table,
    Tables,
    Tuple,
)
from pypika.terms import ValueWrapper

from frappe.exceptions import ImproperDBConfigurationError
from frappe.query_builder.builder import DIALECTS, Base, doctype_table


def get_query_builder(type_of_db: str) -> type[Base]:
    """Return the class `frappe.qb` stands for. Raises ImproperDBConfigurationError for an unknown database."""
    try:
        return DIALECTS[type_of_db]
    except KeyError:
        raise ImproperDBConfigurationError(
            f"db_type {type_of_db!r} is not supported; use one of {', '.join(DIALECTS)}."
        ) from None


DocType = doctype_table

__all__ = [
    "JSON",
    "NULL",
    "AliasedQuery",
    "Array",
    "Bracket",
    "Case",
    "Columns",
    "Criterion",
    "CustomFunction",
    "DatePart",
    "DocType",
    "EmptyCriterion",
    "Field",
    "Index",
    "Interval",
    "JoinType",
    "Not",
    "NullValue",
    "Order",
    "Parameter",
    "Query",
    "Rollup",
    "Schema",
    "Table",
    "Tables",
    "Tuple",
    "ValueWrapper",
    "get_query_builder",
]
