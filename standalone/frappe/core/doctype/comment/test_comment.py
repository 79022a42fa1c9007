"""Comments: cleaned, listed on their document, and brought to the people they name."""

from __future__ import annotations

import json
from typing import Any

import frappe
from frappe.core.doctype.comment.mentions import extract_mentions


def make_todo() -> Any:
    return frappe.get_doc({"doctype": "ToDo", "description": "Call back"}).insert()


def listed(todo: Any) -> list[dict[str, Any]]:
    return list(json.loads(frappe.db.get_value("ToDo", todo.name, "_comments") or "[]"))


def test_a_comment_is_cleaned_and_signed(site: Any) -> None:
    comment = make_todo().add_comment("Comment", "<p>Hi<script>x</script></p>")
    assert "<script" not in comment.content
    assert (comment.comment_email, comment.comment_by) == ("Administrator", "Administrator")


def test_the_document_lists_the_last_hundred(site: Any) -> None:
    todo = make_todo()
    modified = frappe.db.get_value("ToDo", todo.name, "modified")
    comments = [todo.add_comment("Comment", f"Note {number}") for number in range(102)]
    assert [row["comment"] for row in listed(todo)][::99] == ["Note 2", "Note 101"]
    assert frappe.db.get_value("ToDo", todo.name, "modified") == modified
    comments[-1].content = "Changed"
    comments[-1].save()
    assert listed(todo)[-1]["comment"] == "Changed"
    comments[-1].delete()
    assert listed(todo)[-1]["comment"] == "Note 100"


def test_entries_of_other_kinds_are_not_listed(site: Any) -> None:
    todo = make_todo()
    todo.add_comment("Info", "Something happened")
    assert listed(todo) == []


def test_people_and_groups_that_are_named_are_found() -> None:
    text = (
        '<p><span class="mention" data-id="anna@example.org" data-is-group="false">Anna</span>'
        '<span class="mention" data-id="anna@example.org">Anna</span><span data-id="x@y">no</span>'
        '<span class="x mention y" data-id="arne@example.org">Arne</span></p>'
    )
    assert extract_mentions(text) == ["anna@example.org", "arne@example.org"]
    assert extract_mentions(None) == extract_mentions("") == extract_mentions("<b mention>") == []


def test_whoever_is_named_gets_a_notification(site: Any) -> None:
    for email in ("anna@example.org", "gone@example.org"):
        enabled = int(email.startswith("anna"))
        values = {"doctype": "User", "email": email, "first_name": "A", "send_welcome_email": 0, "enabled": enabled}
        frappe.get_doc(values).insert()
    text = "".join(
        f'<span class="mention" data-id="{each}">x</span>' for each in ("anna@example.org", "gone@example.org")
    )
    todo = make_todo()
    todo.add_comment("Comment", text)
    rows = frappe.get_all("Notification Log", {"type": "Mention"}, ["for_user", "document_name"])
    assert [(row.for_user, row.document_name) for row in rows] == [("anna@example.org", todo.name)]


def test_onlookers_hear_of_it_after_the_commit(site: Any) -> None:
    frappe.db.commit()
    make_todo().add_comment("Comment", "Hi")
    events = [each[0] if isinstance(each, tuple) else each.get("event") for each in frappe.db.waiting("events")]
    assert "docinfo_update" in events
    frappe.db.rollback()
