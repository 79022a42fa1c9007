"""The reference page, the modules' `__all__` and the tests say the same."""

from __future__ import annotations

import pytest
import runtime_reference as reference


@pytest.fixture(scope="module")
def text() -> str:
    return reference.PAGE.read_text(encoding="utf-8")


def test_every_public_symbol_has_a_row_and_every_row_a_symbol(text: str) -> None:
    on_page = {row["symbol"] for row in reference.rows(text)}
    public = {symbol.path for symbol in reference.surface()}
    assert public - on_page == set(), "public, but not on the page; run scripts/runtime_reference.py"
    assert on_page - public == set(), "on the page, but not public; run scripts/runtime_reference.py"


def test_every_row_shows_the_signature_of_today(text: str) -> None:
    on_page = {row["symbol"]: row["signature"] for row in reference.rows(text)}
    assert on_page == {symbol.path: symbol.signature for symbol in reference.surface()}


def test_every_public_symbol_is_used_by_a_test() -> None:
    assert [symbol.path for symbol in reference.surface() if reference.test_of(symbol) is None] == []


def test_every_test_on_the_page_exists_and_uses_its_symbol(text: str) -> None:
    symbols = {symbol.path: symbol for symbol in reference.surface()}
    tests = {(test.path, test.name): test for test in reference.tests()}
    for row in reference.rows(text):
        test = tests[row["path"], row["test"]]
        assert not symbols[row["symbol"]].spellings.isdisjoint(test.names), row["symbol"]


def test_everything_left_out_on_purpose_is_on_the_page(text: str) -> None:
    assert text.endswith("\n".join(reference.absent_lines()))


def test_a_test_uses_what_its_helpers_use() -> None:
    source = "from frappe.utils import cint\n\ndef help():\n    return cint(1)\n\ndef test_it():\n    assert help()\n"
    (test,) = reference.read_tests("x", source)
    assert "frappe.utils.cint" in test.names


def test_a_symbol_without_test_is_reported_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    lonely = reference.Symbol("frappe.lonely", "Documents", "value", "frappe", frozenset({"frappe.lonely"}))
    monkeypatch.setattr(reference, "surface", lambda: [lonely])
    with pytest.raises(LookupError, match=r"frappe\.lonely"):
        reference.page()
