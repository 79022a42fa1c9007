"""Arguments of whitelisted functions, section 10 of the runtime contract."""

import contextlib
from datetime import date, datetime
from typing import Any, Literal, TypedDict
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.argument_types import Mismatch, compile_annotation, transform_parameter_types, type_label
from frappe.exceptions import FrappeTypeError


class Row(TypedDict):
    name: str
    count: int


def convert(annotation: Any, value: Any) -> Any:
    return compile_annotation(annotation)(value)


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (int, "5", 5),
        (int, " 5 ", 5),
        (int, 5.0, 5),
        (int, True, 1),
        (float, "1.5", 1.5),
        (bool, "true", True),
        (bool, "false", False),
        (bool, "0", 0),
        (bool, "1", 1),
        (bool, 2.5, 2.5),
        (str, "x", "x"),
        (str | int, 5, 5),
        (str | int, "5", "5"),
        (int | str, "x", "x"),
        (int | None, None, None),
        (date, "2024-01-31", date(2024, 1, 31)),
        (datetime, "2024-01-31 10:00:00", datetime(2024, 1, 31, 10)),
        (datetime, "2024-01-31", datetime(2024, 1, 31)),
        (list, (1, 2), [1, 2]),
        (list[int], ["1", 2], [1, 2]),
        (list[dict[str, Any]], [{"a": 1}], [{"a": 1}]),
        (dict[str, int], {"a": "1"}, {"a": 1}),
        (Literal["a", 1], "a", "a"),
        (Row, {"name": "x", "count": "3", "more": 1}, {"name": "x", "count": 3, "more": 1}),
        (str | dict, {"a": 1}, {"a": 1}),
        ("int", "anything", "anything"),
        (Any, [1], [1]),
    ],
)
def test_a_value_that_fits_is_converted(annotation: Any, value: Any, expected: Any) -> None:
    converted = convert(annotation, value)
    assert converted == expected
    assert type(converted) is type(expected)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (int, "x"),
        (int, "5.5"),
        (int, 5.5),
        (int, None),
        (int, [1]),
        (int, "9" * 5000),
        (float, "nan"),
        (float, "inf"),
        (bool, "perhaps"),
        (bool, None),
        (str, 5),
        (str, None),
        (str, ["x"]),
        (list, '["a"]'),
        (list, "abc"),
        (dict, '{"a": 1}'),
        (dict, [1]),
        (list[int], ["x"]),
        (dict[str, int], {"a": "x"}),
        (date, "yesterday"),
        (datetime, "2024-13-01"),
        (Literal["a"], "b"),
        (Row, {"name": "x"}),
        (int | None, "x"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(annotation: Any, value: Any) -> None:
    with pytest.raises(Mismatch):
        convert(annotation, value)


def example(number: int, text: str = None, *, flag: bool = False, rows: list[dict[str, Any]] | None = None) -> None:  # type: ignore[assignment]  # noqa: RUF013
    raise AssertionError("never called")


def test_the_type_of_the_default_is_accepted_as_well() -> None:
    assert transform_parameter_types(example, (1,), {"text": None}) == ([1], {"text": None})


def test_positional_and_named_arguments_are_converted() -> None:
    assert transform_parameter_types(example, ("1", "a"), {"flag": "true"}) == ([1, "a"], {"flag": True})


def test_the_error_names_function_argument_and_types() -> None:
    with pytest.raises(FrappeTypeError, match=r"'number' of .*\.example must be of type int, not list"):
        transform_parameter_types(example, (), {"number": []})


def test_a_test_double_passes_as_any_type() -> None:
    double = Mock()
    assert transform_parameter_types(example, (double,), {}) == ([double], {})


def test_labels_read_as_people_write_them() -> None:
    assert type_label(str | int | None) == "str | int | None"
    assert type_label(list[int]) == "list[int]"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    value=JSON,
    annotation=st.sampled_from(
        [int, float, bool, str, date, datetime, list, dict, list[int], dict[str, str], str | None]
    ),
)
def test_any_json_value_is_converted_or_refused_and_never_breaks(value: Any, annotation: Any) -> None:
    with contextlib.suppress(Mismatch):
        convert(annotation, value)


@given(st.integers(min_value=-(2**63), max_value=2**63))
def test_every_integer_survives_as_text(number: int) -> None:
    assert convert(int, str(number)) == number
