"""Functions of the database: PyPika's, and those of MariaDB that apps use. On SQLite the database provides them."""

from __future__ import annotations

from typing import Any

from pypika import functions as _pypika
from pypika.functions import *  # noqa: F403 - everything PyPika has is part of this module
from pypika.functions import (
    Abs,
    Avg,
    Cast,
    Coalesce,
    Concat,
    Count,
    CurDate,
    CurTime,
    Date,
    DateAdd,
    DateDiff,
    Extract,
    Floor,
    IfNull,
    Length,
    Lower,
    Max,
    Min,
    Now,
    NullIf,
    Substring,
    Sum,
    TimeDiff,
    Trim,
    Upper,
)
from pypika.terms import CustomFunction, Function

from frappe.query_builder.custom import GROUP_CONCAT, MATCH, Month, MonthName, Quarter, Year

__all__ = [
    "Abs", "Avg", "Cast", "Cast_", "Coalesce", "CombineDatetime", "Concat", "Concat_ws", "Count", "CurDate", "CurTime",
    "Date", "DateAdd", "DateDiff", "DateFormat", "Extract", "Floor", "Function", "GroupConcat", "IfNull", "Ifnull",
    "Length", "Locate", "Lower", "Match", "Max", "Min", "Month", "MonthName", "Now", "NullIf", "Quarter", "Replace",
    "Round", "SqlFunctions", "Substring", "Sum", "TimeDiff", "Timestamp", "Trim", "Truncate", "UnixTimestamp", "Upper",
    "Year",
]  # fmt: skip

GroupConcat = GROUP_CONCAT
Match = MATCH
Ifnull = IfNull
Replace = getattr(_pypika, "Replace", CustomFunction("REPLACE", ["text", "search", "replacement"]))
Locate = CustomFunction("LOCATE", ["needle", "text"])
Round = CustomFunction("ROUND", ["number", "decimals"])
Truncate = CustomFunction("TRUNCATE", ["number", "decimals"])
DateFormat = CustomFunction("DATE_FORMAT", ["moment", "format"])
UnixTimestamp = CustomFunction("UNIX_TIMESTAMP", ["moment"])


class Concat_ws(Function):
    """Texts joined by a separator; the first argument is the separator."""

    def __init__(self, *terms: Any, **kwargs: Any) -> None:
        super().__init__("CONCAT_WS", *terms, **kwargs)


class Timestamp(Function):
    """A moment out of a date, and a time if given."""

    def __init__(self, term: Any, time: Any = None, alias: str | None = None) -> None:
        arguments = (term,) if time is None else (term, time)
        super().__init__("TIMESTAMP", *arguments, alias=alias)


def CombineDatetime(datepart: Any, timepart: Any, alias: str | None = None) -> Function:  # noqa: N802 - Frappe's name
    """Return the moment of a date and a time."""
    return Timestamp(datepart, timepart, alias=alias)


class Cast_(Function):
    """A value as another type; texts are made by CONCAT, which keeps the collation."""

    def __init__(self, value: Any, as_type: str, alias: str | None = None) -> None:
        self.as_type = as_type.lower()
        is_text = self.as_type in ("varchar", "char", "text")
        super().__init__("CONCAT" if is_text else "CAST", *((value, "") if is_text else (value,)), alias=alias)

    def get_special_params_sql(self, **kwargs: Any) -> str | None:
        return f"AS {self.as_type.upper()}" if self.name == "CAST" else None


class SqlFunctions:
    """The names of functions as text."""

    DayOfYear = "dayofyear"
    Extract = "extract"
    Locate = "locate"
    Count = "count"
    Sum = "sum"
    Avg = "avg"
    Max = "max"
    Min = "min"
    Abs = "abs"
    Timestamp = "timestamp"
    IfNull = "ifnull"

