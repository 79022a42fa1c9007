"""Terms of a query: how values become parameters, and PyPika's terms for apps."""

from __future__ import annotations

from contextvars import ContextVar, Token
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Self

from pypika.queries import QueryBuilder
from pypika.terms import (
    Array,
    Case,
    Criterion,
    Field,
    Function,
    Interval,
    Not,
    NullValue,
    PseudoColumn,
    Star,
    Term,
    Tuple,
    ValueWrapper,
)
from pypika.utils import format_alias_sql

__all__ = [
    "Array",
    "Case",
    "Criterion",
    "Field",
    "Function",
    "Interval",
    "NamedValues",
    "Not",
    "NullValue",
    "ParameterizedFunction",
    "PseudoColumn",
    "Star",
    "SubQuery",
    "Term",
    "Tuple",
    "ValueWrapper",
    "render_value",
    "sql_of_value",
]


class NamedValues:
    """Collects the values of the query that is rendered inside `with`, under the names `param1`, `param2`, …

    The collector is found through a context variable, because PyPika's functions hand no keywords on to their arguments.
    """

    def __init__(self) -> None:
        self.parameters: dict[str, Any] = {}
        self._token: Token[NamedValues | None] | None = None

    def __enter__(self) -> Self:
        self._token = _collector.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._token
        _collector.reset(self._token)

    def add(self, value: Any) -> str:
        """Keep a value and return its placeholder."""
        name = f"param{len(self.parameters) + 1}"
        self.parameters[name] = value
        return f"%({name})s"


_collector: ContextVar[NamedValues | None] = ContextVar("named_values", default=None)


def sql_of_value(value: Any) -> str:
    """Return a placeholder while values are collected, else a literal."""
    value = plain(value)
    collector = _collector.get()
    if value is None:
        return "NULL"
    if collector is not None:
        return collector.add(value)
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)


def plain(value: Any) -> Any:
    """Return a value as it goes to the database: moments as text, booleans as numbers."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    return value


def render_value(wrapper: Any, **kwargs: Any) -> str:
    """Return the SQL of a wrapped value, with its alias where one is wanted."""
    if isinstance(wrapper.value, Term):
        return str(wrapper.value.get_sql(**kwargs))
    sql = sql_of_value(wrapper.value)
    alias = getattr(wrapper, "alias", None)
    return format_alias_sql(sql, alias, quote_char=kwargs.get("quote_char")) if kwargs.get("with_alias") else sql


def _value_sql(self: ValueWrapper, **kwargs: Any) -> str:
    return render_value(self, **kwargs)


# Values that PyPika wraps on its own (the right side of `field == 1`) must become parameters as well.
ValueWrapper.get_sql = _value_sql  # type: ignore[method-assign,assignment]


class ParameterizedFunction(Function):
    """A function whose arguments are parameters; every function here is."""


class SubQuery(Criterion):
    """A query as a term, for `field.isin(SubQuery(query))` and the like."""

    def __init__(self, subq: QueryBuilder, alias: str | None = None) -> None:
        super().__init__(alias)
        self.subq = subq

    def get_sql(self, **kwargs: Any) -> str:
        kwargs["subquery"] = True
        return str(self.subq.get_sql(**kwargs))


subqry = SubQuery
