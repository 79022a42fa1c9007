"""What a job carries comes out as it went in."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.jobs import payload

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=20,
)


@given(PLAIN)
def test_any_value_comes_back_with_its_type(value: object) -> None:
    back = payload.decode(payload.encode(value))
    assert repr(back) == repr(value)


def test_plain_values_are_readable_json_in_the_table() -> None:
    text = payload.encode({"method": "a.b", "kwargs": {"ticket": 7, "names": ["x"]}})
    assert json.loads(text[1:])["kwargs"]["ticket"] == 7


@pytest.mark.parametrize(
    "value",
    [frappe._dict(a=1), (1, 2), {1: "int key"}, datetime.datetime(2026, 1, 1), {"rows": [frappe._dict(b=2)]}, {3, 4}],
)
def test_what_json_would_change_keeps_its_type(value: object) -> None:
    back = payload.decode(payload.encode(value))
    assert back == value
    assert type(back) is type(value)


def test_arguments_that_cannot_leave_the_process_are_refused_in_words() -> None:
    with pytest.raises(frappe.ValidationError, match="picklable"):
        payload.encode({"handle": lambda: None})


def test_a_function_is_named_by_its_path_and_a_closure_is_not() -> None:
    assert payload.path_of(payload.encode) == "frappe.jobs.payload.encode"
    assert payload.path_of(lambda: None) is None
