"""What values become on their way out of a document (sections 3.4 and 5.2)."""

from __future__ import annotations

import datetime

import pytest

from frappe.exceptions import ValidationError
from frappe.model.values import as_text, caster_for, empty_value, refuse_list, same_value


@pytest.mark.parametrize(
    ("fieldtype", "value", "stored"),
    [
        ("Check", "1", 1),
        ("Check", True, 1),
        ("Check", None, 0),
        ("Check", 5, 1),
        ("Int", None, 0),
        ("Int", "12", 12),
        ("Float", None, 0.0),
        ("Currency", "1.5", 1.5),
        ("Duration", None, None),
        ("Rating", "", None),
        ("Date", "", None),
        ("Datetime", "2024-01-02 03:04:05", "2024-01-02 03:04:05"),
        ("JSON", {"a": 1}, '{"a":1}'),
        ("JSON", '{"a": 1}', '{"a": 1}'),
    ],
)
def test_values_are_cast_by_fieldtype(fieldtype: str, value: object, stored: object) -> None:
    caster = caster_for(fieldtype)
    assert caster is not None
    assert caster(value) == stored


def test_text_is_left_alone_unless_the_field_is_unique() -> None:
    assert caster_for("Data") is None
    unique = caster_for("Data", unique=True)
    assert unique is not None
    assert unique("") is None
    assert unique("x") == "x"


def test_a_list_in_a_plain_field_is_refused_by_its_label() -> None:
    with pytest.raises(ValidationError, match="Subject"):
        refuse_list(["a"], "Subject")


@pytest.mark.parametrize(("fieldtype", "empty"), [("Int", 0), ("Float", 0.0), ("Data", ""), ("Date", None)])
def test_columns_that_may_not_be_null_have_an_empty_value(fieldtype: str, empty: object) -> None:
    assert empty_value(fieldtype) == empty


def test_moments_become_text() -> None:
    assert as_text(datetime.datetime(2024, 1, 2, 3, 4, 5, 6)) == "2024-01-02 03:04:05.000006"
    assert as_text(datetime.date(2024, 1, 2)) == "2024-01-02"
    assert as_text(7) == 7


@pytest.mark.parametrize(
    ("old", "new", "fieldtype", "same"),
    [
        (None, "", "Data", True),
        ("a", "b", "Data", False),
        (1, "1", "Check", True),
        (None, 0, "Int", True),
        (1.0, "1", "Float", True),
        (datetime.date(2024, 1, 2), "2024-01-02", "Date", True),
        (datetime.datetime(2024, 1, 2, 3, 4, 5), "2024-01-02 03:04:05.000000", "Datetime", True),
        (datetime.timedelta(hours=9), "09:00:00", "Time", True),
        (datetime.timedelta(hours=9), "10:00:00", "Time", False),
        (datetime.datetime(2024, 1, 2), None, "Datetime", False),
        (5, "5", "Link", True),
    ],
)
def test_values_are_compared_by_what_they_mean(old: object, new: object, fieldtype: str, same: bool) -> None:
    assert same_value(old, new, fieldtype) is same
