"""What a message does to the document it is about: reopening, and the times of first and average response."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import frappe
from frappe.core.utils import get_parent_doc
from frappe.utils import get_datetime, now_datetime, time_diff_in_seconds


def parent_was_updated(communication: Any) -> None:
    """Tell the document that a message about it was saved.

    A controller with `on_communication_update` decides alone what follows; otherwise it is what this module does.
    """
    parent = get_parent_doc(communication)
    if parent is None:
        return
    own = getattr(parent, "on_communication_update", None)
    if callable(own):
        own(communication)
        return
    _reopen(parent, communication)
    _note_response_times(parent, communication)
    parent.run_method("notify_communication", communication)
    parent.notify_update()


def _reopen(parent: Any, communication: Any) -> None:
    """A received mail opens what was answered."""
    field = parent.meta.get_field("status")
    if not field or communication.communication_type != "Communication":
        return
    options = (field.options or "").splitlines()
    if communication.sent_or_received == "Received" and parent.status == "Replied" and "Open" in options:
        parent.db_set("status", "Open")
        parent.run_method("handle_hold_time", "Replied")
        from frappe.automation.doctype.assignment_rule.assignment_rule import apply

        apply(parent)


def _note_response_times(parent: Any, communication: Any) -> None:
    if communication.sent_or_received != "Sent" or communication.communication_type != "Communication":
        return
    if parent.meta.has_field("first_responded_on") and not parent.get("first_responded_on"):
        moment = get_datetime(communication.creation) or now_datetime()
        changes: dict[str, Any] = {"first_responded_on": moment}
        if parent.meta.has_field("first_response_time"):
            changes["first_response_time"] = round(time_diff_in_seconds(moment, parent.creation), 2)
        parent.db_set(changes)
    if parent.meta.has_field("avg_response_time"):
        average = average_response_time(parent.doctype, parent.name)
        if average:
            parent.db_set("avg_response_time", round(average, 2))


def average_response_time(doctype: str, name: Any) -> float:
    """Return the mean seconds between a received message and the sent one right after it, 0 if there is none."""
    rows = frappe.get_all(
        "Communication",
        filters={"reference_doctype": doctype, "reference_name": name, "communication_type": "Communication"},
        fields=["sent_or_received", "creation"],
        order_by="creation asc",
    )
    waits = [
        time_diff_in_seconds(answer.creation, question.creation)
        for question, answer in pairwise(rows)
        if (question.sent_or_received, answer.sent_or_received) == ("Received", "Sent")
    ]
    return sum(waits) / len(waits) if waits else 0.0
