"""A Notification tells the right people, once, when what it waits for happens to a document or its day comes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.email import queue
from frappe.email.conftest import Postbox
from frappe.email.doctype.notification import standard
from frappe.email.doctype.notification.notification import (
    evaluate_alert,
    trigger_daily_alerts,
    trigger_offset_alerts,
)
from frappe.email.test_delivery import outbox, taken
from frappe.tests.helpers import freeze_time
from frappe.utils import add_days, nowdate

__all__ = ["outbox"]

PERMISSIONS = [{"role": "System Manager", "read": 1, "write": 1, "create": 1, "submit": 1, "cancel": 1, "delete": 1}]


@pytest.fixture(autouse=True)
def leases(site: Any) -> None:
    """A submittable DocType with what notifications look at."""
    fields: list[dict[str, Any]] = [
        {"fieldname": "tenant", "fieldtype": "Data", "label": "Tenant"},
        {"fieldname": "rent", "fieldtype": "Int", "label": "Rent", "allow_on_submit": 1},
        {"fieldname": "told", "fieldtype": "Check", "label": "Told", "allow_on_submit": 1},
        {"fieldname": "ends_on", "fieldtype": "Date", "label": "Ends On"},
        {"fieldname": "visit", "fieldtype": "Datetime", "label": "Visit"},
        {"fieldname": "notes", "fieldtype": "Table", "label": "Guests", "options": "Lease Guest"},
    ]
    guest = [{"fieldname": "email", "fieldtype": "Data", "label": "Email"}]
    made: dict[str, Any] = {"doctype": "DocType", "module": "Core", "custom": 1}
    frappe.get_doc({**made, "name": "Lease Guest", "istable": 1, "fields": guest}).insert()
    lease = {"name": "Lease", "is_submittable": 1, "autoname": "hash", "permissions": PERMISSIONS}
    frappe.get_doc({**made, **lease, "fields": fields}).insert()
    frappe.db.commit()


def rule(event: str = "New", **values: Any) -> Any:
    described = {
        "doctype": "Notification",
        "name": values.pop("name", "Lease told"),
        "subject": "{{ doc.rent }} for {{ doc.tenant }}",
        "message": "It is **{{ doc.rent }}** now.",
        "document_type": "Lease",
        "event": event,
        "recipients": [{"receiver_by_document_field": "tenant"}],
    }
    return frappe.get_doc({**described, **values}).insert()


def lease(**values: Any) -> Any:
    return frappe.get_doc({"doctype": "Lease", "tenant": "ada@tenants.example", "rent": 10, **values})


def bells() -> list[tuple[str, str]]:
    """Return whom the bell rang for, and with what."""
    logs = frappe.get_all("Notification Log", fields=["for_user", "subject"], order_by="for_user asc")
    return [(log.for_user, log.subject) for log in logs]


def subjects() -> list[str]:
    """Return the subjects of the mails that wait to be sent."""
    return [str(row) for row in frappe.get_all("Communication", pluck="subject", order_by="creation asc")]


def make_user(name: str, *roles: str) -> str:
    user = frappe.get_doc({"doctype": "User", "email": name, "first_name": name.partition("@")[0]})
    user.flags.no_welcome_mail = True
    return str(user.insert().add_roles(*roles) or user.name)


# -- what happens to a document ---------------------------------------------------------------------------------------


def test_a_new_document_is_told_by_mail_when_it_is_committed(outbox: Postbox) -> None:
    rule()
    frappe.db.commit()
    lease().insert()
    frappe.db.rollback()
    made = lease(rent=12).insert()
    frappe.db.commit()
    queue.flush()
    (mail,) = taken(outbox)
    assert (mail["To"], mail["Subject"]) == ("ada@tenants.example", "12 for ada@tenants.example")
    assert "<strong>12</strong>" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]
    noted = frappe.get_last_doc("Communication")
    assert (noted.communication_type, noted.reference_name) == ("Automated Message", made.name)


@pytest.mark.parametrize(
    ("event", "told"), [("New", [1]), ("Save", [1, 2]), ("Submit", [3]), ("Cancel", [4]), ("Value Change", [2])]
)
def test_each_event_is_told_when_it_happens_and_not_otherwise(outbox: Postbox, event: str, told: list[int]) -> None:
    rule(event, value_changed="rent")
    made = lease(rent=1).insert()
    made.rent = 2
    made.save()
    frappe.get_doc("Lease", made.name).submit() if event != "Submit" else submit_as(made.name, 3)
    if event == "Cancel":
        frappe.db.set_value("Lease", made.name, "rent", 4)
    frappe.get_doc("Lease", made.name).cancel()
    expected = {"Save": [1, 2]}.get(event, told)
    assert subjects()[: len(expected)] == [f"{rent} for ada@tenants.example" for rent in expected]
    if event in ("New", "Submit", "Cancel", "Value Change"):
        assert len(subjects()) == len(told)


def submit_as(name: str, rent: int) -> None:
    doc = frappe.get_doc("Lease", name)
    doc.rent = rent
    doc.submit()


def test_a_value_that_is_set_at_once_has_changed_and_the_same_value_has_not(outbox: Postbox) -> None:
    rule("Value Change", value_changed="rent")
    made = lease().insert()
    made.db_set("rent", 11)
    made.db_set("rent", 11)
    made.tenant = "grace@tenants.example"
    frappe.get_doc("Lease", made.name).save()
    assert subjects() == ["11 for ada@tenants.example"]


def test_a_method_is_told_by_its_name(outbox: Postbox) -> None:
    rule("Method", method="remind")
    made = lease().insert()
    assert subjects() == []
    made.run_method("remind")
    assert subjects() == ["10 for ada@tenants.example"]


def test_one_save_tells_once_and_the_next_again(outbox: Postbox) -> None:
    rule("Save")
    made = lease().insert()
    made.run_method("on_update")
    assert len(subjects()) == 1
    made.save()
    assert len(subjects()) == 2


def test_a_condition_chooses(outbox: Postbox) -> None:
    rule(condition="doc.rent > 50 and nowdate() == frappe.utils.nowdate()")
    lease(rent=50).insert()
    lease(rent=51).insert()
    assert subjects() == ["51 for ada@tenants.example"]


def test_a_rule_that_was_taken_back_is_silent(outbox: Postbox) -> None:
    frappe.db.savepoint("before")
    rule()
    lease().insert()
    frappe.db.rollback(save_point="before")
    lease().insert()
    rule()
    lease().insert()
    frappe.db.rollback()
    lease().insert()
    assert subjects() == []


def test_a_switched_off_or_deleted_rule_is_silent(outbox: Postbox) -> None:
    made = rule()
    made.enabled = 0
    made.save()
    lease().insert()
    made.enabled = 1
    made.save()
    made.delete()
    lease().insert()
    assert subjects() == []


# -- whom, and how ----------------------------------------------------------------------------------------------------


def test_people_are_named_by_field_row_role_and_address(outbox: Postbox) -> None:
    make_user("warden@desk.example", "Website Manager")
    rows = [
        {"receiver_by_document_field": "email,notes"},
        {"receiver_by_role": "Website Manager"},
        {"receiver_by_document_field": "tenant", "condition": "doc.rent > 10"},
        {"cc": "cc-{{ doc.rent }}@desk.example", "bcc": "a@desk.example, b@desk.example"},
    ]
    rule(recipients=rows)
    lease(notes=[{"email": "one@guests.example"}, {"email": "no address"}, {"email": "one@guests.example"}]).insert()
    noted = frappe.get_last_doc("Communication")
    assert noted.recipients == "one@guests.example, warden@desk.example, admin@example.com"
    assert (noted.cc, noted.bcc) == ("cc-10@desk.example", "a@desk.example, b@desk.example")


def test_assignees_are_told_as_long_as_they_are_assigned(outbox: Postbox) -> None:
    for name in ("busy@desk.example", "done@desk.example"):
        make_user(name, "System Manager")
    made = lease().insert()
    for name in ("busy@desk.example", "done@desk.example"):
        frappe.desk.form.assign_to.add({"doctype": "Lease", "name": made.name, "assign_to": [name]})
    frappe.db.set_value("ToDo", {"allocated_to": "done@desk.example"}, "status", "Closed")
    rule("Save", recipients=[], send_to_all_assignees=1)
    frappe.get_doc("Lease", made.name).save()
    assert frappe.get_last_doc("Communication").recipients == "busy@desk.example"


def test_nobody_to_tell_sends_nothing(outbox: Postbox) -> None:
    rule()
    lease(tenant="").insert()
    assert subjects() == []


def test_the_bell_rings_for_users_without_a_mail(site: Any) -> None:
    make_user("ada@tenants.example")
    rule(channel="System Notification")
    made = lease().insert()
    assert bells() == [("ada@tenants.example", "10 for ada@tenants.example")]
    log = frappe.get_last_doc("Notification Log")
    assert (log.type, log.document_type, log.document_name) == ("Alert", "Lease", made.name)
    assert subjects() == []


def test_a_mail_may_ring_the_bell_too(outbox: Postbox) -> None:
    make_user("ada@tenants.example")
    rule(send_system_notification=1)
    lease().insert()
    assert len(bells()) == len(subjects()) == 1


@pytest.mark.parametrize(
    ("kind", "text"),
    [("Markdown", "<strong>a</strong>"), ("HTML", "**a** &lt;"), ("Plain Text", "**a** &amp;lt;<br>")],
)
def test_a_message_is_written_in_its_kind(outbox: Postbox, kind: str, text: str) -> None:
    rule(message="**a** &lt;\nb", message_type=kind)
    lease().insert()
    assert text in frappe.get_last_doc("Communication").content


def test_a_template_reaches_no_further_than_a_template_may(outbox: Postbox) -> None:
    with pytest.raises(frappe.ValidationError):
        rule(message="{{ doc.__class__.__mro__ }}").send(lease().insert())


# -- afterwards -------------------------------------------------------------------------------------------------------


def test_a_value_is_set_afterwards_and_the_document_can_be_saved_on(outbox: Postbox) -> None:
    rule("Save", set_property_after_alert="told", property_value="1")
    rule("Save", name="Second", subject="Second")
    made = lease().insert()
    assert (made.told, frappe.db.get_value("Lease", made.name, "told")) == (1, 1)
    assert sorted(subjects()) == ["10 for ada@tenants.example", "Second"]
    made.save()
    assert len(subjects()) == 4


def test_a_field_that_may_not_change_any_more_stays(outbox: Postbox) -> None:
    rule("Submit", set_property_after_alert="tenant", property_value="nobody")
    rule("Cancel", name="Cancelled", set_property_after_alert="rent", property_value="0")
    made = lease().insert()
    made.submit()
    made.cancel()
    assert frappe.db.get_value("Lease", made.name, ["tenant", "rent"]) == ("ada@tenants.example", 10)


# -- days and minutes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("event", "days"), [("Days Before", 3), ("Days After", -3)])
def test_documents_are_told_so_many_days_from_their_date(outbox: Postbox, event: str, days: int) -> None:
    notification = rule(event, date_changed="ends_on", days_in_advance=3, condition="doc.rent > 1")
    for rent, ends_on in ((10, days), (1, days), (11, days + 1), (12, -days)):
        lease(rent=rent, ends_on=add_days(nowdate(), ends_on)).insert()
    assert len(notification.get_documents_for_today()) == 1
    trigger_daily_alerts()
    assert subjects() == ["10 for ada@tenants.example"]


def test_a_run_that_is_cut_off_told_nobody_and_the_next_tells_everybody_once(outbox: Postbox) -> None:
    rule("Days Before", date_changed="ends_on", days_in_advance=3)
    for rent in (10, 11):
        lease(rent=rent, ends_on=add_days(nowdate(), 3)).insert()
    frappe.db.savepoint("before_the_run")
    trigger_daily_alerts()
    frappe.db.rollback(save_point="before_the_run")
    assert subjects() == []
    trigger_daily_alerts()
    assert sorted(subjects()) == ["10 for ada@tenants.example", "11 for ada@tenants.example"]


@pytest.mark.parametrize(("event", "visit"), [("Minutes Before", "10:30"), ("Minutes After", "09:30")])
def test_documents_are_told_once_so_many_minutes_from_their_moment(outbox: Postbox, event: str, visit: str) -> None:
    rule(event, datetime_changed="visit", minutes_offset=30)
    lease(visit=f"2031-05-06 {visit}:00").insert()
    for moment, told in (("09:59", 0), ("10:02", 1), ("10:04", 1)):
        with freeze_time(f"2031-05-06 {moment}:00"):
            trigger_offset_alerts()
        assert len(subjects()) == told


# -- what goes wrong --------------------------------------------------------------------------------------------------


def test_what_fails_is_logged_and_keeps_nobody_from_saving(outbox: Postbox) -> None:
    rule(name="Broken", condition="doc.rent / 0 > 1")
    rule(name="Torn", recipients=[{"cc": "{{ doc.tenant }}"}, {"condition": "doc.rent / 0"}])
    rule()
    lease().insert()
    assert subjects() == ["10 for ada@tenants.example"]
    logged = frappe.get_all("Error Log", filters={"reference_doctype": "Notification"}, pluck="method")
    assert sorted(logged) == ["Notification Broken", "Notification Torn"]


def test_a_rule_about_errors_does_not_hear_of_its_own(outbox: Postbox) -> None:
    rule(document_type="Error Log", condition="doc.method / 0")
    frappe.log_error(title="Something")
    assert frappe.db.count("Error Log") == 2


def test_a_site_without_an_account_saves_and_logs(site: Any) -> None:
    rule()
    lease().insert()
    assert frappe.db.count("Error Log", {"method": "Notification Lease told"}) == 1
    assert subjects() == []


def test_nothing_is_told_while_patches_run_or_data_is_brought_in_silently(outbox: Postbox) -> None:
    rule()
    for flags in ({"in_patch": True}, {"in_migrate": True}, {"in_import": True, "mute_emails": True}):
        with pytest.MonkeyPatch.context() as patch:
            for flag, value in flags.items():
                patch.setitem(frappe.flags, flag, value)
            lease().insert()
    assert subjects() == []


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"event": "Days Before"}, "Date Changed"),
        ({"event": "Value Change", "value_changed": "colour"}, "has no field colour"),
        ({"event": "Method"}, "Method"),
        ({"condition": "docs.rent"}, "cannot be evaluated"),
        ({"recipients": [{"condition": "1 +"}]}, "cannot be evaluated"),
        ({"message": "{{ doc.rent "}, "template"),
        ({"document_type": "Email Queue"}, "no notifications about"),
        ({"set_property_after_alert": "colour"}, "has no field colour"),
    ],
)
def test_a_rule_that_could_never_work_is_not_saved(values: dict[str, Any], message: str) -> None:
    with pytest.raises(frappe.ValidationError, match=message):
        rule(**{"event": "New", **values})


def test_a_channel_that_is_not_here_is_kept_and_said_to_send_nothing(site: Any) -> None:
    rule(channel="Slack")
    assert "nothing is sent through Slack" in json.dumps(frappe.get_message_log()[-1])
    lease().insert()
    assert frappe.db.count("Error Log") == 0


def test_a_rule_without_a_name_has_its_subject_for_one(site: Any) -> None:
    assert rule(name=None, subject="A task", enabled=0).name == "A task"


def test_code_may_send_a_rule_of_its_own(outbox: Postbox) -> None:
    made = rule("Custom")
    document = lease().insert()
    evaluate_alert(document, made.name, "Custom")
    assert subjects() == ["10 for ada@tenants.example"]


def test_an_app_brings_the_message_and_more_words_as_files(
    outbox: Postbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "notification" / "lease_told"
    folder.mkdir(parents=True)
    (folder / "lease_told.html").write_text("<p>{{ greeting }} {{ doc.rent }}</p>")
    (folder / "lease_told.py").write_text("def get_context(context):\n    return {'greeting': 'Rent:'}\n")
    monkeypatch.setattr(standard, "get_module_path", lambda module: str(tmp_path))
    monkeypatch.setattr(standard, "controller_module", lambda name, module: "lease_told")
    monkeypatch.syspath_prepend(str(folder))
    rule(is_standard=1, module="Core", message_type="HTML")
    lease().insert()
    assert frappe.get_last_doc("Communication").content == "<p>Rent: 10</p>"
