"""Numbers read aloud."""

from typing import Any

import pytest

import frappe
from frappe.utils import in_words, money_in_words


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (12.5, "EUR Twelve and Fifty Cent only."),
        ("121", "EUR One Hundred And Twenty One only."),
        (0, "EUR Zero only."),
        (0.05, "Five Cent only."),
        (1.999, "EUR Two only."),
        (-1, ""),
        ("some", ""),
    ],
)
def test_money_in_words(site: Any, amount: Any, text: str) -> None:
    assert money_in_words(amount, "EUR") == text


def test_numbers_are_read_in_the_users_language(site: Any) -> None:
    assert in_words(21) == "twenty one"
    frappe.local.lang = "de"
    assert in_words(21) == "einundzwanzig"
    frappe.local.lang = "xx"
    assert in_words(21) == "twenty one"


def test_large_numbers_in_lakhs(site: Any) -> None:
    assert in_words(100_000, in_million=False) == "one lakh"
