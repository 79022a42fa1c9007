"""Moving and marking received messages."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.email import inbox


def make_message(**values: Any) -> Any:
    given = {"doctype": "Communication", "communication_medium": "Email", "subject": "s", "content": "c", **values}
    return frappe.get_doc(given).insert(ignore_permissions=True)


def test_spam_is_put_away_now_and_later(site: Any) -> None:
    message = make_message(sender="x@spam.example", sent_or_received="Received")
    inbox.mark_as_spam(message.name, "x@spam.example")
    assert message.reload().email_status == "Spam"
    assert make_message(sender="x@spam.example", sent_or_received="Received").email_status == "Spam"


def test_a_message_is_moved_to_another_document_by_those_who_may(site: Any) -> None:
    message = make_message()
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    inbox.link_communication_to_document(message.name, "ToDo", todo.name)
    assert message.reload().reference_name == todo.name
    user = frappe.get_doc({"doctype": "User", "email": "xenia@example.org", "first_name": "X", "send_welcome_email": 0})
    frappe.set_user(user.insert().name)
    with pytest.raises(frappe.PermissionError):
        inbox.mark_as_trash(message.name)
    with pytest.raises(frappe.PermissionError):
        inbox.link_communication_to_document(message.name, "ToDo", todo.name)


def test_only_two_states_exist(site: Any) -> None:
    message = make_message()
    with pytest.raises(frappe.ValidationError):
        inbox.mark_as_closed_open(message.name, "Linked")
    inbox.mark_as_closed_open(message.name, "Closed")
    assert message.reload().status == "Closed"
