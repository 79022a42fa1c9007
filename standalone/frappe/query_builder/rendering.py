"""From PyPika terms to SQL with placeholders.

PyPika writes values into the text. Importing this module teaches its `ValueWrapper` to hand them to a `Collector`
instead when one is passed along, and to write dates the way the database stores them when none is.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

from pypika.terms import Parameter, Term, ValueWrapper
from pypika.utils import format_alias_sql

from frappe.database.values import as_text

_PLACEHOLDER = re.compile(r"%\((param\d+)\)s")


class Collector(Parameter):
    """Takes the values of a query while it is rendered, each under a name of its own."""

    def __init__(self) -> None:
        super().__init__("")
        self.values: dict[str, Any] = {}

    def add(self, value: Any) -> str:
        """Keep a value and return its placeholder."""
        name = f"param{len(self.values) + 1}"
        self.values[name] = value
        return f"%({name})s"


def render_named(term: Any, **options: Any) -> tuple[str, dict[str, Any]]:
    """Return the SQL of a term or query with `%(param1)s` placeholders, and the values."""
    collector = Collector()
    options.setdefault("quote_char", "`")
    sql = term.get_sql(parameter=collector, **options)
    return sql, collector.values


def render(term: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a term with `%s` placeholders and the values in their order; names are qualified."""
    named, values = render_named(term, with_namespace=True, secondary_quote_char="'", subquery=True)
    order: list[Any] = []

    def positional(match: re.Match[str]) -> str:
        order.append(values[match[1]])
        return "%s"

    return _PLACEHOLDER.sub(positional, named), tuple(order)


_formatted_by_pypika = ValueWrapper.get_formatted_value.__func__  # type: ignore[attr-defined]


def _value_sql(
    self: ValueWrapper,
    quote_char: str | None = None,
    secondary_quote_char: str = "'",
    parameter: Parameter | None = None,
    **kwargs: Any,
) -> str:
    """Replace `ValueWrapper.get_sql`: a value goes to the collector, or into the text when there is none."""
    if isinstance(parameter, Collector):
        value = self.value.value if isinstance(self.value, Enum) else self.value
        if isinstance(value, Term):
            sql = value.get_sql(quote_char=quote_char, parameter=parameter, **kwargs)
        else:
            sql = parameter.add(value)
    else:
        sql = self.get_value_sql(quote_char=quote_char, secondary_quote_char=secondary_quote_char, **kwargs)
    return format_alias_sql(sql, self.alias, quote_char=quote_char, **kwargs)


def _formatted(cls: type[ValueWrapper], value: Any, **kwargs: Any) -> Any:
    """Replace `ValueWrapper.get_formatted_value`: dates as the database stores them, booleans as numbers."""
    if isinstance(value, (datetime, date, time, timedelta)):
        value = as_text(value)
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str) and kwargs.get("backslash_escapes"):
        value = value.replace("\\", "\\\\")
    return _formatted_by_pypika(cls, value, **kwargs)


ValueWrapper.get_sql = _value_sql  # type: ignore[method-assign]
ValueWrapper.get_formatted_value = classmethod(_formatted)  # type: ignore[method-assign,assignment]
