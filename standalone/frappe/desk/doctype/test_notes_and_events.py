"""Notes and events: public or one's own, and who takes part."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.testing.people import ANNA, ARNE, CLERK, make_role, make_user


@pytest.fixture(autouse=True)
def _people(site: Any) -> None:
    make_role(CLERK)
    make_user(ANNA, CLERK)
    make_user(ARNE, CLERK)


def note(title: str, **values: Any) -> Any:
    return frappe.get_doc({"doctype": "Note", "title": title, "content": "<p>x</p>", **values}).insert()


def event(subject: str, **values: Any) -> Any:
    return frappe.get_doc({"doctype": "Event", "subject": subject, "starts_on": "2026-05-04 09:00", **values}).insert()


@pytest.mark.parametrize(
    ("doctype", "make", "public"), [("Note", note, {"public": 1}), ("Event", event, {"event_type": "Public"})]
)
def test_what_is_private_is_for_its_owner(doctype: str, make: Any, public: dict[str, Any]) -> None:
    frappe.set_user(ANNA)
    private, shown = make("Private"), make("Shown", **public)
    assert set(frappe.get_list(doctype, pluck="name")) == {private.name, shown.name}
    frappe.set_user(ARNE)
    assert frappe.get_list(doctype, pluck="name") == [shown.name]
    assert shown.has_permission("read") and not private.has_permission("read")
    with pytest.raises(frappe.PermissionError):
        frappe.get_doc(doctype, private.name).check_permission("read")
    frappe.set_user("Administrator")
    assert len(frappe.get_list(doctype)) == 2


def test_a_public_note_is_changed_by_its_owner_alone() -> None:
    frappe.set_user(ANNA)
    shown = note("Shown", public=1)
    shown.update({"title": "Changed"}).save()
    frappe.set_user(ARNE)
    with pytest.raises(frappe.PermissionError):
        frappe.get_doc("Note", shown.name).update({"title": "Mine"}).save()
    with pytest.raises(frappe.PermissionError):
        frappe.delete_doc("Note", shown.name)


def test_only_public_notes_are_shown_at_login() -> None:
    private = note("Private", notify_on_login=1, notify_on_every_login=1)
    assert (private.notify_on_login, private.notify_on_every_login) == (0, 0)
    shown = note("Shown", public=1, notify_on_login=1)
    shown.mark_seen_by(ANNA)
    shown.mark_seen_by(ANNA)
    shown.save()
    assert [row.user for row in frappe.get_doc("Note", shown.name).seen_by] == [ANNA]


def test_documents_take_part_in_an_event_once() -> None:
    meeting = event("Meeting", event_participants=[{"reference_doctype": "User", "reference_docname": ANNA}])
    meeting.add_participants([{"doctype": "User", "docname": ARNE}, {"doctype": "User", "docname": ANNA}])
    meeting.save()
    rows = frappe.get_doc("Event", meeting.name).event_participants
    assert [row.reference_docname for row in rows] == [ANNA, ARNE]
    meeting.add_participant("User", "nobody@example.com")
    with pytest.raises(frappe.LinkValidationError):
        meeting.save()


def test_an_event_ends_after_it_begins_and_knows_who_sent_it() -> None:
    frappe.set_user(ANNA)
    assert event("Call", ends_on="2026-05-04 10:00").sender == ANNA
    with pytest.raises(frappe.ValidationError, match="before it begins"):
        event("Backwards", ends_on="2026-05-04 08:00")


def test_what_an_event_repeats_goes_with_the_repeating() -> None:
    weekly = event("Weekly", repeat_this_event=1, repeat_on="Weekly", repeat_till="2026-12-31")
    assert weekly.repeat_on == "Weekly"
    weekly.update({"repeat_this_event": 0}).save()
    assert (weekly.repeat_on, weekly.repeat_till) == (None, None)
