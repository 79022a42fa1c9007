"""Terms that PyPika lacks or spells differently."""

from __future__ import annotations

from typing import Any

from pypika.functions import DistinctOptionFunction
from pypika.terms import Field, Function, Term
from pypika.utils import builder, format_alias_sql

from frappe.query_builder.rendering import value_sql


class GROUP_CONCAT(DistinctOptionFunction):
    """`GROUP_CONCAT(column)`, with `.order_by(…)` and `.separator(…)`."""

    def __init__(self, column: Any, alias: str | None = None):
        super().__init__("GROUP_CONCAT", column, alias=alias)  # type: ignore[no-untyped-call]
        self._order: list[tuple[Any, Any]] = []
        self._separator: str | None = None

    @builder
    def order_by(self, field: Any, order: Any = None) -> None:
        self._order = [*self._order, (field, order)]

    @builder
    def separator(self, text: str) -> None:
        self._separator = text

    def get_special_params_sql(self, **kwargs: Any) -> str:
        parts = []
        if self._order:
            fields = (self._ordered(field, order, **kwargs) for field, order in self._order)
            parts.append("ORDER BY " + ", ".join(fields))
        if self._separator is not None:
            parts.append("SEPARATOR '" + self._separator.replace("'", "''") + "'")
        return " ".join(parts)

    def _ordered(self, field: Any, order: Any, **kwargs: Any) -> str:
        kwargs.pop("with_alias", None)
        sql: str = (field if isinstance(field, Term) else Field(field)).get_sql(**kwargs)
        return f"{sql} {order.value}" if order else sql


class MATCH(DistinctOptionFunction):
    """`MATCH(columns) AGAINST(text)`, MariaDB's full-text search."""

    def __init__(self, *columns: Any, **kwargs: Any):
        super().__init__("MATCH", *columns, **kwargs)  # type: ignore[no-untyped-call]
        self._against: Any = None

    def get_function_sql(self, **kwargs: Any) -> str:
        sql: str = super(DistinctOptionFunction, self).get_function_sql(**kwargs)
        if self._against is None:
            raise ValueError("MATCH needs .Against(text).")
        wanted = value_sql(f"+{self._against}*")
        return f"{sql} AGAINST ({wanted} IN BOOLEAN MODE)"

    @builder
    def Against(self, text: str) -> None:
        self._against = text


class ConstantColumn(Term):
    """A column that has the same value in every row."""

    alias = None

    def __init__(self, value: Any):
        super().__init__()
        self.value = value

    def get_sql(self, quote_char: str | None = None, **kwargs: Any) -> str:
        sql = value_sql(self.value)
        return str(format_alias_sql(sql, self.alias or str(self.value), quote_char=quote_char, **kwargs))


def _one_argument(name: str) -> type[Function]:
    class DatePart(Function):
        def __init__(self, term: Any, alias: str | None = None):
            super().__init__(name, term, alias=alias)

    DatePart.__name__ = DatePart.__qualname__ = name.title()
    return DatePart


Month = _one_argument("MONTH")
MonthName = _one_argument("MONTHNAME")
Quarter = _one_argument("QUARTER")
Year = _one_argument("YEAR")

__all__ = ["GROUP_CONCAT", "MATCH", "ConstantColumn", "Month", "MonthName", "Quarter", "Year"]
