"""The order of fields with Custom Fields and the property `field_order` (section 4)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frappe.model.field_order import arrange
from frappe.types import _dict


def field(name: str, fieldtype: str = "Data", after: str | None = None) -> _dict:
    return _dict(fieldname=name, fieldtype=fieldtype, insert_after=after)


def order(standard: list[_dict], custom: list[_dict], given_order: list[str] | None = None) -> list[str]:
    return [f.fieldname for f in arrange(standard, custom, given_order)]


STANDARD = [
    field("subject"),
    field("details", "Section Break"),
    field("status"),
    field("side", "Column Break"),
    field("priority"),
    field("more", "Section Break"),
    field("notes"),
]


def test_a_custom_field_follows_its_target() -> None:
    assert order(STANDARD, [field("channel", after="status")])[2:4] == ["status", "channel"]


def test_several_custom_fields_after_one_target_keep_their_order() -> None:
    custom = [field("one", after="status"), field("two", after="status")]
    assert order(STANDARD, custom)[2:5] == ["status", "one", "two"]


def test_custom_fields_may_follow_custom_fields_given_later() -> None:
    custom = [field("second", after="first"), field("first", after="subject")]
    assert order(STANDARD, custom)[:3] == ["subject", "first", "second"]


def test_a_custom_field_with_an_unknown_target_comes_last() -> None:
    assert order(STANDARD, [field("lost", after="nowhere")])[-1] == "lost"


def test_a_custom_section_after_a_section_goes_to_the_end_of_that_section() -> None:
    result = order(STANDARD, [field("extra", "Section Break", after="details")])
    assert result.index("extra") == result.index("more") - 1
    assert result.index("extra") > result.index("priority")


def test_a_custom_column_after_a_section_goes_to_the_end_of_its_first_column() -> None:
    result = order(STANDARD, [field("middle", "Column Break", after="details")])
    assert result[result.index("middle") - 1 : result.index("middle") + 2] == ["status", "middle", "side"]


def test_the_property_field_order_wins() -> None:
    wanted = [f.fieldname for f in reversed(STANDARD)]
    assert order(STANDARD, [], wanted) == wanted


def test_a_standard_field_that_the_property_forgets_stays_behind_its_neighbour() -> None:
    result = order(STANDARD, [], ["notes", "subject", "details", "status"])
    assert result == ["notes", "subject", "details", "status", "side", "priority", "more"]


@given(
    st.permutations([f.fieldname for f in STANDARD]).map(lambda names: names[:4]),
    st.lists(st.sampled_from(["subject", "status", "side", "c0", "c1", "nowhere"]), max_size=4),
)
def test_no_field_is_lost_or_doubled(given_order: list[str], targets: list[str]) -> None:
    custom = [field(f"c{index}", after=target) for index, target in enumerate(targets)]
    result = order(STANDARD, custom, given_order)
    assert sorted(result) == sorted([f.fieldname for f in STANDARD] + [f.fieldname for f in custom])
