"""Every name of `frappe.query_builder` builds what it says."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe import query_builder as qb
from frappe.query_builder.custom import Month, MonthName, Quarter, Year

pytestmark = pytest.mark.usefixtures("site")


def test_the_classes_of_pypika_are_here_under_their_names() -> None:
    user = qb.DocType("User")
    query = (
        frappe.qb.from_(user)
        .select(qb.Case().when(user.enabled == 1, "on").else_("off").as_("state"), qb.ValueWrapper(7).as_("seven"))
        .where(qb.Criterion.all([user.name == "Guest", qb.EmptyCriterion()]))
        .orderby(qb.Field("name"), order=qb.Order.desc)
    )
    assert query.run() == (("on", 7),)
    assert issubclass(frappe.local.qb, qb.Query)
    assert str(qb.Bracket(user.name)).startswith("(")
    assert str(qb.Tuple(1, 2)) == "(1,2)"
    assert str(qb.Array(1, 2)) == "[1,2]"
    assert str(qb.NullValue()).upper() == str(qb.NULL).upper() == "NULL"
    assert str(qb.Not(user.name == "Guest")).startswith("NOT ")
    assert str(qb.JSON({"a": 1})) == "'{\"a\":1}'"
    assert str(qb.Rollup(user.name)).startswith("ROLLUP(")
    assert [column.name for column in qb.Columns("a", "b")] == ["a", "b"]
    assert qb.DatePart.year.value == "YEAR"
    assert str(qb.Parameter("%s")) == "%s"
    assert [str(table) for table in qb.Tables("a", "b")] == ['"a"', '"b"']
    assert str(qb.Schema("s").t) == '"s"."t"'
    assert str(qb.Index("i")) == '"i"'
    assert str(qb.Table("t")) == '"t"'
    assert "INTERVAL" in str(qb.Interval(days=1))
    assert qb.JoinType.left.value == "LEFT"
    assert str(qb.CustomFunction("UPPER", ["x"])(user.name)).startswith("UPPER(")
    assert qb.AliasedQuery("q").get_sql() == "q"


def test_parts_of_dates_are_functions() -> None:
    user = qb.DocType("User")
    parts: Any = [Year("2024-05-06"), Quarter("2024-05-06"), Month("2024-05-06"), MonthName("2024-05-06")]
    row = frappe.qb.from_(user).select(*parts).where(user.name == "Guest").run()[0]
    assert row == (2024, 2, 5, "May")
