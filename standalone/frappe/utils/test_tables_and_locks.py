"""Tables that leave the house, and locks between processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe import context
from frappe.utils import csvutils, xlsxutils
from frappe.utils.spreadsheet_cells import inert
from frappe.utils.synchronization import LockTimeoutError, filelock


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_cells_do_not_become_formulas(cell: str) -> None:
    assert inert(cell) == f"'{cell}"
    assert xlsxutils.cell_value(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.5", "+49 30 1234", "plain", "", 5, None, "a=b"])
def test_numbers_and_plain_text_stay_as_they_are(cell: object) -> None:
    assert inert(cell) == cell


@given(
    st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=["C"])), min_size=1, max_size=4), max_size=5)
)
def test_csv_comes_back_as_it_was_written(rows: list[list[str]]) -> None:
    expected = [[inert(cell).strip() or None for cell in row] for row in rows if any(row)]
    assert csvutils.read_csv_content(csvutils.to_csv(rows).encode()) == expected


def test_csv_in_other_encodings_and_with_other_marks() -> None:
    assert csvutils.read_csv_content("Größe;1\nß;2".encode("cp1252"), use_sniffer=True) == [["Größe", "1"], ["ß", "2"]]
    assert csvutils.read_csv_content(b"\xef\xbb\xbfa,b\n") == [["a", "b"]]


def test_a_workbook_comes_back_as_it_was_written() -> None:
    book = xlsxutils.make_xlsx(
        [["Subject", "N"], ["<b>Printer</b>", 1], ["=1", 2.5], ["x\x00y", 3]], "A/B*very" * 9, has_filters=True
    )
    rows = xlsxutils.read_xlsx_file_from_attached_file(fcontent=book.getvalue())
    assert rows == [["Subject", "N"], ["**Printer**", 1], ["'=1", 2.5], ["xy", 3]]


def test_what_is_no_workbook_is_refused() -> None:
    with pytest.raises(frappe.ValidationError, match="not an Excel workbook"):
        xlsxutils.read_xlsx_file_from_attached_file(fcontent=b"PK\x03\x04 nope")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "sites" / "one").mkdir(parents=True)
    (tmp_path / "sites" / "one" / "site_config.json").write_text("{}")
    context.init("one", str(tmp_path / "sites"), force=True)
    yield tmp_path
    context.destroy()


def test_one_at_a_time_under_the_same_name(bench: Path) -> None:
    with filelock("import"), pytest.raises(LockTimeoutError), filelock("import", timeout=0.01):
        pass
    with filelock("import", timeout=0), filelock("export", timeout=0):
        assert (bench / "sites" / "one" / "locks" / "import.lock").exists()


def test_a_lock_is_given_back_when_the_block_fails(bench: Path) -> None:
    with pytest.raises(KeyError), filelock("import"):
        raise KeyError
    with filelock("import", timeout=0):
        pass


def test_waiting_for_a_lock_ends_when_it_is_free(bench: Path) -> None:
    state = context.current_state()
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with filelock("import"):
            held.set()
            release.wait(5)

    holder = threading.Thread(target=context.run_in_state, args=(state, hold))
    holder.start()
    assert held.wait(5)
    threading.Timer(0.05, release.set).start()
    with filelock("import", timeout=5):
        assert release.is_set()
    holder.join()


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a\0b"])
def test_a_lock_cannot_be_placed_elsewhere(bench: Path, name: str) -> None:
    with pytest.raises(frappe.ValidationError), filelock(name):
        pass


def test_signed_parameters_are_verified(bench: Path) -> None:
    from frappe.utils.verified_command import get_signed_params, verify_query

    context.local.conf.secret = "a secret of the site"
    query = get_signed_params({"email": "anna@example.com", "doctype": "HD Ticket"})
    assert verify_query(query)
    assert not verify_query(query.replace("anna", "arne"))
    assert not verify_query("email=anna%40example.com")
    assert not verify_query(query + "x")


def test_a_mark_is_set_by_one_and_stays_until_it_is_taken_away(bench: Path) -> None:
    from frappe.utils import file_lock

    assert file_lock.create_lock("ticket")
    assert not file_lock.create_lock("ticket")
    assert file_lock.lock_exists("ticket")
    assert file_lock.lock_age("ticket") < 60
    assert file_lock.delete_lock("ticket")
    assert not file_lock.delete_lock("ticket")
    assert not file_lock.lock_exists("ticket")
