"""Taking mail in from real servers: each mail once, none lost, none in the way of the others."""

from __future__ import annotations

import socket
import time
import uuid
from typing import Any

import pytest

import frappe
from frappe.email.conftest import (
    PASSWORD,
    Dovecot,
    free_port,
    make_account,
    make_case_doctype,
    make_imap_account,
    make_mail,
)
from frappe.email.fetching import Place, plan
from frappe.email.mailbox import FolderStatus
from frappe.email.receive import InboundMail
from frappe.email.reception import InboundMailError
from frappe.exceptions import DATABASE_TROUBLE


@pytest.fixture
def user() -> str:
    return f"user-{uuid.uuid4().hex[:8]}"


@pytest.fixture
def account(site: Any, dovecot: Dovecot, user: str) -> Any:
    """An account whose mails become Cases."""
    make_case_doctype()
    account = make_imap_account(dovecot, user, append_to="Case")
    frappe.db.commit()
    return account


def pull(account: Any) -> None:
    frappe.get_doc("Email Account", account.name).receive()


def cases() -> list[str]:
    return sorted(frappe.get_all("Case", pluck="subject"))


def test_a_mail_becomes_a_document_with_its_message(account: Any, dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, make_mail(message_id="<one@example.com>"))
    pull(account)
    case = frappe.get_last_doc("Case")
    assert (case.subject, case.raised_by, case.account) == ("Printer", "cleo@example.com", account.name)
    communication = frappe.get_doc("Communication", {"message_id": "one@example.com"})
    assert (communication.reference_doctype, communication.reference_name) == ("Case", case.name)
    assert communication.sent_or_received == "Received" and communication.sender_full_name == "Cleo"
    assert "It is broken." in communication.content
    assert "\\Seen" in dovecot.flags(user)[0]


def test_what_was_taken_in_is_not_taken_in_again(account: Any, dovecot: Dovecot, user: str) -> None:
    mail = make_mail()
    dovecot.deliver(user, mail)
    pull(account)
    dovecot.deliver(user, mail)
    pull(account)
    pull(account)
    assert cases() == ["Printer"]
    assert frappe.db.count("Communication") == 1
    assert all("\\Seen" in flags for flags in dovecot.flags(user))


def test_a_mail_that_cannot_be_read_is_kept_and_stops_nobody(account: Any, dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, make_mail(subject="first"))
    bad = b"From: a@b.example\r\nSubject: bad\r\n" + b"X-A: " + b"x" * 600_000 + b"\r\n\r\nbody"
    dovecot.deliver(user, bad)
    dovecot.deliver(user, make_mail(subject="last"))
    with pytest.raises(InboundMailError, match="header"):
        pull(account)
    assert cases() == ["first", "last"]
    record = frappe.get_last_doc("Unhandled Email")
    assert "header" in record.reason and record.email_account == account.name and "X-A" in record.raw
    assert frappe.db.count("Error Log") >= 1
    pull(account)
    assert frappe.db.count("Unhandled Email") == 1


