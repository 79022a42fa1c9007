"""The sessions with real servers: Dovecot for IMAP and POP3, aiosmtpd for SMTP."""

from __future__ import annotations

import uuid
from email import message_from_bytes

import pytest

from frappe.email.conftest import PASSWORD, Dovecot, Postbox, free_port
from frappe.email.mailbox import ImapMailbox, LoginRefused, MailboxError, PopMailbox, Server
from frappe.email.mime.errors import DeliveryError
from frappe.email.smtp import SMTPServer


def mail(subject: str, body: str = "hello") -> bytes:
    return f"From: a@example.com\r\nSubject: {subject}\r\nMessage-ID: <{subject}@x>\r\n\r\n{body}\r\n".encode()


@pytest.fixture
def user() -> str:
    return f"user-{uuid.uuid4().hex[:8]}"


def imap(dovecot: Dovecot, user: str) -> ImapMailbox:
    return ImapMailbox(Server("127.0.0.1", dovecot.imap_port, "none"), user, PASSWORD)


def test_fetching_leaves_no_trace_until_the_mail_is_settled(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail("one"))
    box = imap(dovecot, user)
    box.select("INBOX", writable=True)
    (listed,) = box.describe(box.list_unseen())
    fetched = box.fetch(listed, "INBOX")
    assert message_from_bytes(fetched)["Subject"] == "one" and len(fetched) == listed.size
    assert box.list_unseen() == [listed.uid]
    box.settle(fetched)
    assert box.list_unseen() == []
    assert box.describe([listed.uid])[0].seen
    box.close()


def test_mails_are_listed_oldest_first_and_none_below_the_number_asked_for(dovecot: Dovecot, user: str) -> None:
    for subject in ("one", "two", "three"):
        dovecot.deliver(user, mail(subject))
    box = imap(dovecot, user)
    box.select("INBOX", writable=False)
    uids = box.list_last(10)
    assert box.list_last(2) == uids[1:]
    assert box.list_from(int(uids[1])) == uids[1:]
    assert box.list_from(int(uids[-1]) + 1) == []
    assert box.status("INBOX").uidnext == int(uids[-1]) + 1
    box.close()


def test_a_folder_made_again_has_another_numbering(dovecot: Dovecot, user: str) -> None:
    folder = "Work"
    dovecot.deliver(user, mail("one"), folder)
    box = imap(dovecot, user)
    before = box.status(folder)
    box.close()
    dovecot.forget_numbering(user, folder)
    box = imap(dovecot, user)
    assert box.status(folder).uidvalidity != before.uidvalidity
    box.close()


def test_a_sent_mail_can_be_put_into_a_folder(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail("one"), "Sent")
    box = imap(dovecot, user)
    box.append("Sent", mail("ours"))
    box.select("Sent", writable=False)
    assert len(box.list_last(10)) == 2
    box.close()


def test_a_wrong_password_is_not_a_network_error(dovecot: Dovecot, user: str) -> None:
    for kind, port in ((ImapMailbox, dovecot.imap_port), (PopMailbox, dovecot.pop_port)):
        with pytest.raises(LoginRefused, match="does not accept"):
            kind(Server("127.0.0.1", port, "none"), user, "wrong")


def test_a_server_that_is_not_there_is_named() -> None:
    port = free_port()
    for kind in (ImapMailbox, PopMailbox):
        with pytest.raises(MailboxError, match=f"127.0.0.1:{port}: connecting failed") as caught:
            kind(Server("127.0.0.1", port, "none"), "u", "p")
        assert not isinstance(caught.value, LoginRefused)


def test_a_folder_that_is_not_there_is_named(dovecot: Dovecot, user: str) -> None:
    box = imap(dovecot, user)
    with pytest.raises(MailboxError, match="Nowhere"):
        box.select("Nowhere", writable=True)
    box.close()


def test_pop_deletes_only_settled_mails_and_reads_endless_lines(dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, mail("one"))
    dovecot.deliver(user, mail("two", "x" * 5000))
    server = Server("127.0.0.1", dovecot.pop_port, "none")
    box = PopMailbox(server, user, PASSWORD)
    first, second = box.list_all()
    assert bytes(box.fetch(second)).count(b"x") >= 5000
    assert bytes(box.fetch_header(first)).startswith(b"From: a@example.com\r\nSubject: one")
    box.settle(box.fetch(first))
    box.close()
    box = PopMailbox(server, user, PASSWORD)
    assert [message_from_bytes(box.fetch(listed))["Subject"] for listed in box.list_all()] == ["two"]
    box.close()


# -- SMTP -------------------------------------------------------------------------------------------------------------


def smtp(postbox: Postbox, **values: object) -> SMTPServer:
    return SMTPServer("127.0.0.1", port=postbox.port, timeout=5, **values)  # type: ignore[arg-type]


def test_a_mail_is_handed_over_with_login(postbox: Postbox) -> None:
    server = smtp(postbox, login="anna", password=PASSWORD)
    assert server.send("a@example.org", ["b@example.com", "c@bücher.example"], mail("hi")) == {}
    server.quit()
    assert postbox.logins == ["anna"]
    assert postbox.received[0].rcpt_tos == ["b@example.com", "c@xn--bcher-kva.example"]


def test_a_session_that_broke_is_opened_again(postbox: Postbox) -> None:
    server = smtp(postbox)
    server.send("a@example.org", ["b@example.com"], mail("one"))
    server.session.close()
    server.send("a@example.org", ["b@example.com"], mail("two"))
    assert len(postbox.received) == 2
    server.quit()


def test_refused_recipients_are_told_apart(postbox: Postbox) -> None:
    postbox.refuse = {"gone@example.com": "550 no such user", "full@example.com": "452 mailbox full"}
    with smtp(postbox) as server:
        refused = server.send("a@example.org", ["b@example.com", *postbox.refuse], mail("hi"))
    assert {address: error.permanent for address, error in refused.items()} == {
        "gone@example.com": True,
        "full@example.com": False,
    }
    assert "no such user" in refused["gone@example.com"].reason


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("451 later", False)])
def test_an_answer_says_whether_to_try_again(postbox: Postbox, answer: str, permanent: bool) -> None:
    postbox.answer = answer
    with smtp(postbox) as server, pytest.raises(DeliveryError) as caught:
        server.send("a@example.org", ["b@example.com"], mail("hi"))
    assert caught.value.permanent is permanent and answer[:3] in caught.value.reason


def test_network_and_login_errors_may_pass(postbox: Postbox) -> None:
    with pytest.raises(DeliveryError, match="does not accept") as caught:
        smtp(postbox, login="anna", password="wrong").send("a@example.org", ["b@example.com"], mail("hi"))
    assert not caught.value.permanent
    with pytest.raises(DeliveryError, match="cannot be reached") as caught:
        SMTPServer("127.0.0.1", port=free_port(), timeout=2).send("a@example.org", ["b@example.com"], mail("hi"))
    assert not caught.value.permanent


def test_a_server_without_tls_is_not_used_in_the_clear(postbox: Postbox) -> None:
    with pytest.raises(DeliveryError, match="cannot do"):
        smtp(postbox, use_tls=True).send("a@example.org", ["b@example.com"], mail("hi"))
    assert postbox.received == []
