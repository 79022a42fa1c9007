"""Messages about documents: what is filled in, who is told, who gets the mail."""

from __future__ import annotations

import json
from typing import Any

import pytest

import frappe
from frappe.core.doctype.communication.communication import Communication
from frappe.core.doctype.communication.email import make
from frappe.email.conftest import make_account
from frappe.utils import add_to_date


def create_email_account(**values: Any) -> Any:
    """An account for sending and receiving; other apps' tests use it by this name."""
    given = {"enable_incoming": 1, "default_incoming": 1, "imap_folder": [], "append_to": "", **values}
    return make_account(**given)


def make_todo(**values: Any) -> Any:
    return frappe.get_doc({"doctype": "ToDo", "description": "Call back", **values}).insert()


def about(doc: Any) -> dict[str, Any]:
    return {"reference_doctype": doc.doctype, "reference_name": doc.name}


def make_communication(**values: Any) -> Any:
    given = {"doctype": "Communication", "communication_medium": "Email", "subject": "Hello", "content": "<p>Hi</p>"}
    return frappe.get_doc({**given, **values}).insert(ignore_permissions=True)


def make_user(email: str, *roles: str, **values: Any) -> str:
    given = {"doctype": "User", "email": email, "first_name": email.partition("@")[0].title(), "send_welcome_email": 0}
    user = frappe.get_doc({**given, **values}).insert(ignore_permissions=True)
    user.add_roles(*roles)
    return str(user.name)


# -- saving -----------------------------------------------------------------------------------------------------------


def test_what_is_not_said_is_filled_in(site: Any) -> None:
    message = make_communication(subject=None, content="<p>Hello <b>there</b></p>", sender="Anna <anna@example.org>")
    assert (message.subject, message.sent_or_received, message.seen) == ("Hello there", "Sent", 1)
    assert (message.sender, message.sender_full_name) == ("anna@example.org", "Anna")
    assert (message.status, message.user) == ("Open", "Administrator")
    linked = make_communication(**about(make_todo()))
    assert (linked.status, linked.reference_owner) == ("Linked", "Administrator")


def test_addresses_are_checked_unless_the_mail_came_in(site: Any) -> None:
    with pytest.raises(frappe.InvalidEmailAddressError):
        make_communication(cc="no address")
    message = frappe.get_doc({"doctype": "Communication", "subject": "x", "content": "x", "cc": "undisclosed"})
    message.flags.in_receive = True
    assert message.insert(ignore_permissions=True).cc == "undisclosed"


def test_a_message_cannot_be_about_itself(site: Any) -> None:
    first = make_communication()
    second = make_communication(reference_doctype="Communication", reference_name=first.name)
    assert frappe.db.get_value("Communication", first.name, "status") == "Replied"
    first.reload()
    first.reference_doctype, first.reference_name = "Communication", second.name
    with pytest.raises(frappe.ValidationError, match="about itself"):
        first.save()


def test_hostile_html_is_cleaned(site: Any) -> None:
    content = make_communication(content="<p onclick='x'>a<script>b</script><img src=x onerror=y></p>").content
    assert "<script" not in content and "onerror" not in content and "onclick" not in content


def test_people_are_linked_once(site: Any) -> None:
    contact = frappe.get_doc({"doctype": "Contact", "first_name": "Cleo"})
    contact.add_email("cleo@example.com", is_primary=True)
    contact.insert()
    todo = make_todo()
    message = make_communication(recipients="Cleo <CLEO@example.com>", cc="cleo@example.com", **about(todo))
    assert [(row.link_doctype, row.link_name) for row in message.timeline_links] == [("Contact", contact.name)]
    before = frappe.db.statement_count
    message.reload()
    message.save()
    assert len(message.timeline_links) == 1 and frappe.db.statement_count > before


def test_spam_is_marked_by_rule(site: Any) -> None:
    frappe.get_doc({"doctype": "Email Rule", "email_id": "x@spam.example", "is_spam": 1}).insert()
    message = make_communication(sender="x@spam.example", sent_or_received="Received")
    assert message.email_status == "Spam"


