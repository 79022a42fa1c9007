"""Reading mails: what they say, and that no bytes can do harm."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.email.mime import headers
from frappe.email.mime.automatic import returned_message_id
from frappe.email.mime.charsets import decode
from frappe.email.mime.errors import MailTooLarge, UnreadableMail
from frappe.email.mime.parsing import Limits, ParsedMail, parse

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)


def read(text: str | bytes, **limits: int) -> ParsedMail:
    raw = text.encode() if isinstance(text, str) else text
    return parse(raw.replace(b"\n", b"\r\n"), Limits(**limits), NOW)


PLAIN = """From: Cleo Customer <Cleo@Example.com>
To: "Support, First" <support@example.org>, other@example.org
Cc: =?utf-8?b?SsO8cmdlbg==?= <j@example.org>
Subject: =?utf-8?Q?Dr=C3=BCc?= =?utf-8?Q?ker?= broken
Date: Fri, 01 May 2026 10:00:00 +0200
Message-ID: <one@example.com>
In-Reply-To: <zero@example.org>
References: <a@example.org>
 <zero@example.org>

Hello <there>

> you wrote
>> he wrote
Bye
"""


def test_a_plain_mail_is_read_whole() -> None:
    mail = read(PLAIN)
    assert mail.sender == ("Cleo Customer", "cleo@example.com")
    assert [box.address for box in mail.to] == ["support@example.org", "other@example.org"]
    assert mail.cc[0].name == "Jürgen"
    assert mail.subject == "Drücker broken"
    assert mail.date == datetime(2026, 5, 1, 8, 0, tzinfo=UTC)
    assert (mail.message_id, mail.in_reply_to) == ("one@example.com", "zero@example.org")
    assert mail.references == ["a@example.org", "zero@example.org"]


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_headers_with_raw_letters_are_read(charset: str) -> None:
    raw = (
        'From: "Größe, Jürgen" <jg@example.com>\r\nTo: Zoë <zoe@example.com>\r\nSubject: Wie grün\r\n ist é?\r\n'
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'
        '--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="Übersicht.pdf"\r\n\r\ny\r\n'
        "--b--\r\n"
    ).encode(charset)
    found = parse(raw, Limits(), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert (found.sender.name, found.sender.address) == ("Größe, Jürgen", "jg@example.com")
    assert found.to[0].name == "Zoë" and found.subject == "Wie grün ist é?"
    assert [each.file_name for each in found.attachments] == ["Übersicht.pdf"]


def test_plain_text_becomes_html_with_its_quotes_nested() -> None:
    cite = '<blockquote type="cite">'
    assert read(PLAIN).html == (f"Hello &lt;there&gt;<br>{cite}you wrote{cite}he wrote</blockquote></blockquote>Bye")


def multipart(*parts: str, kind: str = "mixed") -> str:
    body = "".join(f"--b1\n{part}\n" for part in parts)
    return f'From: a@b.example\nSubject: s\nContent-Type: multipart/{kind}; boundary="b1"\n\n{body}--b1--\n'


def test_html_is_preferred_and_the_text_alternative_kept() -> None:
    mail = read(
        multipart("Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>rich</p>", kind="alternative")
    )
    assert mail.html.strip() == "<p>rich</p>"
    assert mail.text.strip() == "plain"


def test_text_in_several_parts_is_joined_in_order() -> None:
    mail = read(multipart("Content-Type: text/plain\n\nfirst", "Content-Type: text/html\n\n<b>second</b>"))
    assert mail.html.index("first") < mail.html.index("second")


def test_files_keep_their_decoded_names_and_inline_pictures_their_ids() -> None:
    mail = read(
        multipart(
            "Content-Type: text/html\n\n<img src='cid:pic@1'>",
            "Content-Type: image/png; name*=utf-8''gr%C3%BC%C3%9Fe.png\nContent-ID: <pic@1>\n"
            "Content-Transfer-Encoding: base64\n\niVBORw==",
            'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a b.pdf"\n\n%PDF',
        )
    )
    assert [(a.file_name, a.content_id) for a in mail.attachments] == [("grüße.png", "pic@1"), ("a b.pdf", "")]
    assert mail.attachments[0].content == b"\x89PNG"


def test_a_forwarded_mail_is_shown_as_text_and_kept_as_a_file() -> None:
    inner = "Content-Type: message/rfc822\n\nFrom: x@y.example\nSubject: <b>inner</b>\n\ninner words"
    mail = read(multipart("Content-Type: text/plain\n\nlook", inner))
    assert "inner words" in mail.html and "&lt;b&gt;inner" in mail.html
    assert [a.file_name for a in mail.attachments] == ["<b>inner</b>.eml"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Auto-Submitted: auto-replied (vacation)", "auto-reply"),
        ("Auto-Submitted: auto-generated", "auto-generated"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: Auto_Reply", "auto-reply"),
        ("List-Id: <x.example>", "bulk"),
        ("Return-Path: <>", "bounce"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "auto-generated"),
        ("X-Auto-Generated: hd-acknowledgement", "auto-generated"),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "bounce"),
        ("From: MAILER-DAEMON@example.org", "auto-generated"),
    ],
)
def test_mail_of_machines_is_recognized(header: str, kind: str) -> None:
    automatic = read(f"{header}\nSubject: s\n\nbody").automatic
    assert automatic is not None and automatic.kind == kind


def test_mail_of_people_is_not_taken_for_automatic() -> None:
    assert read("Auto-Submitted: no\nReturn-Path: <a@b.example>\n" + PLAIN).automatic is None


def test_a_bounce_names_the_mail_that_came_back() -> None:
    report = (
        "From: mailer-daemon@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b1\n\n"
        "--b1\nContent-Type: text/plain\n\nsorry\n--b1\nContent-Type: text/rfc822-headers\n\n"
        "From: us\nMessage-Id: <ours@example.org>\n--b1--\n"
    )
    assert returned_message_id(read(report).message) == "ours@example.org"


# -- hostile ----------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=2000))
def test_any_bytes_are_read_or_refused_in_words(raw: bytes) -> None:
    try:
        mail = parse(raw, now=NOW)
    except UnreadableMail as error:
        assert error.reason
    else:
        mail.html.encode()
        mail.subject.encode()


_LINES = st.sampled_from(
    [b"From: ", b"To: ", b"Subject: ", b"Content-Type: multipart/mixed; boundary=x", b"--x", b"--x--", b"",
     b"Content-Type: text/html; charset=utf-7", b"Content-Transfer-Encoding: base64", b"Date: ", b"=?utf-8?b?",
     b"Content-Disposition: attachment; filename*0*=%%", b"Content-Type: message/rfc822", b"In-Reply-To: <"]
)  # fmt: skip


@given(st.lists(st.one_of(_LINES, st.binary(max_size=30)), max_size=40))
def test_nearly_mails_are_read_or_refused_in_words(lines: list[bytes]) -> None:
    try:
        mail = parse(b"\r\n".join(lines), now=NOW)
    except UnreadableMail as error:
        assert error.reason
    else:
        assert "\n" not in mail.subject and "\x00" not in mail.html


def test_too_many_parts_containers_levels_and_bytes_are_refused() -> None:
    many = multipart(*["Content-Type: text/plain\n\nx"] * 600)
    nested = "From: a@b\n" + "Content-Type: message/rfc822\n\n" * 60 + "x"
    containers = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(150))
    for text in (many, nested, containers, "Subject: " + "x" * 600_000, "From: a@b\n\n" + "x" * 60_000_000):
        with pytest.raises(MailTooLarge):
            read(text)


def test_hostile_shapes_are_answered_quickly() -> None:
    started = time.process_time()
    shapes = [
        "From: " + "(" * 60_000 + "\n\nx",
        "To: " + "<" * 60_000 + "\n\nx",
        "Subject: " + "=?utf-8?q?" * 6_000 + "\n\nx",
        "References: " + "<a" * 30_000 + "\n\nx",
        "Content-Type: text/plain" + ";a=b" * 15_000 + "\n\nx",
        "Cc: " + ", ".join(f"u{n}@example.org" for n in range(5000)) + "\n\nx",
        "From: a@b.example\n\n" + "bq" * 100 + ">" * 500_000,
    ]
    for shape in shapes:
        read(shape)
    assert time.process_time() - started < 5


def test_a_huge_body_is_moved_to_a_file_and_says_so() -> None:
    mail = read("From: a@b.example\nContent-Type: text/html\n\n" + "<p>x</p>" * 500_000)
    assert mail.attachments[0].file_name == "message.html"
    assert len(mail.html) < 50_000 and "message.html" in mail.html


@pytest.mark.parametrize(
    "value", ["Fri, 31 Dec 9999 23:59:59 -1200", "0", "-9999", "Mon, 1 Jan 0000 00:00:00 +9999", ""]
)
def test_impossible_dates_become_now(value: str) -> None:
    assert headers.parse_date(value, NOW) == NOW


def test_codecs_that_are_no_character_sets_are_not_run() -> None:
    assert decode(b"\\u0041", "unicode_escape") == "\\u0041"
    assert decode("ü".encode(), "idna") == "ü"
    assert decode("Grün".encode("cp1252"), "us-ascii") == "Grün"


def test_an_endless_message_id_is_the_same_short_one_wherever_it_is_met() -> None:
    long_id = "x" * 10_000 + "@example.com"
    shortened = headers.normalize_message_id(f"<{long_id}>")
    assert len(shortened) < 100
    assert headers.parse_references(f"<a@b> <{long_id}>") == ["a@b", shortened]


def test_encoded_words_cannot_add_recipients() -> None:
    boxes = headers.parse_addresses(["=?utf-8?q?evil=40x.example=2C?= <a@b.example>"])
    assert [box.address for box in boxes] == ["a@b.example"]
