"""What the arguments of `frappe.sendmail` do to the mails that a server takes."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.email import queue
from frappe.email.conftest import Postbox
from frappe.email.test_delivery import outbox, send, taken
from frappe.jobs import drain

__all__ = ["outbox"]

TAKEN_OVER: list[tuple[str, Any]] = []


def mark(message: Any) -> None:
    message["X-Tag"] = "yes"


def take_over(row: Any, sender: str, recipient: str, message: Any) -> None:
    TAKEN_OVER.append((recipient, message["X-Tag"]))


def test_separate_mails_name_one_recipient_each(outbox: Postbox) -> None:
    send(recipients=["a@example.com", "b@example.com"], cc=["c@example.com"], queue_separately=True)
    queue.flush()
    assert sorted(mail["To"] for mail in taken(outbox)) == ["a@example.com", "b@example.com", "c@example.com"]


def test_many_recipients_are_a_job_of_single_mails(outbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(frappe.flags, "in_test", False)
    assert send(recipients=[f"person{number}@example.com" for number in range(101)]) is None
    assert frappe.db.count("Email Queue") == 0
    drain()
    frappe.db.commit()
    queue.flush()
    assert {len(envelope.rcpt_tos) for envelope in outbox.received} == {1} and len(outbox.received) == 101


def test_a_footer_may_name_everybody(outbox: Postbox) -> None:
    send(recipients=["a@example.com", "b@example.com"], expose_recipients="footer")
    queue.flush()
    mail = taken(outbox)[0]
    assert "a@example.com, b@example.com" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert mail["To"] == "a@example.com"


def test_important_mails_leave_first(outbox: Postbox) -> None:
    for priority in (0, 2, 1):
        send(subject=f"priority {priority}", send_priority=priority)
    queue.flush()
    assert [mail["Subject"] for mail in taken(outbox)] == ["priority 2", "priority 1", "priority 0"]


def test_headers_that_the_caller_wants_are_there(outbox: Postbox) -> None:
    wanted = {"email_headers": {"X-Mine": "1"}, "in_reply_to": "<a@example.com>", "x_priority": 1}
    send(reply_to="desk@example.com", read_receipt=1, **wanted)
    queue.flush()
    (mail,) = taken(outbox)
    names = ("Reply-To", "X-Mine", "In-Reply-To", "X-Priority")
    assert [mail[name] for name in names] == ["desk@example.com", "1", "<a@example.com>", "1"]
    assert mail["Disposition-Notification-To"] == mail["From"]


def test_apps_change_the_message_and_send_it_themselves(outbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = {
        "make_email_body_message": ["frappe.email.test_sending.mark"],
        "override_email_send": ["frappe.email.test_sending.take_over"],
    }
    real = frappe.get_hooks
    monkeypatch.setattr(frappe, "get_hooks", lambda name=None, *a, **k: hooks.get(name) or real(name, *a, **k))
    TAKEN_OVER.clear()
    row = send()
    queue.flush()
    assert TAKEN_OVER == [("cleo@example.com", "yes")]
    assert outbox.received == [] and row.reload().status == "Sent"


def test_a_mail_too_large_for_the_server_is_given_up_with_its_words(outbox: Postbox) -> None:
    outbox.answer = "552 5.3.4 message too large"
    row = send()
    queue.flush()
    row.reload()
    assert row.status == "Error" and "message too large" in row.error
