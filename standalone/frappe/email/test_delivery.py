"""The queue against a real server: nothing lost, nothing twice, everybody's state known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

import frappe
from frappe.email import delivery, queue
from frappe.email.conftest import PASSWORD, Postbox, free_port, make_account
from frappe.utils import now_datetime


@pytest.fixture
def outbox(site: Any, postbox: Postbox) -> Iterator[Postbox]:
    """A site whose default account sends to a real server."""
    make_account(smtp_port=str(postbox.port))
    frappe.flags.testing_email = True
    yield postbox
    frappe.flags.testing_email = False


def send(**values: Any) -> Any:
    given = {"recipients": ["cleo@example.com"], "subject": "Hello", "content": "<p>Hi</p>", **values}
    row = frappe.sendmail(**given)
    frappe.db.commit()
    return row


def taken(outbox: Postbox) -> list[EmailMessage]:
    found = [message_from_bytes(bytes(each.original_content or b""), policy=policy.default) for each in outbox.received]
    return [mail for mail in found if isinstance(mail, EmailMessage)]


def test_a_mail_leaves_by_a_job_after_the_commit_and_not_before(outbox: Postbox) -> None:
    row = frappe.sendmail(recipients=["cleo@example.com"], subject="Hello", content="x")
    assert outbox.received == []
    frappe.db.commit()
    jobs = frappe.db.sql("select method from `__jobs`", pluck=True)
    assert jobs == ["frappe.email.delivery.deliver"]
    assert delivery.deliver(row.name) == "Sent"
    (mail,) = taken(outbox)
    assert mail["Message-ID"] == f"<{row.message_id}>"
    assert (row.reload().status, row.recipients[0].status) == ("Sent", "Sent")


def test_a_mail_of_a_transaction_that_failed_does_not_exist(outbox: Postbox) -> None:
    row = frappe.sendmail(recipients=["cleo@example.com"], subject="Hello", content="x")
    frappe.db.rollback()
    queue.flush()
    assert outbox.received == [] and not frappe.db.exists("Email Queue", row.name)


def test_a_sent_mail_is_not_sent_again(outbox: Postbox) -> None:
    row = send()
    assert [delivery.deliver(row.name) for _ in range(3)] == ["Sent", None, None]
    queue.flush()
    assert len(outbox.received) == 1


def test_a_row_that_somebody_holds_is_left_alone_until_the_lease_runs_out(outbox: Postbox) -> None:
    row = send()
    assert delivery._claim(row.name, force=False)
    assert delivery._claim(row.name, force=False) is None
    assert delivery._claim(row.name, force=True) is None
    assert delivery.due(10) == []
    frappe.db.set_value("Email Queue", row.name, "lease_until", delivery._utc_now() - timedelta(seconds=1))
    assert delivery.due(10) == [row.name]
    assert delivery.deliver(row.name) == "Sent"


def test_killed_after_the_server_took_it_the_same_message_is_sent_again(
    outbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = send()

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(delivery._Delivery, "_record", die)
        delivery.deliver(row.name)
    frappe.db.rollback()
    assert frappe.db.get_value("Email Queue", row.name, "status") == "Sending"
    frappe.db.set_value("Email Queue", row.name, "lease_until", delivery._utc_now() - timedelta(seconds=1))
    frappe.db.commit()
    queue.flush()
    ids = [mail["Message-ID"] for mail in taken(outbox)]
    assert len(ids) == 2 and len(set(ids)) == 1


def test_whoever_lost_the_lease_stops(outbox: Postbox) -> None:
    row = send(recipients=["a@example.com", "b@example.com"])
    lease = delivery._claim(row.name, force=False)
    assert lease
    frappe.db.set_value("Email Queue", row.name, "lease_owner", "somebody else")
    frappe.db.commit()
    with delivery.Servers() as servers:
        delivery._Delivery(row.name, lease, servers).run()
    assert outbox.received == []
    assert frappe.db.get_value("Email Queue", row.name, "lease_owner") == "somebody else"


def test_everybody_gets_his_own_mail_and_sees_nobody_else(outbox: Postbox) -> None:
    delivery.deliver(send(recipients=["a@example.com"], cc=["b@example.com"], bcc="c@example.com").name)
    assert sorted(mail["To"] for mail in taken(outbox)) == ["a@example.com", "b@example.com", "c@example.com"]
    assert all(mail["Cc"] is None and mail["Bcc"] is None for mail in taken(outbox))


def test_exposed_recipients_are_one_mail_for_all_with_bcc_hidden(outbox: Postbox) -> None:
    row = send(recipients=["a@example.com"], cc=["b@example.com"], bcc=["c@example.com"], expose_recipients="header")
    delivery.deliver(row.name)
    (mail,) = taken(outbox)
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == ("a@example.com", "b@example.com", None)
    assert outbox.received[0].rcpt_tos == ["a@example.com", "b@example.com", "c@example.com"]


def test_who_was_refused_for_good_is_not_tried_again_and_the_others_have_it(outbox: Postbox) -> None:
    outbox.refuse = {"gone@example.com": "550 unknown", "full@example.com": "452 full"}
    row = send(recipients=["ok@example.com", *outbox.refuse], expose_recipients="header")
    assert delivery.deliver(row.name) == "Partially Sent"
    states = {each.recipient: each.status for each in row.reload().recipients}
    assert states == {"ok@example.com": "Sent", "gone@example.com": "Error", "full@example.com": "Not Sent"}
    assert row.retry == 1 and row.retry_after > now_datetime()
    outbox.refuse.pop("full@example.com")
    frappe.db.set_value("Email Queue", row.name, "retry_after", None)
    assert delivery.deliver(row.name) == "Error"
    assert [each.rcpt_tos for each in outbox.received] == [["ok@example.com"], ["full@example.com"]]
    assert "gone@example.com: 127.0.0.1 answered 550" in row.reload().error


def test_after_the_limit_of_attempts_it_is_given_up_and_the_owner_told(outbox: Postbox) -> None:
    user = make_user("anna@example.org")
    frappe.set_user(user)
    row = send(communication=make_communication().name)
    frappe.set_user("Administrator")
    outbox.answer = "451 later"
    statuses = []
    for _ in range(3):
        frappe.db.set_value("Email Queue", row.name, "retry_after", None)
        statuses.append(delivery.deliver(row.name))
    assert statuses == ["Not Sent", "Not Sent", "Error"]
    assert frappe.db.get_value("Communication", row.communication, "delivery_status") == "Error"
    jobs = frappe.db.sql("select method from `__jobs`", pluck=True)
    told = frappe.get_all("Notification Log", {"for_user": user}, pluck="subject")
    assert told or any("notification" in job for job in jobs)


def make_user(email: str) -> str:
    user = frappe.get_doc({"doctype": "User", "email": email, "first_name": "Anna", "send_welcome_email": 0})
    return str(user.insert(ignore_permissions=True).name)


def make_communication(**values: Any) -> Any:
    given = {
        "doctype": "Communication",
        "communication_medium": "Email",
        "subject": "Hello",
        "content": "Hi",
        "recipients": "cleo@example.com",
        **values,
    }
    return frappe.get_doc(given).insert(ignore_permissions=True)


def test_a_server_that_is_down_costs_no_attempts(site: Any) -> None:
    account = make_account(smtp_port=str(free_port()))
    frappe.flags.testing_email = True
    row = send()
    assert delivery.deliver(row.name) == "Not Sent"
    row.reload()
    assert row.retry == 0 and row.retry_after > now_datetime() and "cannot be reached" in row.error
    assert "cannot be reached" in account.reload().last_outgoing_error
    frappe.db.sql(
        "update `tabEmail Queue` set creation = %s, retry_after = null", (now_datetime() - timedelta(days=2),)
    )
    assert delivery.deliver(row.name) == "Error"
    frappe.flags.testing_email = False


def test_the_state_of_delivery_is_on_the_communication(outbox: Postbox) -> None:
    communication = make_communication()
    row = send(communication=communication.name)
    communication.reload()
    assert (communication.delivery_status, communication.message_id) == ("Sending", row.message_id)
    delivery.deliver(row.name)
    assert communication.reload().delivery_status == "Sent"


def test_an_answer_carries_the_thread_of_its_document(outbox: Postbox) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    about = {"reference_doctype": "ToDo", "reference_name": todo.name}
    first = make_communication(message_id="first@example.com", sent_or_received="Received", **about)
    second = make_communication(message_id="second@example.org", in_reply_to=first.name, **about)
    delivery.deliver(send(in_reply_to=second.name, **about).name)
    delivery.deliver(send(in_reply_to="<first@example.com>", **about).name)
    delivery.deliver(send(in_reply_to="<elsewhere@example.net>").name)
    mails = taken(outbox)
    assert mails[0]["In-Reply-To"] == "<second@example.org>"
    assert mails[0]["References"] == "<first@example.com> <second@example.org>"
    assert mails[1]["References"] == "<first@example.com>"
    assert mails[2]["In-Reply-To"] == mails[2]["References"] == "<elsewhere@example.net>"


def make_file(name: str, content: bytes, **values: Any) -> Any:
    return frappe.get_doc(
        {"doctype": "File", "file_name": name, "content": content, "is_private": 1, **values}
    ).insert()


def test_files_are_read_when_the_mail_leaves_and_stored_once(outbox: Postbox) -> None:
    stored = make_file("a.txt", b"stored")
    row = send(
        attachments=[{"fid": stored.name}, {"file_url": stored.file_url}, {"fname": "b.bin", "fcontent": b"\x00given"}]
    )
    assert len(json.loads(row.attachments)) == 3
    delivery.deliver(row.name)
    files = {part.get_filename(): part.get_content() for part in taken(outbox)[0].iter_attachments()}
    assert files == {"a.txt": "stored", "b.bin": b"\x00given"}


def test_a_file_that_was_deleted_meanwhile_is_named(outbox: Postbox) -> None:
    stored = make_file("a.txt", b"stored")
    row = send(attachments=[{"fid": stored.name, "fname": "offer.txt"}])
    frappe.delete_doc("File", stored.name)
    frappe.db.commit()
    assert delivery.deliver(row.name) == "Error"
    assert "offer.txt does not exist any more" in row.reload().error


def test_pictures_travel_inside_of_the_mail_only_where_it_has_a_right_to_them(outbox: Postbox) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    other = frappe.get_doc({"doctype": "ToDo", "description": "y"}).insert()
    own = make_file("own.png", b"\x89own", attached_to_doctype="ToDo", attached_to_name=todo.name)
    foreign = make_file("foreign.png", b"\x89foreign", attached_to_doctype="ToDo", attached_to_name=other.name)
    html = f'<img embed="{own.file_url}"><img src="{foreign.file_url}" embed="{foreign.file_url}" alt="x">'
    delivery.deliver(send(content=html, reference_doctype="ToDo", reference_name=todo.name).name)
    (mail,) = taken(outbox)
    assert [part.get_filename() for part in mail.walk() if part.get_content_maintype() == "image"] == ["own.png"]
    body = mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    inline = next(part for part in mail.walk() if part.get_filename() == "own.png")
    assert f"cid:{inline['Content-ID'].strip('<>')}" in body
    assert f'src="http://test.localhost{foreign.file_url}"' in body


def test_unsubscribing_works_by_a_signed_link_without_login(outbox: Postbox, client: Any) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    about = {"reference_doctype": "ToDo", "reference_name": todo.name, "unsubscribe_message": "No more"}
    delivery.deliver(send(**about).name)
    (mail,) = taken(outbox)
    link = mail["List-Unsubscribe"].strip("<>").removeprefix("http://test.localhost")
    assert link.replace("&", "&amp;") in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert client.get(link.replace("cleo", "carl")).status_code == 403
    assert client.get(link).status_code == 200
    assert send(**about) == []
    assert send(reference_doctype="ToDo", reference_name="another") != []


def test_one_click_in_the_mail_program_unsubscribes(outbox: Postbox, client: Any) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    about = {"reference_doctype": "ToDo", "reference_name": todo.name, "unsubscribe_message": "No more"}
    frappe.conf["host_name"] = "https://desk.example.com"
    delivery.deliver(send(**about).name)
    (mail,) = taken(outbox)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = mail["List-Unsubscribe"].strip("<>").removeprefix("https://desk.example.com")
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send(**about) == []


def test_one_click_is_offered_only_where_our_own_page_answers_over_https(outbox: Postbox) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    about = {"reference_doctype": "ToDo", "reference_name": todo.name, "unsubscribe_message": "No more"}
    delivery.deliver(send(**about).name)
    frappe.conf["host_name"] = "https://desk.example.com"
    delivery.deliver(send(unsubscribe_method="/api/method/app.leave", **about).name)
    mails = taken(outbox)
    assert [bool(mail["List-Unsubscribe"]) for mail in mails] == [True, True]
    assert [mail["List-Unsubscribe-Post"] for mail in mails] == [None, None]


def test_nothing_leaves_while_sending_is_stopped_or_muted(outbox: Postbox) -> None:
    row = send()
    frappe.db.set_default("suspend_email_queue", 1)
    queue.flush()
    assert delivery.deliver(row.name) is None
    frappe.db.set_default("suspend_email_queue", 0)
    frappe.flags.mute_emails = True
    queue.flush()
    frappe.flags.mute_emails = False
    assert outbox.received == []
    queue.flush()
    assert len(outbox.received) == 1


def test_a_mail_for_later_waits(outbox: Postbox) -> None:
    send(send_after=now_datetime() + timedelta(hours=1))
    queue.flush()
    assert outbox.received == []


def test_an_address_that_is_none_queues_nothing_and_is_logged(outbox: Postbox) -> None:
    assert send(recipients=["ok@example.com", "not an address"]) == []
    assert frappe.db.count("Email Queue") == 0
    assert "not an address" in frappe.get_last_doc("Error Log").error


def test_without_an_account_the_caller_is_told(site: Any) -> None:
    with pytest.raises(frappe.OutgoingEmailError):
        frappe.sendmail(recipients=["a@example.com"], subject="x", content="x")


def test_in_tests_the_last_message_is_kept_and_nothing_is_delivered(site: Any) -> None:
    make_account(smtp_port=str(free_port()))
    row = frappe.sendmail(recipients=["a@example.com"], subject="Kept", content="x", now=True)
    assert "Subject: Kept" in frappe.flags.sent_mail
    assert row.reload().status == "Sent"


def test_a_test_mail_says_what_is_wrong(outbox: Postbox) -> None:
    from frappe.email.doctype.email_account.email_account import test_outgoing as send_test_mail

    assert send_test_mail("Support", "a@example.com")["sent"]
    outbox.answer = "554 spam"
    with pytest.raises(frappe.OutgoingEmailError, match="554 spam"):
        send_test_mail("Support", "a@example.com")
    assert "554 spam" in frappe.db.get_value("Email Account", "Support", "last_outgoing_error")


def test_the_password_is_used_from_its_safe_place(site: Any, postbox: Postbox) -> None:
    values = {"no_smtp_authentication": 0, "password": PASSWORD, "smtp_port": str(postbox.port)}
    make_account(**values)
    frappe.flags.testing_email = True
    assert delivery.deliver(send().name) == "Sent"
    frappe.flags.testing_email = False
    assert postbox.logins == ["support@example.org"]


def test_old_mails_are_cleared_with_their_files_and_waiting_ones_stay(outbox: Postbox) -> None:
    done = send(attachments=[{"fname": "b.bin", "fcontent": b"\x00given"}])
    delivery.deliver(done.name)
    waiting = send()
    frappe.db.sql("update `tabEmail Queue` set creation = %s", (now_datetime() - timedelta(days=60),))
    queue.clear_queue()
    assert frappe.get_all("Email Queue", pluck="name") == [waiting.name]
    assert frappe.db.count("File", {"file_name": "b.bin"}) == 0


def test_queueing_a_reply_takes_few_statements(outbox: Postbox) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    about = {"reference_doctype": "ToDo", "reference_name": todo.name}
    communication = make_communication(**about)
    for _ in range(2):
        before = frappe.db.statement_count
        frappe.sendmail(
            recipients=["a@x.example", "b@x.example"],
            subject="s",
            content="x",
            communication=communication.name,
            **about,
        )
    assert frappe.db.statement_count - before <= 6
