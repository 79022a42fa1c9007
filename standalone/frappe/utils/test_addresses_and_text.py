"""Addresses, links and text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.utils import addresses, strings, urls


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("anna@example.com", "anna@example.com"),
        ("Anna <anna@example.com>, nobody, arne@example.com", "anna@example.com, arne@example.com"),
        ('"Berg, Anna" <anna@example.com>', "anna@example.com"),
        ("o'neil+tag@sub.example.co.uk", "o'neil+tag@sub.example.co.uk"),
        ("anna@bücher.example", "anna@bücher.example"),
        ('"quoted local"@example.com', '"quoted local"@example.com'),
        ("", ""),
        ("a@b@c", ""),
        ("anna@-example.com", ""),
        (".anna@example.com", ""),
        ("anna@example..com", ""),
        ("x" * 65 + "@example.com", ""),
        ("anna@" + "x" * 300 + ".com", ""),
    ],
)
def test_valid_addresses_are_picked_from_a_list(text: str, expected: str) -> None:
    assert addresses.validate_email_address(text) == expected


def test_a_bad_address_is_named_when_asked_to() -> None:
    with pytest.raises(frappe.InvalidEmailAddressError, match="nobody"):
        addresses.validate_email_address("anna@example.com, nobody", throw=True)


@pytest.mark.parametrize("evil", ["a@b.com\r\nBcc: x@y.z", "a\u2028@b.com", "a@b.com\x00", "a@b.com\nX"])
def test_an_address_cannot_bring_another_header(evil: str) -> None:
    assert not addresses.is_email_address(evil)


@given(st.text(max_size=300))
def test_whatever_counts_as_valid_fits_into_one_header_line(text: str) -> None:
    found = addresses.validate_email_address(text)
    assert not any(char in found for char in "\r\n\0\u2028\u2029")
    assert all(addresses.is_email_address(each) for each in found.split(", ") if found and '"' not in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Berg, Anna" <a@b.c>, d@e.f\ng@h.i', ['"Berg, Anna" <a@b.c>', "d@e.f", "g@h.i"]),
        ("  a@b.c ,, ,d@e.f ", ["a@b.c", "d@e.f"]),
        ("a@b.c; D <d@e.f>; g@h.i", ["a@b.c", "D <d@e.f>", "g@h.i"]),
        ('Berg; Anna <a@b.c>, "x;y@z" <d@e.f>', ["Berg; Anna <a@b.c>", '"x;y@z" <d@e.f>']),
        ("", []),
        (None, []),
    ],
)
def test_lists_of_addresses_are_split_outside_of_quotes(text: str | None, expected: list[str]) -> None:
    assert addresses.split_emails(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg <anna@example.com>", ("Anna Berg", "anna@example.com")),
        ("anna@example.com", ("anna", "anna@example.com")),
        ('"anna@example.com" <evil@example.net>', ("anna@example.com", "evil@example.net")),
        ("no address", (None, "no address")),
    ],
)
def test_an_address_falls_into_name_and_address(text: str, expected: tuple[str | None, str]) -> None:
    assert addresses.parse_addr(text) == expected


@given(st.text(max_size=60))
def test_a_formatted_address_is_one_address_on_one_line(name: str) -> None:
    from email.utils import getaddresses

    text = addresses.format_address(name, "anna@example.com")
    assert not any(char in text for char in "\r\n\0\u2028\u2029\x85")
    assert [address for _name, address in getaddresses([text])] == ["anna@example.com"]


@pytest.mark.parametrize(("number", "valid"), [("+49 30 123", True), ("call me", False)])
def test_phone_numbers(number: str, valid: bool) -> None:
    assert addresses.validate_phone_number(number) is valid


def test_phone_numbers_with_a_country_code() -> None:
    addresses.validate_phone_number_with_country_code("+49 30 901820", "phone")
    with pytest.raises(frappe.InvalidPhoneNumberError, match="phone"):
        addresses.validate_phone_number_with_country_code("+49 1", "phone")


@pytest.mark.parametrize(
    ("link", "schemes", "valid"),
    [
        ("https://example.com/x", None, True), ("/files/a.png", None, True), ("example", None, False),
        ("javascript:alert(1)", None, False), ("ftp://example.com", ("http", "https"), False),
        ("http://[", None, False),
    ],
)  # fmt: skip
def test_links(link: str, schemes: tuple[str, ...] | None, valid: bool) -> None:
    assert addresses.validate_url(link, valid_schemes=schemes) is valid


def test_a_bad_link_is_named_when_asked_to() -> None:
    with pytest.raises(frappe.ValidationError, match="nowhere"):
        addresses.validate_url("nowhere", throw=True)


def test_names_of_people() -> None:
    assert addresses.validate_name("Ana-María O'Neil")
    assert not addresses.validate_name("<script>")


def test_links_of_the_site_are_absolute() -> None:
    assert urls.get_url("https://example.com/x") == "https://example.com/x"
    assert urls.get_url("/helpdesk/tickets/1").endswith("/helpdesk/tickets/1")
    assert urls.get_url_to_form("HD Ticket", "a b/c").endswith("/app/hd-ticket/a%20b%2Fc")


# -- text -------------------------------------------------------------------------------------------------------------


@given(st.text())
def test_escaped_text_holds_no_markup_and_comes_back(text: str) -> None:
    escaped = strings.escape_html(text)
    assert not set("<>\"'") & set(escaped)
    assert strings.unescape_html(escaped) == strings.unescape_html(strings.escape_html(text))


def test_text() -> None:
    assert strings.cstr(None) == ""
    assert strings.cstr(b"x") == "x"
    assert strings.get_string_between("<", "a <b@c> d", ">") == "b@c"
    assert strings.get_string_between("<", "b@c", ">") == "b@c"
    assert strings.comma_and(["a", "b", "c"]) == "'a', 'b' and 'c'"
    assert strings.comma_or(["a", "b"], add_quotes=False) == "a or b"
    assert strings.strip_html("<b>x</b> y") == "x y"
    assert strings.get_table_name("HD Ticket", wrap_in_backticks=True) == "`tabHD Ticket`"
    assert strings.get_abbr("Acme Trading Ltd") == "AT"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a < b", False), ("<b>x</b>", True), ("<br/>", True), ("x <!-- y -->", True), ("1<2>3", False)],
)
def test_html_is_told_from_text(text: str, expected: bool) -> None:
    assert strings.is_html(text) is expected


def test_random_texts_have_their_length_and_differ() -> None:
    assert len(strings.generate_hash(length=7)) == 7
    assert strings.generate_hash() != strings.generate_hash()
    assert len(strings.random_string(9)) == 9


def test_markdown_there_and_back() -> None:
    html = strings.md_to_html("# Title\n\n```\ncode\n```\n")
    assert "<h1" in html and "<code>" in html
    assert strings.to_markdown("<p>a <b>b</b></p>").strip() == "a **b**"


@pytest.mark.parametrize("endless", ["<", "<!--", "<a ", "<!--a>"])
def test_markup_that_never_ends_is_read_in_reasonable_time(endless: str) -> None:
    started = time.perf_counter()
    assert strings.strip_html(f"{endless * 500_000}<b>x</b>").endswith("x")
    assert strings.strip_html((endless * 500_000).replace(">", ""))
    assert isinstance(strings.html2text(endless * 50_000), str)
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize(
    "endless", ["bq" * 300_000, "a" * 300_000 + " @", ";" * 300_000, "(" * 300_000 + "@", "@;" * 100_000]
)
def test_what_is_no_address_is_refused_in_reasonable_time(endless: str) -> None:
    started = time.perf_counter()
    assert addresses.validate_email_address(endless) == ""
    assert time.perf_counter() - started < 10


def test_unclosed_brackets_of_people_stay() -> None:
    assert strings.strip_html("1 < 2") == "1 < 2"
    assert strings.html2text("<p>1 &lt; 2 <b>so</b></p><!-- a < b -->").strip() == "1 < 2 **so**"
