"""Section 7.2: filters in all their forms, compiled to SQL that agrees with a plain reading of the rules."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frappe.database import sqlite_functions
from frappe.database.sqlite_dialect import compile_statement
from frappe.database.statements import bind
from frappe.database.values import to_column
from frappe.exceptions import DataError
from frappe.model import query_scope
from frappe.model.filters import MAX_CONDITIONS, Condition, Group, compile_group, parse
from frappe.model.query_scope import Scope, parse_reference

FIELDS = {"title": "Data", "n": "Int", "score": "Float", "moment": "Datetime", "day": "Date", "flag": "Check"}


class FakeMeta(SimpleNamespace):
    def get_field(self, name: str) -> Any:
        return self.columns.get(name)

    def has_field(self, name: str) -> bool:
        return name in self.columns

    def get_table_fields(self) -> list[Any]:
        return [df for df in self.columns.values() if df.fieldtype == "Table"]

    def is_nested_set(self) -> bool:
        return self.has_field("lft")


def fake_meta(istable: int = 0, **fields: str) -> FakeMeta:
    columns = {}
    for name, kind in fields.items():
        fieldtype, _, options = kind.partition(":")
        columns[name] = SimpleNamespace(fieldname=name, fieldtype=fieldtype, options=options or None, is_virtual=0)
    return FakeMeta(istable=istable, track_seen=0, columns=columns)


METAS = {
    "Thing": fake_meta(
        0, **FIELDS, customer="Link:Customer", items="Table:Item", notes="Table:Item", parts="Table:Part"
    ),
    "Customer": fake_meta(email="Data"),
    "Item": fake_meta(1, qty="Int"),
    "Part": fake_meta(1, sku="Data"),
    "Place": fake_meta(lft="Int", rgt="Int"),
}


@pytest.fixture(autouse=True)
def metas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_scope, "meta_of", METAS.__getitem__)


@pytest.fixture
def things() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    sqlite_functions.register(connection)
    connection.execute(
        "create table `tabThing` (name integer, title text collate nocase, n integer, score real, moment datetime,"
        " day date, flag integer)"
    )
    yield connection
    connection.close()


def matches(things: sqlite3.Connection, rows: list[dict[str, Any]], filters: Any, nulls_match: bool) -> list[int]:
    things.execute("delete from `tabThing`")
    for index, row in enumerate(rows):
        values = [index, *(to_column(row.get(name)) for name in FIELDS)]
        things.execute("insert into `tabThing` values (?, ?, ?, ?, ?, ?, ?)", values)
    fragment = compile_group(parse(filters), Scope("Thing"), nulls_match=nulls_match)
    query = f"select `name` from `tabThing` where {fragment.sql or 'true'} order by `name`"
    text, flat = bind(compile_statement(query, True), fragment.values, to_column)
    return [row[0] for row in things.execute(text, flat)]


# -- a plain reading of the rules -------------------------------------------------------------------------------------

FALLBACKS = {"title": "", "n": 0, "score": 0, "flag": 0, "moment": datetime(1, 1, 1), "day": date(1, 1, 1)}


def plain(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def like(value: str, pattern: str) -> bool:
    regex = "".join(".*" if char == "%" else "." if char == "_" else re.escape(char) for char in pattern.lower())
    return re.fullmatch(regex, value.lower(), re.DOTALL) is not None


def passes(field: str, operator: str, wanted: Any, value: Any, nulls_match: bool) -> bool:
    textual = field == "title"
    if operator == "is":
        is_set = value is not None and not (textual and value == "")
        return is_set == bool(wanted == "set")
    if operator == "between":
        return value is not None and bool(wanted[0] <= value <= wanted[1])
    if wanted is None:
        empty = value is None or (nulls_match and (value == "" or (field in ("n", "score", "flag") and value == 0)))
        return empty == (operator == "=")
    if operator in ("in", "not in"):
        return is_member(field, operator, wanted, value, nulls_match)
    if value is None:
        if not nulls_match or operator == "like":
            return False
        value = FALLBACKS[field]
    if operator in ("like", "not like"):
        return like(value, wanted) == (operator == "like")
    a, b = plain(value), plain(wanted)
    return bool({"=": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator])


def is_member(field: str, operator: str, wanted: list[Any], value: Any, nulls_match: bool) -> bool:
    negated = operator == "not in"
    given_values = [plain(item) for item in wanted if item is not None]
    if not wanted:
        return negated
    if value is None:
        found = None in wanted or (nulls_match and FALLBACKS[field] in given_values)
        return found != negated if nulls_match else (found and not negated)
    return (plain(value) in given_values) != negated


TEXTS = st.sampled_from(["", "a", "A", "ab", "b", "a%b", "a_b", "ba"])
PATTERNS = st.sampled_from(["a%", "%a%", "%", "_", "a", "%b", "", "a_b"])
NUMBERS = st.integers(-2, 2)
MOMENTS = st.sampled_from([datetime(2024, 1, 1), datetime(2024, 1, 1, 12, 30, 0, 5), datetime(2025, 6, 7, 8, 9)])
DAYS = st.sampled_from([date(2024, 1, 1), date(2024, 2, 29), date(2025, 6, 7)])
VALUES = {
    "title": TEXTS,
    "n": NUMBERS,
    "score": NUMBERS.map(float),
    "moment": MOMENTS,
    "day": DAYS,
    "flag": st.integers(0, 1),
}
ROWS = st.lists(st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()}), max_size=6)
COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


@st.composite
def conditions(draw: Any) -> tuple[str, str, Any]:
    field = draw(st.sampled_from(list(VALUES)))
    values = VALUES[field]
    kind = draw(st.sampled_from(["compare", "in", "is", "none", "between", "like"]))
    if kind == "compare":
        return field, draw(COMPARISONS), draw(values)
    if kind == "in":
        return field, draw(st.sampled_from(["in", "not in"])), draw(st.lists(st.none() | values, max_size=3))
    if kind == "is":
        return field, "is", draw(st.sampled_from(["set", "not set"]))
    if kind == "between" and field != "title":
        low, high = sorted([draw(values), draw(values)])
        return field, "between", [low, high]
    if kind == "like":
        return "title", draw(st.sampled_from(["like", "not like"])), draw(PATTERNS)
    return field, draw(st.sampled_from(["=", "!="])), None


QUICKLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICKLY
@given(ROWS, st.lists(conditions(), max_size=3), st.booleans())
def test_conditions_agree_with_a_plain_reading(things: Any, rows: Any, filters: Any, nulls_match: bool) -> None:
    expected = [i for i, row in enumerate(rows) if all(passes(f, o, v, row[f], nulls_match) for f, o, v in filters)]
    assert matches(things, rows, [list(c) for c in filters], nulls_match) == expected


@QUICKLY
@given(ROWS, conditions(), conditions(), conditions(), st.booleans())
def test_and_and_or_apply_from_left_to_right(things: Any, rows: Any, a: Any, b: Any, c: Any, nulls_match: bool) -> None:
    def holds(row: Any, condition: Any) -> bool:
        field, operator, value = condition
        return passes(field, operator, value, row[field], nulls_match)

    filters = [list(a), "or", list(b), "and", list(c)]
    expected = [i for i, row in enumerate(rows) if (holds(row, a) or holds(row, b)) and holds(row, c)]
    assert matches(things, rows, filters, nulls_match) == expected


# -- forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (None, []),
        ({}, []),
        ([], []),
        ("", []),
        ("T-1", [Condition("name", "=", "T-1")]),
        (7, [Condition("name", "=", 7)]),
        (["a", "b"], [Condition("name", "in", ["a", "b"])]),
        ({"a": 1, "b": None}, [Condition("a", "=", 1), Condition("b", "=", None)]),
        ({"a": ["IN", [1, 2]], "b": ("!=", 3)}, [Condition("a", "in", [1, 2]), Condition("b", "!=", 3)]),
        ({"a": {1}}, [Condition("a", "in", [1])]),
        ({"a": ["x", "y", "z"]}, [Condition("a", "in", ["x", "y", "z"])]),
        ([["a", "=", 1]], [Condition("a", "=", 1)]),
        (["a", "=", "x"], [Condition("a", "=", "x")]),
        ([["a", 1]], [Condition("a", "=", 1)]),
        ([["a", ["like", "x%"]]], [Condition("a", "like", "x%")]),
        ([["DT", "a", "not  in", [1]]], [Condition("a", "not in", [1], "DT")]),
        ([["DT", "a", "=", 1, False]], [Condition("a", "=", 1, "DT")]),
        ([{"a": 1}, ["b", "<>", 2]], [Condition("a", "=", 1), Condition("b", "!=", 2)]),
        ('{"a": ["is", "set"]}', [Condition("a", "is", "set")]),
        ('[["a", "=", 1]]', [Condition("a", "=", 1)]),
        ("[not json", [Condition("name", "=", "[not json")]),
    ],
)
def test_every_form_of_filters_is_understood(filters: Any, expected: list[Condition]) -> None:
    assert parse(filters).parts == expected


def test_groups_nest() -> None:
    group = parse([["a", "=", 1], "or", [["b", "=", 2], "and", ["c", "=", 3]]])
    inner = Group("and", [Condition("b", "=", 2), Condition("c", "=", 3)])
    assert group == Group("or", [Condition("a", "=", 1), inner])


def nested(depth: int) -> list[Any]:
    result: list[Any] = ["a", "=", 1]
    for _ in range(depth):
        result = [result]
    return result


@pytest.mark.parametrize(
    "filters",
    [
        {"a": ["~", 1]},
        [["a", "union select", 1]],
        [["a"]],
        [["a", "=", 1, 2, 3, 4]],
        [["a", "=", 1], "xor", ["b", "=", 1]],
        [["a", "=", 1], "or"],
        ["or", ["a", "=", 1]],
        [["a", "=", 1], ["b", "=", 1], "or", ["c", "=", 1]],
        ["a", "or", "b"],
        {1: 2},
        1.5,
        object(),
        [None],
        nested(50),
        "[" * 5000 + "]" * 5000,
        [["a", "=", index] for index in range(MAX_CONDITIONS + 1)],
    ],
)
def test_what_is_no_filter_is_refused(filters: Any) -> None:
    with pytest.raises(DataError):
        parse(filters)


@pytest.mark.parametrize(
    "filters",
    [
        {"nothing": 1},
        {"title; drop table x": 1},
        {"title` = '' or `title": 1},
        {"(select 1)": 1},
        {"n": "many"},
        {"n": "1 or 1=1"},
        {"n": float("nan")},
        {"n": [">", [1, 2]]},
        {"flag": "maybe"},
        {"day": "soon"},
        {"moment": [">", "2024-13-45"]},
        {"title": ["like", ["a"]]},
        {"title": ["like", "%" * 6000]},
        {"title": ["is", "perhaps"]},
        {"title": [">", None]},
        {"n": ["between", 5]},
        {"n": ["between", [1, 2, 3]]},
        {"n": ["between", [1]]},
        {"title": ["in", {"a": 1}]},
        {"title": {"a": 1}},
        {"customer": ["descendants of", "x"]},
        {"Item.qty": 1},
        {"title.email": 1},
        {"customer.nothing": 1},
        {"nothing.email": 1},
        {"items.nothing": 1},
        [["Customer", "email", "=", "x"]],
        [["Thing`x", "title", "=", "x"]],
    ],
)
def test_bad_names_and_values_are_named(filters: Any) -> None:
    with pytest.raises(DataError):
        compile_group(parse(filters), Scope("Thing"), nulls_match=True)


def test_a_plain_date_at_the_end_of_between_means_the_whole_day() -> None:
    fragment = compile_group(
        parse({"moment": ["between", ["2024-01-01", "2024-01-02"]]}), Scope("Thing"), nulls_match=True
    )
    assert fragment.values == (datetime(2024, 1, 1), datetime(2024, 1, 2, 23, 59, 59, 999999))
    fragment = compile_group(
        parse({"day": ["between", ["2024-01-01", "2024-01-02"]]}), Scope("Thing"), nulls_match=True
    )
    assert fragment.values == (date(2024, 1, 1), date(2024, 1, 2))


def test_values_are_cast_by_the_fields_type() -> None:
    filters = {
        "n": "5",
        "score": "1.5",
        "day": "2024-01-02 10:00:00",
        "moment": "2024-01-02T10:00:00",
        "title": 7,
        "flag": True,
    }
    fragment = compile_group(parse(filters), Scope("Thing"), nulls_match=False)
    assert fragment.values == (5, 1.5, date(2024, 1, 2), datetime(2024, 1, 2, 10), "7", 1)


def test_trees_are_compared_by_their_positions() -> None:
    fragment = compile_group(parse({"name": ["not descendants of", "Europe"]}), Scope("Place"), nulls_match=True)
    assert "`tabPlace`.`name` not in (select `node`.`name` from `tabPlace` as `node`" in fragment.sql
    assert fragment.values == (("Europe",),)
    inclusive = compile_group(parse({"name": ["descendants of (inclusive)", "x"]}), Scope("Place"), nulls_match=True)
    assert ">=" in inclusive.sql


# -- names ------------------------------------------------------------------------------------------------------------


def test_names_are_taken_apart() -> None:
    for text in ("status", "`status`", " status "):
        assert parse_reference(text).field == "status"
    for text in ("tabHD Ticket.status", "`tabHD Ticket`.`status`", "`tabHD Ticket`.status"):
        assert (parse_reference(text).table, parse_reference(text).field) == ("HD Ticket", "status")
    assert (parse_reference("customer.email").path, parse_reference("customer.email").field) == ("customer", "email")


@given(st.text(max_size=25))
def test_a_name_is_either_refused_or_free_of_anything_but_letters(text: str) -> None:
    try:
        reference = parse_reference(text)
    except DataError:
        return
    assert reference.field == "*" or reference.field.isidentifier() or re.fullmatch(r"[^\W\d]\w*", reference.field)
    assert "`" not in (reference.table or "") + (reference.path or "")


def test_links_and_tables_are_joined_once() -> None:
    scope = Scope("Thing")
    assert scope.column("customer.email").sql == "`customer__link`.`email`"
    assert scope.column("customer.name").sql == "`customer__link`.`name`"
    assert scope.column("parts.sku").sql == scope.column("sku").sql == "`tabPart`.`sku`"
    assert scope.column("sku", "Part").sql == "`tabPart`.`sku`"
    assert list(scope.joins) == ["`customer__link`", "`tabPart`"]
    assert scope.column("items.qty").sql == "`tabItem__items`.`qty`"
    assert scope.column("notes.qty").sql == "`tabItem__notes`.`qty`"
    assert "`parentfield` = 'notes'" in scope.join_sql()


def test_fields_the_reader_may_not_see_are_refused() -> None:
    scope = Scope("Thing", may_read=lambda doctype, field: field != "n" and doctype != "Customer")
    assert scope.column("title").field == "title"
    for name in ("n", "customer.email"):
        with pytest.raises(Exception, match="may not read"):
            scope.column(name)
