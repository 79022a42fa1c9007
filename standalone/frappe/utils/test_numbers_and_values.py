"""Numbers, lists and filters in memory."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe import utils
from frappe.tests.helpers import freeze_time
from frappe.types import _dict
from frappe.utils import get_datetime, numbers, sequences, serialization, values


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        ("12.7", 12),
        (None, 0),
        ("abc", 0),
        (True, 1),
        ("", 0),
        ("-3", -3),
        (2**70, 2**70),
        (str(2**70), 2**70),
        ("nan", 0),
        ("inf", 0),
    ],
)
def test_anything_becomes_an_int(given_value: object, expected: int) -> None:
    assert numbers.cint(given_value) == expected
    assert numbers.cint("abc", 7) == 7


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [("1,234.5", 1234.5), (None, 0.0), ("abc", 0.0), (True, 1.0), ("nan", 0.0), ("1e400", 0.0)],
)
def test_anything_becomes_a_float(given_value: object, expected: float) -> None:
    assert numbers.flt(given_value) == expected


@pytest.mark.parametrize(
    ("number", "precision", "method", "expected"),
    [
        (0.5, 0, numbers.BANKERS, 0),
        (1.5, 0, numbers.BANKERS, 2),
        (2.675, 2, numbers.BANKERS, 2.68),
        (0.125, 2, numbers.BANKERS, 0.12),
        (0.5, 0, numbers.COMMERCIAL, 1),
        (-0.5, 0, numbers.COMMERCIAL, -1),
        (1234, -2, numbers.COMMERCIAL, 1200),
    ],
)
def test_rounding(number: float, precision: int, method: str, expected: float) -> None:
    assert numbers.rounded(number, precision, method) == expected


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.integers(0, 6))
def test_rounding_stays_close_and_is_done_once(number: float, precision: int) -> None:
    result = numbers.flt(number, precision)
    assert math.isclose(result, number, abs_tol=0.5 * 10**-precision * (1 + 1e-9), rel_tol=1e-9)
    assert numbers.flt(result, precision) == result


def test_money_in_several_formats() -> None:
    assert numbers.fmt_money(1234567.891) == "1,234,567.89"
    assert numbers.fmt_money(-1234.5, currency="EUR") == "EUR -1,234.50"
    assert numbers.fmt_money(1234567.5, format="#.###,##") == "1.234.567,50"
    assert numbers.fmt_money(1234567.5, format="#,##,###.##") == "12,34,567.50"


def test_money_has_the_symbol_of_its_currency_on_its_side(site: Any) -> None:
    assert numbers.fmt_money(-1234.5, currency="USD") == "$ -1,234.50"
    frappe.db.set_value("Currency", "CHF", {"symbol": "Fr.", "symbol_on_right": 1})
    assert numbers.fmt_money(5, currency="CHF") == "5.00 Fr."
    assert numbers.fmt_money(5, currency="Shells") == "Shells 5.00"
    frappe.db.set_default("hide_currency_symbol", "Yes")
    assert numbers.fmt_money(5, currency="USD") == "5.00"


def test_a_currency_field_without_its_own_currency_has_that_of_the_site(site: Any) -> None:
    assert frappe.format(5.5, {"fieldtype": "Currency"}) == "5.50"
    frappe.db.set_default("currency", "USD")
    assert frappe.format(5.5, {"fieldtype": "Currency"}) == "$ 5.50"
    assert frappe.format(5.5, {"fieldtype": "Currency", "options": "unit"}, doc={"unit": "EUR"}) == "5.50 €"


@pytest.mark.parametrize(
    ("value", "denominator", "precision", "expected"), [(10.02, 0.05, 2, 0.02), (7, 3, 0, 1), (0.3, 0.1, 1, 0.0)]
)
def test_a_remainder_has_no_dust_of_floats(value: float, denominator: float, precision: int, expected: float) -> None:
    assert utils.remainder(value, denominator, precision) == expected


def test_a_sum_is_rounded_to_what_can_be_paid(site: Any) -> None:
    frappe.db.set_value("Currency", "CHF", "smallest_currency_fraction_value", 0.05)
    frappe.db.set_value("Currency", "JPY", "smallest_currency_fraction_value", 0)
    paid = [utils.round_based_on_smallest_currency_fraction(value, "CHF") for value in (10.02, 10.03, 10.025)]
    assert paid == [10.0, 10.05, 10.0]
    assert utils.round_based_on_smallest_currency_fraction(10.6, "JPY") == 11.0


def test_a_text_that_is_no_json_is_refused(site: Any) -> None:
    utils.validate_json_string('{"a": 1}')
    with pytest.raises(frappe.ValidationError, match="not valid JSON"):
        utils.validate_json_string("{")


def test_templates_write_sums_in_words(site: Any) -> None:
    assert frappe.render_template("{{ frappe.utils.money_in_words(2, 'USD') }}") == "USD Two only."
    assert frappe.render_template("{{ frappe.utils.in_words(21) }}") == "twenty one"


def test_a_star_import_brings_what_is_loaded_late() -> None:
    names: dict[str, Any] = {}
    exec("from frappe.utils import *", names)
    assert names["money_in_words"] is frappe.utils.money_in_words
    assert names["get_fullname"] is frappe.utils.get_fullname


def test_words_for_yes_and_no() -> None:
    assert [numbers.sbool(value) for value in ("true", "1", "FALSE", "0", "maybe")] == [
        True,
        True,
        False,
        False,
        "maybe",
    ]


# -- lists ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers()), st.integers(1, 10))
def test_batches_hold_everything_in_order(items: list[int], size: int) -> None:
    batches = list(sequences.create_batch(items, size))
    assert [item for batch in batches for item in batch] == items
    assert all(len(batch) == size for batch in batches[:-1])


def test_lists() -> None:
    assert sequences.unique([3, 1, 3, 2, 1]) == [3, 1, 2]
    assert sequences.has_common([1, 2], [2, 3])
    assert sequences.remove_blanks({"a": None, "b": "", "c": 0}) == {"c": 0}
    assert sequences.squashify(["x"]) == "x"


# -- JSON -------------------------------------------------------------------------------------------------------------


def test_json_has_sorted_keys_and_knows_dates_and_mixed_keys() -> None:
    import datetime
    from decimal import Decimal

    text = serialization.as_json({"b": datetime.date(2024, 1, 2), "a": {Decimal("1.5")}}, indent=None)
    assert text == '{"a": [1.5],"b": "2024-01-02"}'
    assert serialization.parse_json(serialization.as_json({1: "x", "a": "y"})) == {"1": "x", "a": "y"}


def test_json_that_is_parsed_gives_attributes_and_other_values_stay() -> None:
    assert serialization.parse_json('{"a": 1}').a == 1
    assert serialization.parse_json([1]) == [1]
    assert serialization.parse_json(None) is None
    with pytest.raises(ValueError, match="Expecting"):
        serialization.parse_json("{nope")


# -- types and filters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fieldtype", "value", "expected"),
    [
        ("Check", "1", 1), ("Check", "true", 1), ("Int", "7.9", 7), ("Float", "1,5", 15.0), ("Data", None, ""),
        ("Date", "", None), ("Datetime", None, None), ("JSON", "{}", "{}"),
    ],
)  # fmt: skip
def test_values_take_the_type_of_their_field(fieldtype: str, value: object, expected: object) -> None:
    assert values.cast(fieldtype, value) == expected


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        (5, ">", 3, True), (None, ">", 3, False), ("a", ">", 3, False), ("Open", "in", "Open, Closed", True),
        ("Open", "not in", ["Closed"], True), ("Printer is on fire", "like", "%PRINTER%fire", True),
        ("abc", "like", "a_c", True), ("abbc", "like", "a_c", False), ("abc", "not like", "b%", True),
        ("", "is", "not set", True), (0, "is", "set", True), (5, "between", [1, 9], True), ("abc", "^", "ab", True),
    ],
)  # fmt: skip
def test_comparisons(left: object, operator: str, right: object, expected: bool) -> None:
    assert values.compare(left, operator, right) is expected


def test_comparison_casts_to_the_type_of_the_field() -> None:
    assert values.compare("10", ">", "9", "Int")
    assert values.compare("2024-05-01", "between", ["2024-04-30", "2024-05-02"], "Date")


def test_unknown_operators_are_refused() -> None:
    with pytest.raises(Exception, match="sounds like is not an operator"):
        values.compare(1, "sounds like", 2)


@given(st.text(alphabet="ab%_", max_size=12), st.text(alphabet="ab", max_size=12))
def test_like_is_what_a_regular_expression_says(pattern: str, text: str) -> None:
    import re

    expression = "".join({"%": ".*", "_": "."}.get(char, char) for char in pattern)
    assert values.compare(text, "like", pattern) is (re.fullmatch(expression, text, re.DOTALL) is not None)


def test_filters_are_evaluated_in_memory() -> None:
    ticket = {"doctype": None, "status": "Open", "priority": "High"}
    assert values.evaluate_filters(ticket, {"status": "Open", "priority": ["in", ["High", "Urgent"]]})
    assert values.evaluate_filters(ticket, [["status", "!=", "Closed"], ["priority", "High"]])
    assert not values.evaluate_filters(ticket, {"status": "Closed"})


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    ("operator", "span", "day", "expected"),
    [
        ("timespan", "today", "2026-03-03", True),
        ("timespan", "Today", "2026-03-03 23:59:59.999999", True),
        ("timespan", "today", "2026-03-04 00:00:00", False),
        ("timespan", "last 7 days", "2026-03-02", True),
        ("timespan", "last 7 days", "2026-02-01", False),
        ("timespan", "last month", "2026-02-28 12:00:00", True),
        ("timespan", "last month", None, False),
        ("timespan", "last month", "", False),
        ("previous", "1 month", "2026-02-10", True),
        ("previous", "1 month", "2026-01-10", False),
        ("next", "3 months", "2026-05-30", True),
        ("next", "3 months", "2026-03-02", False),
    ],
)
def test_time_spans_are_evaluated_in_memory(operator: str, span: str, day: str | None, expected: bool) -> None:
    with freeze_time(datetime(2026, 3, 3, 13, 0)):
        assert values.evaluate_filters(_dict(due=day), [["due", operator, span]]) is expected
        assert values.evaluate_filters(_dict(due=day and get_datetime(day)), {"due": [operator, span]}) is expected
        assert values.compare(day, operator, span, "Datetime") is expected


@pytest.mark.usefixtures("site")
def test_time_spans_in_memory_and_in_the_database_are_the_same() -> None:
    for doc in frappe.get_all("DocType", fields=["name", "creation"], limit=20):
        for name in ("today", "this year", "last year", "last 90 days"):
            filters = [["name", "=", doc.name], ["creation", "timespan", name]]
            assert bool(frappe.get_all("DocType", filters)) is values.evaluate_filters(doc, filters)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("operator", "span"), [("timespan", "for ever"), ("previous", "aeon"), ("next", None)])
def test_an_unknown_span_is_named(operator: str, span: Any) -> None:
    with pytest.raises(frappe.ValidationError, match=re.escape(repr(span))):
        values.compare("2026-03-03", operator, span)


def test_filter_texts() -> None:
    assert values.get_safe_filters('{"a": 1}') == {"a": 1}
    assert values.get_safe_filters("7") == "7"
    assert values.get_safe_filters("HD-7") == "HD-7"
    with pytest.raises(Exception, match="A filter has a field"):
        values.get_filter(None, ["only"])
