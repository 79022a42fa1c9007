"""Writing mails: complete threads, safe header fields, files in their places."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frappe.email.mime.building import File, Letter, add_files, build, dump, load, rewrite_texts, set_header
from frappe.email.mime.headers import references_field


def letter(**values: object) -> Letter:
    given = {
        "sender": "Support <support@example.org>",
        "subject": "Hello",
        "html": "<p>Hi</p>",
        "text": "Hi",
        "message_id": "new@example.org",
        "to": ["Cleo <cleo@example.com>"],
        **values,
    }
    return Letter(**given)  # type: ignore[arg-type]


def received(message: EmailMessage) -> EmailMessage:
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_an_answer_names_the_whole_thread() -> None:
    message = received(build(letter(in_reply_to="<b@x>", references=["a@x", "b@x"])))
    assert message["In-Reply-To"] == "<b@x>"
    assert message["References"] == "<a@x> <b@x>"
    assert message["Message-ID"] == "<new@example.org>"


def test_long_ids_and_long_chains_survive_unbroken() -> None:
    ids = [f"{'x' * 150}{n}@outlook.example.com" for n in range(40)]
    message = received(build(letter(in_reply_to=ids[-1], references=ids)))
    assert message["References"].split() == [f"<{each}>" for each in ids]
    assert b"=?" not in bytes(build(letter(in_reply_to=ids[-1])))


def test_an_endless_chain_keeps_its_root_and_its_end() -> None:
    ids = [f"{n}@x" for n in range(500)]
    kept = references_field(ids, ids[-1]).split()
    assert (kept[0], kept[-1], len(kept)) == ("<0@x>", "<499@x>", 60)


def test_texts_come_through_in_every_language() -> None:
    message = received(build(letter(subject="Grüße 你好", text="Grüße 你好", html="<p>Grüße 你好</p>")))
    assert message["Subject"] == "Grüße 你好"
    body = message.get_body(("html",))
    assert body is not None and "你好" in body.get_content()


HOSTILE = st.text(
    st.characters(codec="utf-8") | st.sampled_from("\r\n\v\f\x85\u2028\u2029\x00\u202e,;<>@\"'"), max_size=80
)


@given(subject=HOSTILE, name=HOSTILE, header=HOSTILE, file_name=HOSTILE)
def test_no_value_can_add_a_header_field(subject: str, name: str, header: str, file_name: str) -> None:
    quoted = name.replace("\\", "").replace('"', "")
    message = build(letter(subject=subject, sender=f'"{quoted}" <s@example.org>', headers={"X-Own": header}))
    add_files(message, [File(file_name, b"x")])
    allowed = {"subject", "from", "to", "date", "message-id", "x-own", "mime-version", "content-type"}
    parsed = received(message)
    assert {field.lower() for field in parsed} <= allowed
    assert [address.addr_spec for address in parsed["From"].addresses] == ["s@example.org"]


def test_fields_of_the_mail_itself_cannot_be_set_from_outside() -> None:
    message = build(letter())
    for name in ("Bcc", "From", "X Evil", "X:Evil", "X\r\nEvil", ""):
        with pytest.raises(ValueError, match="header field"):
            set_header(message, name, "x")


def test_a_stored_message_gets_its_files_later() -> None:
    stored = dump(build(letter(html="<img src='cid:pic'> Grüße")))
    assert stored.isascii()
    message = load(stored)
    add_files(message, [File("a.png", b"\x89PNG", "pic"), File("b.csv", b"a,b"), File("c.eml", b"From: x")])
    parsed = received(message)
    assert [part.get_filename() for part in parsed.iter_attachments()] == ["b.csv", "c.eml"]
    inline = next(part for part in parsed.walk() if part.get_filename() == "a.png")
    assert inline["Content-ID"] == "<pic>" and inline.get_content() == b"\x89PNG"


def test_both_bodies_are_rewritten_for_one_recipient() -> None:
    message = load(dump(build(letter(text="ü LINK", html="<p>LINK</p>"))))
    rewrite_texts(message, lambda text, kind: text.replace("LINK", f"{kind}-link"))
    assert "plain-link" in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "html-link" in message.get_body(("html",)).get_content()  # type: ignore[union-attr]