def test_the_document_carries_its_latest_messages(site: Any) -> None:
    todo = make_todo()
    message = make_communication(content=f"<p>{'long ' * 40}</p>", sender="anna@example.org", **about(todo))
    todo.add_comment("Comment", "A note")
    (first, second) = json.loads(frappe.db.get_value("ToDo", todo.name, "_comments"))
    assert first["by"] == "anna@example.org" and first["name"] == message.name
    assert len(first["comment"]) == 100 and first["comment"].endswith("...")
    assert second["comment"] == "A note"
    message.delete()
    assert len(json.loads(frappe.db.get_value("ToDo", todo.name, "_comments"))) == 1


def test_finding(site: Any) -> None:
    message = make_communication(message_id="a@b")
    assert Communication.find(message.name).name == message.name
    assert Communication.find("missing", ignore_error=True) is None
    with pytest.raises(frappe.DoesNotExistError):
        Communication.find("missing")
    assert Communication.find_one_by_filters(message_id="a@b").name == message.name
    assert Communication.find_one_by_filters(message_id="c@d", order_by="creation desc") is None


# -- rights -----------------------------------------------------------------------------------------------------------


def test_a_message_is_read_by_those_who_may_read_its_document(site: Any) -> None:
    anna, arne = make_user("anna@example.org", "Inbox User"), make_user("arne@example.org", "Inbox User")
    frappe.set_user(anna)
    todo = make_todo(allocated_to=anna)
    frappe.set_user("Administrator")
    message = frappe.get_doc("Communication", make_communication(**about(todo)).name)
    assert message.has_permission("read", user=anna)
    assert not message.has_permission("read", user=arne)


def test_lists_show_mails_of_ones_own_accounts_only(site: Any) -> None:
    create_email_account()
    anna = make_user("anna@example.org", "Inbox User", user_emails=[{"email_account": "Support"}])
    arne = make_user("arne@example.org", "Inbox User")
    make_communication(email_account="Support", subject="mail")
    make_communication(communication_medium="Phone", subject="call")
    frappe.set_user(anna)
    assert frappe.get_list("Communication", pluck="subject") == ["mail"]
    frappe.set_user(arne)
    assert frappe.get_list("Communication", pluck="subject") == ["call"]


# -- sending ----------------------------------------------------------------------------------------------------------


def recipients_of(row: Any) -> list[str]:
    return [each.recipient for each in row.recipients]


def test_make_stores_a_message_and_mails_it(site: Any) -> None:
    create_email_account()
    todo = make_todo()
    file = frappe.get_doc({"doctype": "File", "file_name": "a.txt", "content": "x", "is_private": 1}).insert()
    answer = make(
        doctype="ToDo",
        name=todo.name,
        content="<p>Hi</p>",
        subject="Hello",
        recipients="cleo@example.com",
        cc="carl@example.com",
        send_email=True,
        attachments=json.dumps([file.name, {"fname": "b.txt", "fcontent": "y"}]),
    )
    message = frappe.get_doc("Communication", answer["name"])
    row = frappe.get_last_doc("Email Queue")
    assert (row.communication, row.message_id) == (message.name, message.message_id)
    assert recipients_of(row) == ["cleo@example.com", "carl@example.com"]
    assert len(json.loads(row.attachments)) == len(message.get_attachments()) == 2
    assert file.reload().attached_to_name is None
    assert frappe.db.count("File", {"file_url": file.file_url}) == 2
    assert "Reply-To: support@example.org" in row.message


def test_make_needs_the_right_to_mail_and_ones_own_name(site: Any) -> None:
    create_email_account()
    anna, arne = make_user("anna@example.org", "System Manager"), make_user("arne@example.org")
    todo = make_todo()
    frappe.set_user(arne)
    with pytest.raises(frappe.PermissionError):
        make(doctype="ToDo", name=todo.name, content="x", subject="x", recipients="a@example.com")
    with pytest.raises(frappe.PermissionError, match="as"):
        make(content="x", subject="x", recipients="a@example.com", sender=f"Boss <{anna}>")
    assert frappe.db.count("Communication") == 0


def test_make_copies_no_file_that_the_caller_may_not_read(site: Any) -> None:
    file = frappe.get_doc({"doctype": "File", "file_name": "a.txt", "content": "x", "is_private": 1}).insert()
    frappe.set_user(make_user("arne@example.org"))
    with pytest.raises(frappe.PermissionError):
        make(content="x", subject="x", recipients="a@example.com", attachments=[file.name])


