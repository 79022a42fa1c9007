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
    assert frappe.db.exists("Notification", rule.name)
    assert "does not act on Notification records" in frappe.get_message_log()[-1]["message"]