def test_a_mail_put_aside_can_be_processed_again(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(user, make_mail())

    def fail(*_: object) -> None:
        raise ValueError("a rule that is broken today")

    with monkeypatch.context() as patch, pytest.raises(InboundMailError, match="broken today"):
        patch.setattr(InboundMail, "_create_reference_document", fail)
        pull(account)
    assert cases() == []
    name = frappe.get_last_doc("Unhandled Email").process_again()
    assert frappe.db.exists("Communication", name) and cases() == ["Printer"]
    assert frappe.db.count("Unhandled Email") == 0


@pytest.mark.parametrize("trouble", DATABASE_TROUBLE)
def test_trouble_of_the_database_leaves_the_mail_on_the_server(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    dovecot.deliver(user, make_mail())

    def fail(*_: object) -> None:
        raise trouble("not now")

    with monkeypatch.context() as patch, pytest.raises(InboundMailError, match="not now"):
        patch.setattr(InboundMail, "process", fail)
        pull(account)
    assert frappe.db.count("Unhandled Email") == 0 and "\\Seen" not in dovecot.flags(user)[0]
    pull(account)
    assert cases() == ["Printer"]


def test_killed_between_commit_and_mark_nothing_is_doubled(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot.deliver(user, make_mail())

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr("frappe.email.fetching.Inbox.settle", die)
        pull(account)
    assert "\\Seen" not in dovecot.flags(user)[0]
    pull(account)
    assert cases() == ["Printer"] and "\\Seen" in dovecot.flags(user)[0]


def test_two_workers_with_the_same_mail_make_one_document(account: Any) -> None:
    """The second one finds the name taken that follows from the Message-ID, and gives up everything it did."""
    raw = make_mail()
    first, second = (InboundMail(raw, account, 1, None, "Case") for _ in range(2))
    second.is_exist_in_system = lambda: None  # type: ignore[method-assign]  # it looked before the first one committed
    first.process()
    frappe.db.commit()
    from frappe.email.receive import AlreadyReceivedError

    with pytest.raises(AlreadyReceivedError):
        second.process()
    frappe.db.rollback()
    assert cases() == ["Printer"]


# -- ALL, and numbering -----------------------------------------------------------------------------------------------


@pytest.fixture
def all_account(site: Any, dovecot: Dovecot, user: str) -> Any:
    make_case_doctype()
    account = make_imap_account(dovecot, user, "Work", "Case", email_sync_option="ALL", initial_sync_count="100")
    frappe.db.commit()
    return account


def test_under_all_mails_are_followed_by_number_and_left_unseen(all_account: Any, dovecot: Dovecot, user: str) -> None:
    dovecot.deliver(user, make_mail(subject="old"), "Work")
    pull(all_account)
    dovecot.deliver(user, make_mail(subject="new"), "Work")
    pull(all_account)
    pull(all_account)
    assert cases() == ["new", "old"]
    assert not any("\\Seen" in flags for flags in dovecot.flags(user, "Work"))
    row = frappe.get_doc("Email Account", all_account.name).imap_folder[0]
    assert (row.uidnext, row.initial_uidnext) == ("3", "2")


def test_mails_from_before_the_account_are_known_as_such(
    all_account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []
    process = InboundMail.process

    def note(self: InboundMail) -> Any:
        seen.append((self.subject, bool(frappe.flags.initial_sync)))
        return process(self)

    monkeypatch.setattr(InboundMail, "process", note)
    dovecot.deliver(user, make_mail(subject="old"), "Work", arrived=time.time() - 3600)
    dovecot.deliver(user, make_mail(subject="just arrived"), "Work", arrived=time.time() + 2)
    pull(all_account)
    dovecot.deliver(user, make_mail(subject="new"), "Work")
    pull(all_account)
    assert seen == [("old", True), ("just arrived", False), ("new", False)]
    assert not frappe.flags.initial_sync and not frappe.flags.inbound_mail


def test_a_folder_numbered_anew_is_read_again_without_doubles(all_account: Any, dovecot: Dovecot, user: str) -> None:
    mails = [make_mail(subject=f"mail {number}") for number in range(3)]
    for mail in mails:
        dovecot.deliver(user, mail, "Work")
    pull(all_account)
    dovecot.forget_numbering(user, "Work")
    frappe.delete_doc("Communication", frappe.get_last_doc("Communication").name, force=True)
    frappe.db.commit()
    for mail in [*mails, make_mail(subject="another")]:
        dovecot.deliver(user, mail, "Work")
    pull(all_account)
    assert cases() == ["another", "mail 0", "mail 1", "mail 2"]
    assert frappe.db.count("Communication") == 3


def test_the_counting_never_passes_a_mail_that_waits(
    all_account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for subject in ("first", "busy", "last"):
        dovecot.deliver(user, make_mail(subject=subject), "Work")
    process = InboundMail.process

    def sometimes_busy(self: InboundMail) -> Any:
        if self.subject == "busy":
            raise frappe.QueryTimeoutError("locked")
        return process(self)

    with monkeypatch.context() as patch, pytest.raises(InboundMailError, match="locked"):
        patch.setattr(InboundMail, "process", sometimes_busy)
        pull(all_account)
    assert cases() == ["first", "last"]
    pull(all_account)
    assert cases() == ["busy", "first", "last"]


def test_a_mail_that_an_app_leaves_out_and_settles_does_not_hide_the_others(
    all_account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for subject in ("first", "automatic"):
        dovecot.deliver(user, make_mail(subject=subject), "Work")
    fetched = type(all_account).get_inbound_mails

    def without_automatic(self: Any) -> list[InboundMail]:
        mails = fetched(self)
        for mail in mails:
            if mail.subject == "automatic":
                self.settle(mail)
        row = frappe.db.get_value("IMAP Folder", {"parent": self.name}, "uidnext")
        assert row == "1", "the one before it is not safe yet"
        return [mail for mail in mails if mail.subject != "automatic"]

    monkeypatch.setattr(type(all_account), "get_inbound_mails", without_automatic)
    pull(all_account)
    assert cases() == ["first"]
    assert frappe.db.get_value("IMAP Folder", {"parent": all_account.name}, "uidnext") == "3"


@pytest.mark.parametrize(
    ("rule", "known", "what", "number"),
    [
        ("UNSEEN", Place(), "unseen", 0),
        ("UNSEEN", Place(7, 1, 20), "unseen", 0),
        ("ALL", Place(), "last", 250),
        ("ALL", Place(6, 15, 10), "last", 100),
        ("ALL", Place(7, 15, 10), "from", 15),
    ],
)
def test_what_is_fetched_follows_from_rule_and_numbering(rule: str, known: Place, what: str, number: int) -> None:
    decided = plan(rule, known, FolderStatus(7, 20), 250)
    assert (decided.what, decided.number) == (what, number)
    assert decided.place.uidvalidity == 7
    assert decided.is_renumbered == (known.uidvalidity == 6)


# -- size, POP3, failing servers --------------------------------------------------------------------------------------


def test_a_mail_beyond_all_measure_is_not_fetched(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(frappe.local.conf, "max_incoming_mail_size", 20_000)
    dovecot.deliver(user, make_mail(subject="huge", text="x\n" * 20_000))
    dovecot.deliver(user, make_mail(subject="small"))
    with pytest.raises(InboundMailError, match="bytes"):
        pull(account)
    assert cases() == ["small"]
    record = frappe.get_last_doc("Unhandled Email")
    assert "huge" in record.raw and len(record.raw) < 2000


def spoil(dovecot: Dovecot, user: str, text: str) -> None:
    """Make the server unable to read the mail that contains `text`."""
    for path in (dovecot.root / "mail" / user).rglob("*"):
        if path.is_file() and text in path.read_text(errors="replace") and path.parent.name in ("new", "cur"):
            path.chmod(0)


@pytest.mark.parametrize("rule", ["UNSEEN", "ALL"])
def test_a_mail_that_the_server_cannot_give_out_keeps_no_other_away(
    site: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch, rule: str
) -> None:
    make_case_doctype()
    account = make_imap_account(dovecot, user, append_to="Case", email_sync_option=rule)
    frappe.db.commit()
    for subject in ("one", "spoiled", "three"):
        dovecot.deliver(user, make_mail(subject=subject))
    spoil(dovecot, user, "Subject: spoiled")
    pull(account)
    pull(account)  # this server hangs up at such a mail, which therefore comes last now
    assert cases() == ["one", "three"]
    assert "fetching mail 2" in account.reload().last_incoming_error
    assert frappe.db.count("Unhandled Email") == 0, "it may be the server's mood; an hour is waited"
    real = time.time
    monkeypatch.setattr("frappe.email.troubled.time.time", lambda: real() + 3601)
    with pytest.raises(InboundMailError, match="does not give it out"):
        pull(account)
    pull(account)
    assert frappe.db.count("Unhandled Email") == 1
    assert not any("Seen" in flags for flags in dovecot.flags(user)[1:2])
    dovecot.deliver(user, make_mail(subject="four"))
    pull(account)
    assert cases() == ["four", "one", "three"]


def test_what_came_before_the_connection_broke_is_taken_in(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frappe.email.mailbox import FetchedMail, ImapMailbox, Listed

    for subject in ("one", "two"):
        dovecot.deliver(user, make_mail(subject=subject))
    fetch = ImapMailbox.fetch

    def break_at_the_second(self: ImapMailbox, mail: Listed, folder: str) -> FetchedMail:
        if mail.uid == "2":
            self._box.client.sock.shutdown(socket.SHUT_RDWR)
        return fetch(self, mail, folder)

    with monkeypatch.context() as patch:
        patch.setattr(ImapMailbox, "fetch", break_at_the_second)
        pull(account)
    assert cases() == ["one"] and account.reload().last_incoming_error
    pull(account)
    assert cases() == ["one", "two"] and not account.reload().last_incoming_error


def test_a_folder_that_was_renamed_keeps_no_other_away(account: Any, dovecot: Dovecot, user: str) -> None:
    account.append("imap_folder", {"folder_name": "Nowhere", "append_to": "Case"})
    account.imap_folder.reverse()
    account.save()
    frappe.db.commit()
    dovecot.deliver(user, make_mail(subject="one"))
    pull(account)
    assert cases() == ["one"]
    assert "Nowhere" in account.reload().last_incoming_error


def test_a_mail_removed_while_it_is_fetched_is_passed_over(
    account: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frappe.email.mailbox import ImapMailbox

    for subject in ("one", "two"):
        dovecot.deliver(user, make_mail(subject=subject))
    describe = ImapMailbox.describe

    def remove_the_first(self: ImapMailbox, uids: list[str]) -> Any:
        listed = describe(self, uids)
        other = ImapMailbox(self.server, user, PASSWORD)
        other.select("INBOX", writable=True)
        other._command("STORE", uids[0], "+FLAGS", r"(\Deleted)")
        other._box.client.expunge()
        other.close()
        return listed

    with monkeypatch.context() as patch:
        patch.setattr(ImapMailbox, "describe", remove_the_first)
        pull(account)
    assert cases() == ["two"]


def test_folders_may_be_called_anything(site: Any, dovecot: Dovecot, user: str) -> None:
    make_case_doctype()
    folder = 'Entwürfe & "Mehr"'
    ascii_name = 'Entw&APw-rfe &- \\"Mehr\\"'
    dovecot.deliver(user, make_mail(subject="one"), f'"{ascii_name}"')
    account = make_imap_account(dovecot, user, folder=folder, append_to="Case")
    frappe.db.commit()
    pull(account)
    assert cases() == ["one"], account.reload().last_incoming_error


def test_pop_mails_are_deleted_once_they_are_safe(site: Any, dovecot: Dovecot, user: str) -> None:
    make_case_doctype()
    port = str(dovecot.pop_port)
    account = make_imap_account(dovecot, user, use_imap=0, incoming_port=port, imap_folder=[])
    account.db_set("append_to", "Case")
    frappe.db.commit()
    dovecot.deliver(user, make_mail(subject="one"))
    dovecot.deliver(user, make_mail(subject="two"))
    pull(account)
    assert not account.reload().last_incoming_error
    assert cases() == ["one", "two"]
    assert dovecot.flags(user) == []


def test_a_server_that_is_down_is_noted_once_and_forgotten_when_it_is_back(
    account: Any, dovecot: Dovecot, user: str
) -> None:
    port = account.incoming_port
    account.db_set("incoming_port", str(free_port()), commit=True)
    pull(account)
    pull(account)
    account.reload()
    assert "connecting failed" in account.last_incoming_error and account.no_failed == 0
    assert frappe.db.count("Error Log") == 1
    account.db_set("incoming_port", port, commit=True)
    pull(account)
    assert not account.reload().last_incoming_error


def test_refused_logins_switch_the_account_off_in_the_end(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from frappe.email.mailbox import LoginRefused

    account = make_account(enable_incoming=1, use_imap=1, imap_folder=[{"folder_name": "INBOX"}])
    for _ in range(5):
        account.note_incoming_failure(LoginRefused("no"))
    assert frappe.db.get_value("Email Account", account.name, "enable_incoming") == 1
    account.note_incoming_failure(LoginRefused("no"))
    assert frappe.db.get_value("Email Account", account.name, "enable_incoming") == 0
    todos = frappe.get_all("ToDo", {"reference_type": "Email Account"}, pluck="description")
    assert todos and "switched off" in todos[0]


def test_pulling_queues_one_job_for_each_account(account: Any) -> None:
    from frappe.email.doctype.email_account.email_account import pull as pull_all

    pull_all()
    pull_all()
    frappe.db.commit()
    jobs = frappe.db.sql("select method from `__jobs`", pluck=True)
    assert jobs == ["frappe.email.doctype.email_account.email_account.pull_from_email_account"]


def test_wrong_settings_are_found_when_saving(
    site: Any, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frappe.local.flags, "in_test", False, raising=False)
    frappe.flags["in_test"] = False
    try:
        with pytest.raises(frappe.ValidationError, match="does not accept"):
            make_imap_account(dovecot, user, enable_outgoing=0, default_outgoing=0, password="wrong")
        make_imap_account(dovecot, user, enable_outgoing=0, default_outgoing=0, password=PASSWORD)
    finally:
        frappe.flags["in_test"] = True
