"""Terms that PyPika lacks: constants as columns, grouped concatenation, full-text matching, parts of dates."""

from __future__ import annotations

from typing import Any

from pypika.functions import DistinctOptionFunction
from pypika.terms import CustomFunction, Function, Term
from pypika.utils import format_alias_sql

from frappe.query_builder.terms import sql_of_value

Month = CustomFunction("MONTH", ["moment"])
MonthName = CustomFunction("MONTHNAME", ["moment"])
Quarter = CustomFunction("QUARTER", ["moment"])
Year = CustomFunction("YEAR", ["moment"])


class GROUP_CONCAT(DistinctOptionFunction):  # noqa: N801 - Frappe's name
    """The values of a group joined by commas."""

    def __init__(self, column: Any, alias: str | None = None) -> None:
        super().__init__("GROUP_CONCAT", column, alias=alias)


class MATCH(Function):
    """Full-text search on MariaDB: `MATCH(column).Against("words")`."""

    def __init__(self, column: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__("MATCH", column, *args, alias=kwargs.get("alias"))
        self._against: str | None = None

    def get_function_sql(self, **kwargs: Any) -> str:
        base = str(super().get_function_sql(**kwargs))
        if self._against is None:
            raise ValueError("Say what to look for: MATCH(column).Against(text).")
        return f"{base} AGAINST ({sql_of_value(self._against)} IN BOOLEAN MODE)"

    def Against(self, text: str) -> MATCH:  # noqa: N802 - Frappe's name
        """Look for `text` in boolean mode."""
        self._against = text
        return self


class ConstantColumn(Term):
    """A constant as a column of a select."""

    alias = None

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value

    def get_sql(self, quote_char: str | None = None, **kwargs: Any) -> str:
        sql = sql_of_value(self.value)
        return str(format_alias_sql(sql, self.alias or str(self.value), quote_char=quote_char, **kwargs))
