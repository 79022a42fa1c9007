"""What becomes of a mail: its conversation, who is let into it, its files, and who is answered by a machine."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest

import frappe
from frappe.email.conftest import make_account, make_case_doctype, make_mail
from frappe.email.receive import InboundMail, SentEmailInInboxError, name_for

CLEO, CARL, XENIA = "cleo@example.com", "carl@example.com", "xenia@attacker.example"


@pytest.fixture
def account(site: Any) -> Iterator[Any]:
    make_case_doctype()
    yield make_account(enable_incoming=1, append_to="Case", enable_auto_reply=1)
    frappe.flags.inbound_mail = None


def inbound(account: Any, raw: bytes | EmailMessage) -> InboundMail:
    content = raw.as_bytes() if isinstance(raw, EmailMessage) else raw
    return InboundMail(content, account, 1, None, account.append_to)


def take_in(account: Any, raw: bytes | EmailMessage) -> Any:
    return inbound(account, raw).process()


def start_case(account: Any, message_id: str = "<first@example.com>") -> Any:
    return take_in(account, make_mail(f"Cleo <{CLEO}>", message_id=message_id))


def reply_to(case: str, to: str = CLEO, **values: Any) -> Any:
    """An agent's answer on a case, queued."""
    communication = frappe.get_doc(
        {
            "doctype": "Communication",
            "communication_medium": "Email",
            "subject": "Re: Printer",
            "content": "Off and on",
            "sender": "support@example.org",
            "recipients": to,
            "reference_doctype": "Case",
            "reference_name": case,
            **values,
        }
    ).insert(ignore_permissions=True)
    return frappe.sendmail(
        recipients=to,
        subject="Re: Printer",
        content="Off and on",
        communication=communication.name,
        reference_doctype="Case",
        reference_name=case,
        cc=values.get("cc"),
    )


# -- finding the conversation -----------------------------------------------------------------------------------------


