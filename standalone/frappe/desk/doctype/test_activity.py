"""Tags, likes, follows and notifications."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.desk.doctype.notification_log import notification_log
from frappe.desk.doctype.notification_log.notification_log import enqueue_create_notification
from frappe.desk.doctype.tag import tag as tags
from frappe.desk.form.document_follow import follow_document, is_document_followed, unfollow_document, update_follow
from frappe.desk.like import liked_by, toggle_like
from frappe.testing.people import ANNA, ARNE, CLEO, CLERK, ERRAND, make_errand, make_errands, make_user
from frappe.tests.helpers import set_user


@pytest.fixture(autouse=True)
def errand(site: Any) -> Iterator[Any]:
    make_errands()
    make_user(ANNA, CLERK)
    make_user(ARNE, CLERK)
    make_user(CLEO)
    yield make_errand()


def notify(*users: str, **values: Any) -> None:
    doc = {"type": "Mention", "subject": "Look here", "from_user": ARNE, "document_type": "User", "document_name": ANNA}
    enqueue_create_notification(list(users), {**doc, **values})


def stored_tags(errand: Any) -> str:
    return str(frappe.db.get_value(ERRAND, errand.name, "_user_tags"))


# -- tags --------------------------------------------------------------------------------------------------------------


def test_tags_stand_in_the_column_and_in_links(errand: Any) -> None:
    assert tags.add_tag("urgent", ERRAND, errand.name) == "urgent"
    tags.add_tag("  by   bike ", ERRAND, errand.name)
    assert stored_tags(errand) == ",urgent,by bike"
    assert frappe.db.exists("Tag", "by bike")
    assert frappe.db.count("Tag Link", {"document_name": errand.name}) == 2
    assert tags.get_tagged_docs(ERRAND, "urgent") == [[errand.name]]
    assert tags.get_tags(ERRAND, "ur") == ["urgent"]


def test_a_tag_is_put_on_once_and_can_be_taken_off(errand: Any) -> None:
    tags.add_tag("urgent", ERRAND, errand.name)
    tags.add_tag("URGENT", ERRAND, errand.name)
    assert stored_tags(errand) == ",urgent"
    tags.remove_tag("urgent", ERRAND, errand.name)
    assert stored_tags(errand) == ""
    assert not frappe.db.exists("Tag Link", {"document_name": errand.name})


@pytest.mark.parametrize("tag", ["", "   ", "a,b"])
def test_a_tag_is_a_word_without_commas(errand: Any, tag: str) -> None:
    with pytest.raises(frappe.ValidationError):
        tags.add_tag(tag, ERRAND, errand.name)


def test_who_may_not_write_does_not_tag(errand: Any) -> None:
    with set_user(CLEO), pytest.raises(frappe.PermissionError):
        tags.add_tag("urgent", ERRAND, errand.name)
    with set_user(CLEO), pytest.raises(frappe.PermissionError):
        tags.get_tags(ERRAND, "")


def test_several_documents_get_several_tags(errand: Any) -> None:
    other = make_errand("two")
    tags.add_tags(json.dumps(["a", "b"]), ERRAND, json.dumps([errand.name, other.name]))
    assert stored_tags(errand) == stored_tags(other) == ",a,b"


def test_a_renamed_tag_is_renamed_where_it_is_used(errand: Any) -> None:
    tags.add_tag("urgent", ERRAND, errand.name)
    frappe.rename_doc("Tag", "urgent", "at once")
    assert stored_tags(errand) == ",at once"


# -- likes and follows -------------------------------------------------------------------------------------------------


def test_liking_is_remembered_told_and_taken_back(errand: Any) -> None:
    frappe.db.set_value(ERRAND, errand.name, "owner", ARNE)
    with set_user(ANNA):
        toggle_like(ERRAND, errand.name, "Yes")
        toggle_like(ERRAND, errand.name, "Yes")
    assert liked_by(ERRAND, errand.name) == [ANNA]
    assert frappe.db.count("Comment", {"reference_name": errand.name, "comment_type": "Like"}) == 1
    assert frappe.db.exists("Notification Log", {"for_user": ARNE, "from_user": ANNA})
    with set_user(ANNA):
        toggle_like(ERRAND, errand.name, "No")
    assert liked_by(ERRAND, errand.name) == []
    assert frappe.db.count("Comment", {"reference_name": errand.name, "comment_type": "Like"}) == 0


def test_who_may_not_read_does_not_like_or_follow(errand: Any) -> None:
    frappe.db.set_value("User", CLEO, "document_follow_notify", 1)
    with set_user(CLEO):
        with pytest.raises(frappe.PermissionError):
            toggle_like(ERRAND, errand.name, "Yes")
        with pytest.raises(frappe.PermissionError):
            follow_document(ERRAND, errand.name)


def test_following_is_for_those_who_want_to_hear(errand: Any) -> None:
    with set_user(ANNA):
        assert follow_document(ERRAND, errand.name) is False
    frappe.db.set_value("User", ANNA, "document_follow_notify", 1)
    with set_user(ANNA):
        assert update_follow(ERRAND, errand.name, True) is True
        assert update_follow(ERRAND, errand.name, True) is False
        assert is_document_followed(ERRAND, errand.name, ANNA)
        assert unfollow_document(ERRAND, errand.name) is True
        assert unfollow_document(ERRAND, errand.name) is False


# -- notifications -----------------------------------------------------------------------------------------------------


def test_each_user_gets_a_notification_but_not_the_one_who_caused_it() -> None:
    notify(ANNA, ARNE, "nobody@example.com")
    assert frappe.get_all("Notification Log", pluck="for_user") == [ANNA]


def test_who_switched_notifications_off_gets_none() -> None:
    frappe.db.set_value("Notification Settings", ANNA, "enabled", 0)
    notify(ANNA)
    assert not frappe.db.exists("Notification Log", {"for_user": ANNA})


def test_notifications_are_private_and_can_be_read_off() -> None:
    notify(ANNA, CLEO)
    with set_user(CLEO):
        assert [row.for_user for row in notification_log.get_notification_logs()["notification_logs"]] == [CLEO]
        other = frappe.db.get_value("Notification Log", {"for_user": ANNA})
        assert not frappe.has_permission("Notification Log", "read", doc=other)
        notification_log.mark_as_read(other)
        notification_log.mark_all_as_read()
    assert frappe.db.get_value("Notification Log", {"for_user": CLEO}, "read") == 1
    assert frappe.db.get_value("Notification Log", {"for_user": ANNA}, "read") == 0


def test_a_notification_is_mailed_to_those_who_want_mail() -> None:
    account = frappe.get_doc("Email Account", "Notifications")
    account.update({"enable_outgoing": 1, "default_outgoing": 1, "smtp_server": "localhost", "password": "secret"})
    account.flags.ignore_validate = True
    account.save()
    frappe.db.set_value("Notification Settings", ARNE, "enable_email_mention", 0)
    notify(ANNA, ARNE, from_user=CLEO)
    assert frappe.get_all("Email Queue Recipient", pluck="recipient") == [ANNA]


def test_old_notifications_are_forgotten() -> None:
    notify(ANNA)
    frappe.db.set_value("Notification Log", {"for_user": ANNA}, "creation", "2020-01-01", update_modified=False)
    notification_log.NotificationLog.clear_old_logs(180)
    assert frappe.db.count("Notification Log") == 0
