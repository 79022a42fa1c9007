"""From PyPika terms to SQL with placeholders.

PyPika writes values into the text, and its functions do not hand keyword arguments on to their own arguments. So the
`Collector` of the query being rendered is found through a context variable; importing this module teaches PyPika's
`ValueWrapper` to look there. It also teaches it what `isin([])` means, whose SQL MariaDB does not read.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pypika.terms import ContainsCriterion, Term, Tuple, ValueWrapper
from pypika.utils import format_alias_sql

from frappe.database.values import as_text

_PLACEHOLDER = re.compile(r"%\((param\d+)\)s")


class Collector:
    """Takes the values of a query while it is rendered, each under a name of its own."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """Keep a value and return its placeholder."""
        name = f"param{len(self.values) + 1}"
        self.values[name] = value
        return f"%({name})s"


_collector: ContextVar[Collector | None] = ContextVar("query_values", default=None)


def render_named(term: Any, **options: Any) -> tuple[str, dict[str, Any]]:
    """Return the SQL of a term or query with `%(param1)s` placeholders, and the values."""
    collector = Collector()
    token = _collector.set(collector)
    try:
        sql = term.get_sql(quote_char="`", **options)
    finally:
        _collector.reset(token)
    return sql, collector.values


def render(term: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a term with `%s` placeholders and the values in their order; names are qualified."""
    named, values = render_named(term, with_namespace=True, subquery=True)
    order: list[Any] = []

    def positional(match: re.Match[str]) -> str:
        order.append(values[match[1]])
        return "%s"

    return _PLACEHOLDER.sub(positional, named), tuple(order)


def literal_sql(term: Any) -> str:
    """Return the SQL of a term with its values written in; names are qualified."""
    return str(term.get_sql(quote_char="`", with_namespace=True, subquery=True))


def value_sql(value: Any, backslash_escapes: bool = False) -> str:
    """Return a placeholder while values are collected, else a literal."""
    value = plain(value)
    if value is None:
        return "null"
    collector = _collector.get()
    if collector is not None:
        return collector.add(value)
    if not isinstance(value, str):
        return str(value)
    text = value.replace("\\", "\\\\") if backslash_escapes else value
    return "'" + text.replace("'", "''") + "'"


def plain(value: Any) -> Any:
    """Return a value as it goes to the database: moments as text, booleans as numbers."""
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, (date, time, timedelta)):
        return as_text(value)
    return value


def _wrapped_value_sql(self: ValueWrapper, **kwargs: Any) -> str:
    """Replace `ValueWrapper.get_sql`."""
    if isinstance(self.value, Term):
        return str(self.value.get_sql(**kwargs))
    sql = value_sql(self.value, _escapes_backslashes())
    return str(format_alias_sql(sql, self.alias, quote_char=kwargs.get("quote_char")))


def _escapes_backslashes() -> bool:
    """Tell whether a backslash in a literal must be doubled: on MariaDB, which the active site may be on."""
    from frappe.context import is_active, local

    return is_active() and local.conf.db_type == "mariadb"


_contains_sql = ContainsCriterion.get_sql


def _contains_sql_or_constant(self: ContainsCriterion, subquery: Any = None, **kwargs: Any) -> str:
    """Replace `ContainsCriterion.get_sql`: nothing is in an empty list, and everything is not."""
    if isinstance(self.container, Tuple) and not self.container.values:
        sql = "1=1" if self._is_negated else "1=0"
        return str(format_alias_sql(sql, self.alias, **kwargs))
    return _contains_sql(self, subquery, **kwargs)


# the library offers no other place to say how its terms are written
ContainsCriterion.get_sql = _contains_sql_or_constant  # type: ignore[method-assign]
ValueWrapper.get_sql = _wrapped_value_sql  # type: ignore[method-assign,assignment]