def test_a_mail_from_outside_goes_to_those_in_charge(site: Any) -> None:
    create_email_account()
    anna, arne = make_user("anna@example.org", "System Manager"), make_user("arne@example.org", "System Manager")
    mona = make_user("mona@example.org", "System Manager", thread_notify=0)
    frappe.set_user(anna)
    todo = make_todo()
    frappe.set_user("Administrator")
    for user in (arne, mona):
        make_todo(allocated_to=user, reference_type="ToDo", reference_name=todo.name)
    values = {"sent_or_received": "Received", "sender": "cleo@example.com", **about(todo)}
    message = make_communication(message_id="in@example.com", **values)
    row = message.send_email(is_inbound_mail_communcation=True)
    assert recipients_of(row) == [anna, arne]
    assert row.message_id != "in@example.com" and message.reload().message_id == "in@example.com"
    assert "Auto-Submitted: auto-generated" in row.message
    already = make_communication(recipients=f"{anna}, {arne}", **values)
    assert already.send_email(is_inbound_mail_communcation=True) is None


def test_the_writer_gets_a_copy_when_asked_for(site: Any) -> None:
    create_email_account()
    message = make_communication(
        sender="anna@example.org", recipients="cleo@example.com, Administrator", **about(make_todo())
    )
    assert recipients_of(message.send_email()) == ["cleo@example.com"]
    assert recipients_of(message.send_email(send_me_a_copy=1)) == ["cleo@example.com", "anna@example.org"]


def test_a_signature_is_added_to_what_was_written_in_the_editor(site: Any) -> None:
    anna = make_user("anna@example.org", email_signature="<p>Kind regards, Anna</p>")
    editor = '<div class="ql-editor read-mode"><p>Hi</p></div>'
    assert "Kind regards" in make_communication(sender=anna, content=editor).content
    assert "Kind regards" not in make_communication(sender=anna, content="<p>Hi</p>").content


def test_opening_a_mail_is_noted_once_and_tells_nothing(site: Any, client: Any) -> None:
    message = make_communication(recipients="cleo@example.com")
    frappe.db.commit()
    url = f"/api/method/frappe.core.doctype.communication.email.mark_email_as_seen?name={message.name}"
    known, unknown = client.get(url), client.get(url.replace(message.name, "unknown"))
    assert known.data == unknown.data and known.status_code == unknown.status_code == 200
    frappe.db.rollback()
    assert frappe.db.get_value("Communication", message.name, ["delivery_status", "read_by_recipient"]) == ("Read", 1)


# -- the document -----------------------------------------------------------------------------------------------------


def make_case_doctype() -> None:
    fields = [
        ("subject", "Data", None),
        ("status", "Select", "Open\nReplied\nClosed"),
        ("first_responded_on", "Datetime", None),
        ("avg_response_time", "Float", None),
    ]
    rows = [{"fieldname": name, "label": name, "fieldtype": kind, "options": options} for name, kind, options in fields]
    values = {"doctype": "DocType", "name": "Matter", "module": "Core", "custom": 1, "fields": rows}
    frappe.get_doc({**values, "permissions": [{"role": "System Manager", "read": 1, "write": 1}]}).insert()


def test_a_received_message_opens_what_was_answered_and_a_sent_one_stops_the_clock(site: Any) -> None:
    make_case_doctype()
    matter = frappe.get_doc({"doctype": "Matter", "subject": "x", "status": "Replied"}).insert()
    asked = make_communication(sent_or_received="Received", sender="cleo@example.com", **about(matter))
    asked.db_set("creation", add_to_date(asked.creation, minutes=-10), update_modified=False)
    assert frappe.db.get_value("Matter", matter.name, "status") == "Open"
    make_communication(sent_or_received="Sent", **about(matter))
    matter.reload()
    assert matter.first_responded_on and 600 <= matter.avg_response_time < 660


def test_storing_a_message_takes_few_statements(site: Any) -> None:
    todo = make_todo()
    for _ in range(2):
        before = frappe.db.statement_count
        make_communication(recipients="cleo@example.com", sender="anna@example.org", **about(todo))
    assert frappe.db.statement_count - before <= 16
