"""File names of uploads, case 15 of the hostile inputs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.core.file_names import MAX_BYTES, clean_file_name, may_be_uploaded_by_visitors


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/etc/shadow", "shadow"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\x00.pdf", "a.pdf"),
        ("evil.php ", "evil.php"),
        ("evil.php...", "evil.php"),
        (".htaccess", "htaccess"),
        ("\u202egpj.exe", "gpj.exe"),
        ("\u200b\ufeffa.txt", "a.txt"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ("con.txt", "_con.txt"),
        ("NUL", "_NUL"),
        ("a?b#c%d.txt", "a_b_c_d.txt"),
        ("Prüfung №5.pdf", "Prüfung №5.pdf"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_name_is_cleaned_of_what_misleads(name: str, cleaned: str) -> None:
    assert clean_file_name(name) == cleaned


def test_a_long_name_keeps_its_extension() -> None:
    cleaned = clean_file_name("ü" * 300 + ".pdf")
    assert cleaned.endswith(".pdf")
    assert len(cleaned.encode()) <= MAX_BYTES


@given(st.text(max_size=400))
def test_any_name_ends_up_safe(name: str) -> None:
    cleaned = clean_file_name(name)
    assert cleaned
    assert len(cleaned.encode("utf-8")) <= MAX_BYTES + 1
    assert not set(cleaned) & set('/\\\x00\r\n"?#%')
    assert cleaned not in (".", "..")
    assert not cleaned.startswith(".")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = clean_file_name(name)
    assert clean_file_name(once) == once


@pytest.mark.parametrize(
    ("name", "allowed"),
    [("a.PDF", True), ("a.jpeg", True), ("a.svg", False), ("a.html", False), ("a.pdf.exe", False), ("pdf", False)],
)
def test_visitors_may_upload_documents_and_pictures_only(name: str, allowed: bool) -> None:
    assert may_be_uploaded_by_visitors(clean_file_name(name)) is allowed
