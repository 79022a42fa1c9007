"""Terms beside PyPika's own: queries used as values, and functions whose name is given as text."""

from __future__ import annotations

from typing import Any

from pypika.queries import QueryBuilder
from pypika.terms import *  # noqa: F403 - everything of PyPika's terms is public here
from pypika.terms import Criterion, Function, ValueWrapper


class SubQuery(Criterion):
    """A query in parentheses, for comparisons with its result."""

    def __init__(self, subq: QueryBuilder, alias: str | None = None):
        super().__init__(alias)
        self.subq = subq

    def get_sql(self, **kwargs: Any) -> str:
        kwargs["subquery"] = True
        sql: str = self.subq.get_sql(**kwargs)
        return sql


class ParameterizedFunction(Function):
    """A function whose arguments are sent as values; every function here does that."""


class ParameterizedValueWrapper(ValueWrapper):
    """A value that is sent apart from the SQL; every value here is."""


subqry = SubQuery
