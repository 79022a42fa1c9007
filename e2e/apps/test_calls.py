"""Calls of the telephony app on tickets and in lists, logged by hand, linked and noted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import frappe
import pytest

from e2e.apps.conftest import ANNA, ARNE, CLEO, NUMBER
from helpdesk.api.doc import get_list_data
from helpdesk.helpdesk.doctype.hd_ticket.api import get_one
from helpdesk.integrations.telephony import api
from helpdesk.realtime import events

pytestmark = pytest.mark.usefixtures("site")


@contextmanager
def acting_as(user: str) -> Iterator[None]:
    before = frappe.session.user
    frappe.set_user(user)
    try:
        yield
    finally:
        frappe.set_user(before)


def make_ticket(subject: str = "Printer is on fire") -> str:
    made = frappe.get_doc(doctype="HD Ticket", subject=subject, description="<p>Smoke</p>", raised_by=CLEO).insert()
    return str(made.name)


def make_call(name: str = "sid-1", **values: Any) -> str:
    call = {"id": name, "type": "Incoming", "status": "Completed", "from": NUMBER, "to": "+49301", "receiver": ANNA}
    return str(frappe.get_doc({"doctype": "TP Call Log", **call, **values}).insert().name)


def test_a_call_logged_by_hand_is_on_the_timeline_of_its_ticket() -> None:
    ticket = make_ticket()
    with acting_as(ANNA):
        api.log_call("Outgoing", NUMBER, duration=65, ticket=ticket, note="Asked for <the> serial number")
        (call,) = get_one(ticket)["calls"]
    assert (call["_caller"]["label"], call["_receiver"]["label"], call["_duration"]) == ("Anna", "Cleo", "1m 5s")
    assert (call["activity_type"], call["telephony_medium"], call["status"]) == ("outgoing_call", "Manual", "Completed")
    assert call["notes"][0]["content"] == "Asked for &lt;the&gt; serial number"
    assert (call["end_time"] - call["start_time"]).total_seconds() == 65
    assert (call["from"], call["to"]) == ("+49301", NUMBER)


def test_the_list_says_who_called_whom() -> None:
    make_call(duration=3600)
    make_call("sid-2", **{"from": "+49309999999"})
    with acting_as(ANNA):
        page = get_list_data("TP Call Log", order_by="name asc")
    named, unknown = page["data"]
    assert (named["_caller"]["label"], named["_receiver"]["label"], named["_duration"]) == ("Cleo", "Anna", "1h")
    assert unknown["_caller"] == {"label": "Unknown", "image": None, "contact": None}
    assert page["columns"][1]["key"] == "caller"


def test_the_list_costs_the_same_for_one_call_as_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    original = frappe.db.sql

    def sql(*args: Any, **kwargs: Any) -> Any:
        sent.append(args)
        return original(*args, **kwargs)

    def statements() -> int:
        with acting_as(ANNA):
            get_list_data("TP Call Log")  # what is cached from then on does not count
            sent.clear()
            get_list_data("TP Call Log")
            return len(sent)

    monkeypatch.setattr(frappe.db, "sql", sql)
    make_call()
    few = statements()
    for number in range(9):
        make_call(f"sid-{number + 2}", **{"from": f"+4930999{number:04}"})
    assert few > 0
    assert statements() == few


@pytest.mark.parametrize(
    ("number", "label"),
    [
        ("+49 (30) 123456", "Cleo"),
        ("030123456", "Cleo"),
        ("30123456", "Cleo"),
        ("3456", "Unknown"),  # the end of somebody's number is not that number
        ("+49 30 123457", "Unknown"),
        ("anonymous", "Unknown"),
    ],
)
def test_a_contact_is_found_by_number_however_it_is_written(number: str, label: str) -> None:
    make_call(**{"from": number})
    assert api.get_call("sid-1")["call"]["_caller"]["label"] == label


def test_the_details_name_only_tickets_one_may_see() -> None:
    make_call()
    ticket = make_ticket()
    with acting_as(ANNA):
        api.link_call("sid-1", ticket)
        api.link_call("sid-1", ticket)
        assert api.get_call("sid-1")["tickets"] == [{"name": ticket, "subject": "Printer is on fire"}]
    frappe.delete_doc("HD Ticket", ticket, force=True)
    with acting_as(ANNA):
        assert api.get_call("sid-1")["tickets"] == []
    assert frappe.db.count("Dynamic Link", {"parent": "sid-1"}) == 1


def test_a_note_stays_with_the_call() -> None:
    make_call()
    with acting_as(ANNA):
        api.note_call("sid-1", "Will call back\non Monday")
        (note,) = api.get_call("sid-1")["call"]["notes"]
    assert (note["content"], note["by"]) == ("Will call back<br>on Monday", "Anna")


def test_who_may_not_telephone_sees_and_logs_nothing() -> None:
    ticket = make_ticket()
    make_call(links=[{"link_doctype": "HD Ticket", "link_name": ticket}])
    with acting_as(ARNE):
        assert get_one(ticket)["calls"] == []
        for refused in (
            lambda: api.get_call("sid-1"),
            lambda: api.link_call("sid-1", ticket),
            lambda: api.note_call("sid-1", "x"),
            lambda: api.log_call("Incoming", NUMBER),
        ):
            with pytest.raises(frappe.PermissionError):
                refused()
    with acting_as(CLEO), pytest.raises(frappe.PermissionError):
        api.get_call("sid-1")


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "Sideways"},
        {"number": "nobody"},
        {"duration": -1},
        {"duration": 10**9},
        {"start_time": "2999-01-01 00:00:00"},
        {"status": "Wonderful"},
        {"agent": "nobody@nowhere.test"},
        {"ticket": "99999"},
    ],
)
def test_a_call_that_cannot_have_been_is_not_logged(wrong: dict[str, Any]) -> None:
    with acting_as(ANNA), pytest.raises(frappe.ValidationError):
        api.log_call(**{"type": "Incoming", "number": NUMBER, **wrong})
    assert frappe.db.count("TP Call Log") == 0


def test_viewers_of_the_ticket_hear_of_its_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(events, "comments_changed", heard.append)
    make_call()
    ticket = make_ticket()
    api.link_call("sid-1", ticket)
    call = frappe.get_doc("TP Call Log", "sid-1")
    call.status = "Busy"
    call.save()
    api.note_call("sid-1", "Try again")
    assert heard == [ticket] * 3
