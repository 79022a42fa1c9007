"""Values of a document that the web may set; case 19 of the hostile inputs."""

from types import SimpleNamespace
from typing import Any

import pytest

from frappe.api.document_values import check_field_value
from frappe.exceptions import ValidationError


def field(fieldtype: str) -> Any:
    return SimpleNamespace(fieldname="f", fieldtype=fieldtype)


@pytest.mark.parametrize(
    ("fieldtype", "value"),
    [
        ("Int", "5"), ("Int", 5), ("Int", True), ("Float", "1,000.5"), ("Check", "true"), ("Check", 1), ("Check", "0"),
        ("Date", "2024-01-31"), ("Datetime", "2024-01-31 10:00:00.123456"), ("Datetime", "2024-01-31T10:00:00+02:00"),
        ("Date", "Today"), ("Time", "9:05"), ("Time", "09:05:00.5"), ("Data", 5), ("Data", "x"), ("JSON", {"a": 1}),
        ("Int", ""), ("Date", None), ("Data", True),
    ],
)  # fmt: skip
def test_a_value_its_column_can_hold_passes(fieldtype: str, value: Any) -> None:
    check_field_value(field(fieldtype), value)


@pytest.mark.parametrize(
    ("fieldtype", "value"),
    [
        ("Int", "many"), ("Float", "nan"), ("Float", "inf"), ("Check", "perhaps"), ("Date", "soon"),
        ("Date", "2024-13-01"), ("Datetime", "10"), ("Time", "25:99"), ("Data", {"a": 1}), ("Data", ["a"]),
        ("JSON", ["a"]), ("Int", {}), ("Link", [1]),
    ],
)  # fmt: skip
def test_a_value_its_column_cannot_hold_is_refused_by_name(fieldtype: str, value: Any) -> None:
    with pytest.raises(ValidationError, match="Field f must be"):
        check_field_value(field(fieldtype), value)
