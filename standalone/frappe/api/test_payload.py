"""What a request sends, section 11.1 of the runtime contract and the stricter rows of the wire facts."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder

from frappe.api.payload import json_argument, load_json, make_form_dict, whole_number
from frappe.exceptions import ValidationError


def form(**options: Any) -> dict[str, Any]:
    return make_form_dict(EnvironBuilder(**options).get_request())


def json_form(body: bytes | str, query: str = "", method: str = "POST") -> dict[str, Any]:
    return form(method=method, data=body, content_type="application/json", query_string=query)


def test_query_and_form_stay_text_and_the_form_wins() -> None:
    assert form(method="POST", query_string="a=1&b=2", data={"b": "3"}) == {"a": "1", "b": "3"}


def test_json_values_keep_their_types_and_win_over_the_query() -> None:
    assert json_form('{"a": 1, "b": null}', query="a=x&c=y") == {"a": 1, "b": None, "c": "y"}


def test_of_a_repeated_parameter_the_first_counts() -> None:
    assert form(query_string="a=1&a=2") == {"a": "1"}


def test_the_cache_breaker_is_dropped() -> None:
    assert form(query_string="_=123&a=1") == {"a": "1"}


def test_an_empty_json_body_is_no_body() -> None:
    assert json_form("", query="a=1") == {"a": "1"}


def test_a_json_list_arrives_as_data() -> None:
    assert json_form("[1, 2]") == {"data": [1, 2]}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{", "not valid JSON"),
        ("nope", "not valid JSON"),
        ("5", "must be a JSON object"),
        ('"text"', "must be a JSON object"),
        ("null", "must be a JSON object"),
        (b"\xff\xfe{", "not valid JSON"),
        ('{"a": NaN}', "not valid JSON"),
        ('{"a": 1e999}', "too large"),
        ('{"a": ' + "9" * 30 + "}", "too large"),
        ('{"a": ' + "9" * 5000 + "}", "not valid JSON"),
        ('{"a": "\\ud800"}', "not valid Unicode"),
        ('{"\\ud800": 1}', "not valid Unicode"),
        ("[" * 100 + "]" * 100, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_body_we_cannot_hold_is_refused_with_the_reason(body: str | bytes, problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        json_form(body)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        json_form(body)
    except ValidationError as refusal:
        assert str(refusal)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_what_json_can_hold_comes_back_or_is_refused(value: Any) -> None:
    import json

    try:
        assert load_json(json.dumps(value), "It") == value
    except ValidationError as refusal:
        assert "It " in str(refusal)


def test_a_parameter_may_be_json_text_or_the_value() -> None:
    assert json_argument('{"a": 1}', "filters", dict) == {"a": 1}
    assert json_argument({"a": 1}, "filters", dict) == {"a": 1}
    assert json_argument("", "filters", dict) is None
    assert json_argument("plain", "fields", list, str) == "plain"
    assert json_argument('["a"]', "fields", list, str) == ["a"]


def test_a_parameter_of_another_kind_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="Parameter filters must be an object or a list, not a number"):
        json_argument("5", "filters", dict, list)


@pytest.mark.parametrize(("value", "expected"), [(None, 20), ("", 20), ("5", 5), (5, 5), ("0", 0), (10**6, 500)])
def test_a_number_has_a_default_and_a_maximum(value: Any, expected: int) -> None:
    assert whole_number(value, "limit", default=20, maximum=500) == expected


@pytest.mark.parametrize("value", ["all", "-1", -1, 1.5, "1e9", "9" * 50, [1], {"a": 1}])
def test_a_word_or_a_negative_number_is_refused(value: Any) -> None:
    with pytest.raises(ValidationError, match="limit"):
        whole_number(value, "limit")
