"""An app that brings Notification records installs here; who saves one is told that nothing is sent."""

from typing import Any

import frappe


def test_a_rule_of_an_app_is_kept_and_said_to_send_nothing(site: Any) -> None:
    rule = frappe.get_doc(
        {
            "doctype": "Notification",
            "name": "New task",
            "subject": "A task",
            "document_type": "ToDo",
            "event": "New",
            "recipients": [{"receiver_by_role": "System Manager"}],
        }
    ).insert()
    assert rule.name == "New task"
    assert frappe.db.exists("Notification", "New task")
    assert "does not act on Notification records" in frappe.get_message_log()[-1]["message"]


def test_a_rule_without_a_name_has_its_subject_for_one(site: Any) -> None:
    rule = {"doctype": "Notification", "subject": "A task", "document_type": "ToDo", "event": "New"}
    assert frappe.get_doc({**rule, "enabled": 0}).insert().name == "A task"