def test_an_answer_to_our_mail_joins_its_document(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    answer = take_in(account, make_mail(CLEO, "Re: Printer", In_Reply_To=f"<{row.message_id}>"))
    assert answer.reference_name == first.reference_name
    assert answer.in_reply_to == row.communication
    assert frappe.db.count("Case") == 1


def test_an_answer_is_found_when_the_queue_has_been_cleared(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    frappe.db.delete("Email Queue")
    answer = take_in(account, make_mail(CLEO, "Re: Printer", In_Reply_To=f"<{row.message_id}>"))
    assert answer.reference_name == first.reference_name


def test_an_answer_to_a_mail_without_communication_is_found_by_the_queue(account: Any) -> None:
    first = start_case(account)
    values = {"reference_doctype": "Case", "reference_name": first.reference_name}
    row = frappe.sendmail(recipients=CLEO, subject="We have it", content="x", **values)
    answer = take_in(account, make_mail(CLEO, "Re: other words", In_Reply_To=f"<{row.message_id}>"))
    assert answer.reference_name == first.reference_name


@pytest.mark.parametrize("subject", ["Re: Printer (#{name})", "AW: [Case #{name}]", "Re: RE: fwd: Printer"])
def test_number_or_subject_lead_the_same_sender_to_the_document(account: Any, subject: str) -> None:
    first = start_case(account)
    answer = take_in(account, make_mail(CLEO, subject.format(name=first.reference_name)))
    assert answer.reference_name == first.reference_name


def test_ids_are_compared_exactly(account: Any) -> None:
    first = start_case(account, "<MixedCase@example.com>")
    other = take_in(account, make_mail(CLEO, "Different", message_id="<mixedcase@example.com>"))
    assert other.name != first.name and other.reference_name != first.reference_name
    answer = take_in(account, make_mail(CLEO, "Another", In_Reply_To="<MIXEDCASE@EXAMPLE.COM>"))
    assert answer.reference_name not in (first.reference_name, other.reference_name)


def test_a_mail_without_id_is_recognized_by_what_it_says(account: Any) -> None:
    raw = make_mail(CLEO, message_id="<x@y>").replace(b"Message-ID: <x@y>\n", b"")
    assert b"Message-ID" not in raw
    first = take_in(account, raw)
    assert take_in(account, raw).name == first.name
    assert frappe.db.count("Case") == 1


def test_an_endless_id_is_stored_short_and_recognized(account: Any) -> None:
    raw = f"From: {CLEO}\r\nSubject: s\r\nMessage-ID: <{'x' * 10_000}@example.com>\r\n\r\nhi".encode()
    first = take_in(account, raw)
    assert len(first.message_id) < 100
    assert take_in(account, raw).name == first.name


def test_the_name_of_a_message_follows_from_its_id(account: Any) -> None:
    assert start_case(account).name == name_for("first@example.com")


def test_one_mail_to_two_of_our_mailboxes_is_one_document(account: Any) -> None:
    second = make_account(
        email_account_name="Sales", email_id="sales@example.org", append_to="Case", default_outgoing=0
    )
    raw = make_mail()
    take_in(account, raw)
    take_in(second, raw)
    assert frappe.db.count("Case") == 1


# -- being let in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", ["Re: Printer", "Re: Printer (#{name})"])
def test_a_stranger_cannot_join_by_id_nor_by_subject(account: Any, subject: str) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    for parent in (row.message_id, "first@example.com", f"{row.communication}@test.localhost"):
        mail = take_in(account, make_mail(XENIA, subject.format(name=first.reference_name), In_Reply_To=f"<{parent}>"))
        assert mail.reference_name != first.reference_name
        assert mail.in_reply_to is None


def test_a_stranger_cannot_join_by_writing_in_the_reply_to_of_somebody_else(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    raw = make_mail(XENIA, "Re: Printer", In_Reply_To=f"<{row.message_id}>", Reply_To=CLEO)
    assert take_in(account, raw).reference_name != first.reference_name


def test_who_was_only_in_copy_of_a_mail_from_outside_is_not_let_in(account: Any) -> None:
    first = take_in(account, make_mail(CLEO, message_id="<first@example.com>", Cc=XENIA))
    mail = take_in(account, make_mail(XENIA, "Re: Printer", In_Reply_To="<first@example.com>"))
    assert mail.reference_name != first.reference_name


def test_who_got_our_answer_in_copy_is_let_in(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name, cc=CARL)
    mail = take_in(account, make_mail(CARL, "Re: Printer", In_Reply_To=f"<{row.message_id}>"))
    assert mail.reference_name == first.reference_name


def test_whom_a_notification_went_to_may_answer_it(account: Any) -> None:
    first = start_case(account)
    about = {"reference_doctype": "Case", "reference_name": first.reference_name}
    row = frappe.sendmail(recipients="anna@example.org", subject="Assigned", content="x", is_notification=True, **about)
    mail = take_in(account, make_mail("anna@example.org", "Re: Assigned", In_Reply_To=f"<{row.message_id}>"))
    assert mail.reference_name == first.reference_name


FAILED = "mx.example.org; spf=fail smtp.mailfrom=example.com; dmarc=fail header.from=example.com"
PASSED = "mx.example.org; dmarc=pass header.from=example.com"


def test_a_forged_sender_is_not_let_in_where_our_server_says_so(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frappe.local.conf, "trusted_authserv_ids", ["mx.example.org"])
    first = start_case(account)
    row = reply_to(first.reference_name)
    parent = {"In_Reply_To": f"<{row.message_id}>"}
    forged = take_in(account, make_mail(CLEO, "Re: Printer", Authentication_Results=FAILED, **parent))
    assert forged.reference_name != first.reference_name
    foreign = FAILED.replace("mx.example.org", "mx.attacker.example")
    genuine = take_in(account, make_mail(CLEO, "Re: Printer", Authentication_Results=foreign, **parent))
    assert genuine.reference_name == first.reference_name
    passed = take_in(account, make_mail(CLEO, "Re: Printer", Authentication_Results=PASSED, **parent))
    assert passed.reference_name == first.reference_name


def test_a_colleagues_address_alone_opens_nothing_a_proven_one_does(
    account: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(frappe.local.conf, "trusted_authserv_ids", "mx.example.org")
    user = frappe.get_doc({"doctype": "User", "email": "anna@example.org", "first_name": "A", "send_welcome_email": 0})
    user.insert().add_roles("System Manager")
    first = start_case(account)
    subject = f"Note #{first.reference_name}"
    assert take_in(account, make_mail("anna@example.org", subject)).reference_name != first.reference_name
    proof = PASSED.replace("example.com", "example.org")
    mail = take_in(account, make_mail("anna@example.org", subject, Authentication_Results=proof))
    assert mail.reference_name == first.reference_name


def let_everybody_in(mail: Any, doc: Any, evidence: str) -> bool | None:
    """Stands for an app's hook."""
    return evidence == "message-id" or None


def test_an_app_decides_before_the_default_rule(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    hooks = {**frappe.get_hooks(), "inbound_mail_may_join": ["frappe.email.test_receive.let_everybody_in"]}
    monkeypatch.setattr(frappe, "get_hooks", lambda hook=None, default=None, **_: hooks.get(hook, default or []))
    mail = take_in(account, make_mail(XENIA, "Re: Printer", In_Reply_To=f"<{row.message_id}>"))
    assert mail.reference_name == first.reference_name


def test_a_mail_to_a_deleted_document_begins_a_new_one(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    frappe.delete_doc("Case", first.reference_name, force=True)
    mail = take_in(account, make_mail(CLEO, "Re: Printer", In_Reply_To=f"<{row.message_id}>"))
    assert mail.reference_doctype == "Case" and frappe.db.exists("Case", mail.reference_name)


# -- own mail and machines --------------------------------------------------------------------------------------------


def test_our_own_mail_is_not_taken_in(account: Any) -> None:
    with pytest.raises(SentEmailInInboxError):
        take_in(account, make_mail("Support <support@example.org>"))
    row = frappe.sendmail(recipients=CLEO, subject="s", content="x")
    with pytest.raises(SentEmailInInboxError):
        take_in(account, make_mail("other@example.org", message_id=f"<{row.message_id}>"))
    assert frappe.db.count("Case") == 0


def test_our_own_answer_coming_back_is_recognized(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    back = take_in(account, make_mail("support@example.org", "Re: Printer", message_id=f"<{row.message_id}>"))
    assert back.name == row.communication and frappe.db.count("Communication") == 2


def bounce_of(message_id: str) -> bytes:
    return (
        "From: Mail System <mailer-daemon@example.com>\r\nTo: support@example.org\r\nSubject: Undelivered\r\n"
        "Message-ID: <dsn@example.com>\r\nAuto-Submitted: auto-replied\r\nReturn-Path: <>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\r\n\r\n'
        "--b1\r\nContent-Type: text/plain\r\n\r\nNo such user\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Status: 5.1.1\r\n\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: <{message_id}>\r\n--b1--\r\n"
    ).encode()


def test_a_bounce_joins_the_document_and_marks_the_message(account: Any) -> None:
    first = start_case(account)
    row = reply_to(first.reference_name)
    bounce = take_in(account, bounce_of(row.message_id))
    assert (bounce.reference_name, bounce.communication_type) == (first.reference_name, "Automated Message")
    assert frappe.db.get_value("Communication", row.communication, "delivery_status") == "Bounced"


def answers_to(account: Any, raw: bytes) -> list[str]:
    """Take a mail in as a run would, and return whom the automatic answers went to."""
    from frappe.email.reception import Reception

    before = set(frappe.get_all("Email Queue", pluck="name"))
    Reception(account)._take_in(inbound(account, raw))
    rows = set(frappe.get_all("Email Queue", pluck="name")) - before
    return list(frappe.get_all("Email Queue Recipient", {"parent": ["in", list(rows) or [""]]}, pluck="recipient"))


def test_a_person_is_answered_and_a_machine_is_not(account: Any) -> None:
    assert answers_to(account, make_mail(CLEO)) == [CLEO]
    queued = frappe.get_last_doc("Email Queue").message
    assert "Auto-Submitted: auto-replied" in queued and "X-Auto-Response-Suppress: All" in queued
    for number, mark in enumerate(
        ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<l>"}, {"Return_Path": "<>"})
    ):
        assert answers_to(account, make_mail(CARL, f"Automatic {number}", **mark)) == []
    assert answers_to(account, bounce_of("unknown@test.localhost")) == []
    assert answers_to(account, make_mail("no-reply@example.com", "News")) == []


def test_a_machine_without_any_mark_is_answered_a_few_times_only(account: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frappe.local.conf, "max_automatic_answers_per_hour", 3)
    answered = [bool(answers_to(account, make_mail(CARL, f"Out of office {number}"))) for number in range(6)]
    assert answered == [True, True, True, False, False, False]
    assert frappe.db.count("Case") == 6


def test_an_apps_acknowledgement_to_a_machine_is_held_back(account: Any) -> None:
    frappe.flags.inbound_mail = inbound(account, make_mail(CARL, Auto_Submitted="auto-replied"))
    mark = {"X-Auto-Generated": "hd-acknowledgement"}
    assert frappe.sendmail(recipients=CARL, subject="s", content="x", email_headers=mark) == []
    assert frappe.sendmail(recipients=CARL, subject="s", content="a person's answer") != []
    assert frappe.sendmail(recipients=CLEO, subject="s", content="x", email_headers=mark) != []


# -- content ----------------------------------------------------------------------------------------------------------


def rich_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = CLEO, "support@example.org", "Picture"
    mail["Message-ID"] = "<rich@example.com>"
    mail.set_content("plain")
    mail.add_alternative("<p onclick='x()'>rich <img src='cid:pic@x'><script>evil()</script></p>", subtype="html")
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG", "image", "png", cid="<pic@x>", filename="../../pic.png")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Übersicht \u202efdp.exe")
    return mail


def test_attachments_are_private_files_and_inline_pictures_are_shown(account: Any) -> None:
    communication = take_in(account, rich_mail())
    files = {
        file.file_name: file
        for file in frappe.get_all(
            "File", {"attached_to_name": communication.name}, ["name", "file_name", "file_url", "is_private"]
        )
    }
    assert set(files) == {"pic.png", "Übersicht fdp.exe"} and all(file.is_private for file in files.values())
    content = frappe.db.get_value("Communication", communication.name, "content")
    assert f"{files['pic.png'].file_url}?fid={files['pic.png'].name}" in content
    assert "<script" not in content and "onclick" not in content
    assert frappe.db.get_value("Communication", communication.name, "text_content").strip() == "plain"


def test_attachments_beyond_the_limit_are_named_in_the_message(account: Any) -> None:
    account.attachment_limit = 1
    mail = rich_mail()
    mail.add_attachment(b"x" * 2_000_000, maintype="application", subtype="zip", filename="<b>big.zip")
    communication = take_in(account, mail)
    assert frappe.db.count("File", {"attached_to_name": communication.name}) == 2
    assert "&lt;b&gt;big.zip (1953 KB)" in frappe.db.get_value("Communication", communication.name, "content")


def test_reply_to_stands_for_the_sender_unless_it_is_ours(account: Any) -> None:
    assert take_in(account, make_mail("Form <form@shop.example>", Reply_To=CLEO)).sender == CLEO
    ours = take_in(account, make_mail(CARL, "Other", Reply_To="support@example.org"))
    assert ours.sender == CARL


def test_a_thousand_recipients_are_kept_without_a_thousand_contacts(account: Any) -> None:
    account.db_set("create_contact", 1)
    frappe.clear_document_cache("Email Account", account.name)
    cc = ", ".join(f"u{number}@example.net" for number in range(1000))
    communication = take_in(account, make_mail(CLEO, Cc=cc))
    assert "u999@example.net" in communication.cc
    assert frappe.get_all("Contact Email", pluck="email_id") == [CLEO]
    assert [row.link_doctype for row in communication.timeline_links] == ["Contact"]


def test_taking_in_a_mail_takes_few_statements(account: Any) -> None:
    for number in range(2):
        before = frappe.db.statement_count
        take_in(account, make_mail(CLEO, f"Number {number}"))
    assert frappe.db.statement_count - before <= 18
