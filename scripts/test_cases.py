"""The table of cases finds what covers a case, and what does not."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
import cases

PROMISE = cases.Case("A01", "it works")
SHOWN = cases.Case("B20", "it shows", in_desk=True)


def test_a_line_holds_an_id_and_a_promise() -> None:
    assert cases.parse_cases("# a comment\n\nA01  it works\n") == [PROMISE]


def test_a_promise_of_the_desk_is_marked() -> None:
    assert cases.parse_cases("B20 desk  it shows") == [SHOWN]


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        cases.parse_cases("A01  it works\nsomething else")


def test_an_id_is_given_once() -> None:
    with pytest.raises(ValueError, match="A01 is there twice"):
        cases.parse_cases("A01  it works\nA01  it works again")


def test_the_list_of_this_repository_can_be_read() -> None:
    assert len(cases.parse_cases(cases.CASES.read_text(encoding="utf-8"))) >= 270


def test_ids_are_found_in_names_and_sentences() -> None:
    assert cases.ids_in("test_h03_and_h04_reach_people", "Case B12.") == {"H03", "H04", "B12"}


def test_ids_inside_words_and_longer_numbers_do_not_count() -> None:
    assert cases.ids_in("test_utf16 sha256 e0123 abc12 #a1b22c") == frozenset()


def test_python_tests_are_read_with_their_docstrings() -> None:
    source = 'class TestA01:\n    def test_it(self):\n        """B02"""\n    def helper_c03(self): ...\n'
    assert [test.ids for test in cases.python_tests("x.py", source)] == [{"B02"}]


def test_specs_are_read_by_their_titles() -> None:
    source = "describe('A01', () => { it('B20 names the field', f); test.each([1])(`x`); it.only(\"C03\", g) })"
    assert [test.ids for test in cases.spec_tests("x.spec.ts", source)] == [{"B20"}, set(), {"C03"}]


def test_a_skipped_spec_covers_nothing() -> None:
    assert list(cases.spec_tests("x.spec.ts", "it.skip('B20 shows', f); it.todo('C03')")) == []


def test_a_case_without_a_test_is_open() -> None:
    table = cases.covered([PROMISE], [cases.Test("helpdesk/test_x.py", "test_b20", frozenset({"B20"}))])
    assert table == {PROMISE: []}
    assert "NOT COVERED" in "".join(cases.lines(table))


def test_a_test_of_the_server_does_not_cover_a_promise_of_the_desk() -> None:
    server = cases.Test("helpdesk/test_x.py", "test_b20", frozenset({"B20"}))
    spec = cases.Test("desk/src/x.spec.ts", "B20 shows", frozenset({"B20"}))
    assert cases.covered([SHOWN], [server, spec]) == {SHOWN: [spec]}
