"""SQL functions for the query builder: PyPika's, and those it lacks."""

from __future__ import annotations

from enum import Enum
from typing import Any

from pypika.functions import *  # noqa: F403 - everything of PyPika's functions is public here
from pypika.functions import Cast, Concat
from pypika.terms import ArithmeticExpression, Criterion
from pypika.terms import Function as Function

from frappe.query_builder.custom import GROUP_CONCAT, MATCH
from frappe.query_builder.custom import Month as Month
from frappe.query_builder.custom import MonthName as MonthName
from frappe.query_builder.custom import Quarter as Quarter
from frappe.query_builder.custom import Year as Year

GroupConcat = GROUP_CONCAT
Match = MATCH


class SqlFunctions(Enum):
    """Names of functions that field lists may use."""

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


def _function(name: str) -> type[Function]:
    class Named(Function):
        def __init__(self, *args: Any, alias: str | None = None, **kwargs: Any):
            super().__init__(name, *args, alias=alias, **kwargs)

    Named.__name__ = Named.__qualname__ = name.title()
    return Named


Concat_ws = _function("CONCAT_WS")
Locate = _function("LOCATE")
Ifnull = _function("IFNULL")
Timestamp: Any = _function("TIMESTAMP")  # type: ignore[no-redef] # PyPika's takes one argument only
Round = _function("ROUND")
Truncate = _function("TRUNCATE")
DateFormat = _function("DATE_FORMAT")
UnixTimestamp = _function("UNIX_TIMESTAMP")
CombineDatetime = Timestamp


def Cast_(value: Any, as_type: str, alias: str | None = None) -> Any:
    """Cast to a type; text is made with `concat`, which every database here understands."""
    if as_type.lower() in ("varchar", "char", "text"):
        return Concat(value, "", alias=alias)
    return Cast(value, as_type, alias=alias)


def _aggregate(name: str) -> Any:
    def run(dt: str, fieldname: str, filters: Any = None, **kwargs: Any) -> Any:
        from frappe.context import local

        return getattr(local.qb, name)(dt, fieldname, filters, **kwargs)

    run.__name__ = f"_{name}"
    return run


_max, _min, _avg, _sum = (_aggregate(name) for name in ("max", "min", "avg", "sum"))

ExpressionType = ArithmeticExpression | Criterion | Function
