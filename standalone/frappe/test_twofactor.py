"""Codes of authenticator apps."""

import base64

import pytest

from frappe.twofactor import hotp, matching_step

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("counter", "code"), list(enumerate(["755224", "287082", "359152", "969429", "338314", "254676", "287922"]))
)
def test_codes_are_those_of_rfc_4226(counter: int, code: str) -> None:
    assert hotp(SECRET, counter) == code


def test_a_code_of_the_current_or_a_neighbouring_step_is_right() -> None:
    moment = 30 * 100 + 5
    for step in (99, 100, 101):
        assert matching_step(SECRET, hotp(SECRET, step), moment) == step
    assert matching_step(SECRET, hotp(SECRET, 98), moment) is None
    assert matching_step(SECRET, hotp(SECRET, 102), moment) is None


def test_a_code_cannot_be_used_twice() -> None:
    moment = 30 * 100
    assert matching_step(SECRET, hotp(SECRET, 100), moment, last_step=100) is None


def test_text_that_is_no_code_is_wrong() -> None:
    assert matching_step(SECRET, "", 3000) is None
    assert matching_step(SECRET, "７５５２２４", 3000) is None
