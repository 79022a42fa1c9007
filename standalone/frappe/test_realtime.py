"""Where live events go, when they leave, and what the framework tells by itself."""

from __future__ import annotations

from typing import Any

import pytest

import frappe

Sent = list[tuple[str, Any, str]]


@pytest.fixture
def sent(site: Any, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What was handed to the socket server: (event, message, room)."""
    records: Sent = []

    def take(record: dict[str, Any]) -> None:
        records.append((record["event"], record["message"], record["room"]))
        assert record["namespace"] == frappe.local.site

    frappe.db.commit()
    monkeypatch.setattr("frappe.socketio.bus.publish", take)
    return records


ADDRESSED: list[tuple[dict[str, Any], str]] = [
    ({}, "all"),
    ({"user": "anna@example.com"}, "user:anna@example.com"),
    ({"doctype": "ToDo", "docname": 7}, "doc:ToDo/7"),
    ({"doctype": "ToDo", "docname": "7", "user": "anna@example.com"}, "user:anna@example.com"),
    ({"task_id": "t", "user": "anna@example.com", "doctype": "ToDo", "docname": "7"}, "task_progress:t"),
    ({"room": "mine", "task_id": "t", "user": "anna@example.com"}, "mine"),
    ({"event": "msgprint"}, "user:Administrator"),
    ({"event": "list_update", "doctype": "ToDo", "docname": "7"}, "doctype:ToDo"),
    ({"event": "list_update", "message": {"doctype": "ToDo"}}, "doctype:ToDo"),
    ({"event": "docinfo_update", "doctype": "ToDo", "docname": "7", "user": "anna@example.com"}, "doc:ToDo/7"),
    ({"event": "progress", "task_id": "t"}, "task_progress:t"),
]


@pytest.mark.parametrize(("addressee", "room"), ADDRESSED)
def test_an_event_goes_to_the_room_of_its_addressee(sent: Sent, addressee: dict[str, Any], room: str) -> None:
    frappe.publish_realtime(**{"event": "news", **addressee})
    assert sent[0][2] == room


def test_an_event_has_a_name_and_a_message_even_when_none_is_given(sent: Sent) -> None:
    frappe.publish_realtime()
    frappe.publish_realtime(task_id="t")
    assert sent == [("global", {}, "all"), ("task_progress", {"task_id": "t"}, "task_progress:t")]


def test_the_task_that_is_worked_on_is_told_its_progress_and_nobody_elses_news(sent: Sent) -> None:
    frappe.local.task_id = "t"
    frappe.publish_progress(50, title="Half", description="way")
    frappe.publish_realtime("news", user="anna@example.com")
    frappe.local.task_id = None
    frappe.publish_progress(60, title="More")
    half = {"task_id": "t", "percent": 50, "title": "Half", "description": "way"}
    more = {"percent": 60, "title": "More", "description": None}
    assert sent == [
        ("progress", half, "task_progress:t"),
        ("news", {}, "user:anna@example.com"),
        ("progress", more, "user:Administrator"),
    ]


def test_what_waits_for_the_commit_is_told_once_and_not_after_a_rollback(sent: Sent) -> None:
    for _ in range(2):
        frappe.publish_realtime("news", {"n": 1}, after_commit=True)
    frappe.publish_realtime("news", {"n": 2}, after_commit=True)
    assert sent == []
    frappe.db.commit()
    assert sent == [("news", {"n": 1}, "all"), ("news", {"n": 2}, "all")]
    frappe.publish_realtime("news", {"n": 3}, after_commit=True)
    frappe.db.rollback()
    frappe.db.commit()
    assert len(sent) == 2


def test_an_event_that_does_not_wait_is_told_even_if_the_work_fails(sent: Sent) -> None:
    frappe.publish_realtime("news")
    frappe.db.rollback()
    assert [event for event, *_ in sent] == ["news"]


def test_a_server_that_is_gone_is_no_error(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(record: Any) -> None:
        raise ConnectionError("gone")

    monkeypatch.setattr("frappe.socketio.bus.publish", fail)
    frappe.publish_realtime("news")


def test_a_saved_document_is_told_to_its_readers_and_to_its_list(sent: Sent) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    frappe.db.commit()
    told = {event: (message, room) for event, message, room in sent}
    about, room = told["doc_update"]
    assert room == f"doc:ToDo/{todo.name}"
    assert {key: about[key] for key in ("doctype", "name")} == {"doctype": "ToDo", "name": todo.name}
    assert about["modified"] == str(todo.modified)
    assert told["list_update"] == ({"doctype": "ToDo", "name": todo.name, "user": "Administrator"}, "doctype:ToDo")


def test_a_comment_is_told_with_what_happened_to_it(sent: Sent) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "x"}).insert()
    comment = todo.add_comment("Comment", "Hi")
    comment.delete()
    frappe.db.commit()
    told = [(message["action"], message["key"], room) for event, message, room in sent if event == "docinfo_update"]
    assert told == [(action, "comments", f"doc:ToDo/{todo.name}") for action in ("add", "delete")]


def test_a_rename_is_told_to_everybody_at_work(sent: Sent) -> None:
    frappe.get_doc(doctype="Role", role_name="Picker").insert()
    frappe.rename_doc("Role", "Picker", "Packer")
    frappe.db.commit()
    assert ("doc_rename", {"doctype": "Role", "old": "Picker", "new": "Packer"}, "all") in sent


def test_a_notification_is_told_to_whom_it_is_for(sent: Sent) -> None:
    frappe.get_doc(doctype="Notification Log", subject="Hi", for_user="Administrator", type="Alert").insert()
    frappe.db.commit()
    assert ("notification", {}, "user:Administrator") in sent


def test_a_message_can_go_to_the_browser_at_once(sent: Sent) -> None:
    frappe.msgprint("Look", realtime=True)
    ((event, message, room),) = sent
    assert (event, message["message"], room) == ("msgprint", "Look", "user:Administrator")
    assert frappe.get_message_log() == []
