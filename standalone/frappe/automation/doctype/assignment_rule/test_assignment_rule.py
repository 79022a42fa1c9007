"""Assignment rules as the engine applies them after a save."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.automation.doctype.assignment_rule.assignment_rule import apply, bulk_apply, rules_by_doctype
from frappe.desk.form import assign_to
from frappe.testing.people import ANNA, ARNE, CLERK, ERRAND, MONA, make_errand, make_errands, make_user

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.fixture(autouse=True)
def errands(site: Any) -> Iterator[None]:
    make_errands()
    for user in (ANNA, ARNE, MONA):
        make_user(user, CLERK)
    yield
    frappe.flags.assignment_day = None


def make_rule(name: str = "Rotation", users: tuple[str, ...] = (ANNA, ARNE), **values: Any) -> Any:
    days = values.pop("days", DAYS)
    return frappe.get_doc(
        {
            "doctype": "Assignment Rule",
            "name": name,
            "document_type": ERRAND,
            "assign_condition": "status == 'Open'",
            "rule": "Round Robin",
            "description": "Please help: {{ subject }}",
            "users": [{"user": user} for user in users],
            "assignment_days": [{"day": day} for day in days],
            **values,
        }
    ).insert()


def assignees(doc: Any) -> list[str]:
    filters = {"reference_type": ERRAND, "reference_name": doc.name, "status": "Open"}
    return list(frappe.get_all("ToDo", filters=filters, pluck="allocated_to", order_by="creation asc"))


def test_documents_go_round(site: Any) -> None:
    make_rule()
    assert [assignees(make_errand(str(n))) for n in range(3)] == [[ANNA], [ARNE], [ANNA]]
    assert frappe.db.get_value("Assignment Rule", "Rotation", "last_user") == ANNA


def test_the_todo_names_the_rule_and_says_what_to_do() -> None:
    make_rule()
    make_errand("Find the key")
    todo = frappe.get_last_doc("ToDo")
    assert (todo.assignment_rule, todo.description) == ("Rotation", "Please help: Find the key")


def test_the_least_busy_gets_it() -> None:
    make_rule(rule="Load Balancing")
    busy = make_errand("first")
    assign_to.add({"doctype": ERRAND, "name": make_errand("x", status="Closed").name, "assign_to": [ANNA]})
    assert assignees(busy) == [ANNA]
    assert assignees(make_errand("second")) == [ARNE]
    assert assignees(make_errand("third")) == [ARNE]


def test_a_field_names_who_gets_it() -> None:
    make_rule(rule="Based on Field", field="helper", users=())
    assert assignees(make_errand("with", helper=MONA)) == [MONA]
    assert assignees(make_errand("without")) == []


def test_weights_share_out_exactly() -> None:
    weights = [{"user": ANNA, "weight": 2}, {"user": ARNE, "weight": 1}]
    make_rule(rule="Weighted Distribution", users=(), weighted_users=weights)
    got = [assignees(make_errand(str(n)))[0] for n in range(6)]
    assert (got.count(ANNA), got.count(ARNE)) == (4, 2)


def test_the_rule_with_the_highest_priority_decides() -> None:
    make_rule("Low", users=(ANNA,), priority=1)
    make_rule("High", users=(ARNE,), priority=5)
    assert assignees(make_errand()) == [ARNE]


def test_a_rule_that_finds_nobody_leaves_it_to_the_next() -> None:
    make_rule("Empty", users=(), priority=5)
    make_rule("Full", users=(ANNA,), priority=1)
    assert assignees(make_errand()) == [ANNA]


def test_a_rule_rests_on_other_days() -> None:
    make_rule(days=("Monday",))
    frappe.flags.assignment_day = "Tuesday"
    assert assignees(make_errand("tuesday")) == []
    frappe.flags.assignment_day = "Monday"
    assert assignees(make_errand("monday")) == [ANNA]


def test_a_disabled_rule_does_nothing_also_when_disabled_behind_its_back() -> None:
    make_rule()
    assert assignees(make_errand("on")) == [ANNA]
    frappe.db.set_value("Assignment Rule", "Rotation", "disabled", 1)
    assert assignees(make_errand("off")) == []


def test_the_condition_to_unassign_clears_and_lets_another_rule_take_over() -> None:
    make_rule("First", users=(ANNA,), unassign_condition="subject == 'moved'", assign_condition="subject != 'moved'")
    make_rule("Second", users=(ARNE,), assign_condition="subject == 'moved'")
    errand = make_errand("here")
    assert assignees(errand) == [ANNA]
    errand.subject = "moved"
    errand.save()
    assert assignees(errand) == [ARNE]


def test_a_rule_only_clears_what_it_assigned() -> None:
    make_rule(users=(ANNA,), unassign_condition="status == 'Open'", assign_condition="False")
    errand = make_errand()
    assign_to.add({"doctype": ERRAND, "name": errand.name, "assign_to": [MONA]})
    errand.save()
    assert assignees(errand) == [MONA]


def test_the_condition_to_close_finishes_and_its_end_reopens() -> None:
    make_rule(users=(ANNA,), close_condition="status == 'Closed'")
    errand = make_errand()
    errand.status = "Closed"
    errand.save()
    assert frappe.get_all("ToDo", pluck="status") == ["Closed"]
    errand.status = "Open"
    errand.save()
    assert assignees(errand) == [ANNA]


def test_a_broken_condition_is_reported_and_stops_nothing() -> None:
    make_rule("Broken", assign_condition="no_such_field > 1", priority=9)
    make_rule("Works", users=(ANNA,))
    assert assignees(make_errand()) == [ANNA]
    assert any("Broken" in str(message) for message in frappe.get_message_log())


def test_a_changed_due_date_reaches_the_todo() -> None:
    make_rule(users=(ANNA,), due_date_based_on="due")
    errand = make_errand(due="2030-01-05")
    assert str(frappe.get_last_doc("ToDo").date) == "2030-01-05"
    errand.due = "2030-02-01"
    errand.save()
    assert str(frappe.get_last_doc("ToDo").date) == "2030-02-01"


def test_rules_refuse_days_twice_and_rules_for_todos() -> None:
    with pytest.raises(frappe.ValidationError, match="Monday"):
        make_rule(days=("Monday", "Monday"))
    with pytest.raises(frappe.ValidationError):
        make_rule(document_type="ToDo")
    with pytest.raises(frappe.ValidationError):
        make_rule(rule="Based on Field")


def test_a_subclass_that_narrows_the_users_does_not_change_the_stored_rule() -> None:
    make_rule()
    first = rules_by_doctype()[ERRAND]
    make_errand("warm")
    from frappe.automation.doctype.assignment_rule.assignment_rule import rules_for

    rule = rules_for(ERRAND)[0]
    rule.users = rule.users[1:]
    assert first == ["Rotation"]
    assert [row.user for row in rules_for(ERRAND)[0].users] == [ANNA, ARNE]


def test_rules_can_be_applied_to_documents_that_are_there() -> None:
    errands = [make_errand(str(n)) for n in range(2)]
    make_rule()
    bulk_apply(ERRAND, [doc.name for doc in errands])
    assert [assignees(doc) for doc in errands] == [[ANNA], [ARNE]]


def test_no_statement_for_a_doctype_without_rules() -> None:
    errand = make_errand()
    apply(errand)
    before = frappe.db.statement_count
    apply(errand)
    assert frappe.db.statement_count == before


def test_assigning_by_rule_costs_six_statements() -> None:
    """Look, take the turn, write the ToDo, tell the timeline, write the column, note the turn; the rest is a job."""
    make_rule()
    frappe.flags.in_patch = True
    *warm, measured = [make_errand(str(n)) for n in range(3)]
    frappe.flags.in_patch = False
    frappe.db.commit()
    frappe.flags.in_test = False
    try:
        for errand in warm:
            apply(errand)
        before = frappe.db.statement_count
        apply(measured)
        cost = frappe.db.statement_count - before
    finally:
        frappe.flags.in_test = True
    assert assignees(measured) == [ANNA]
    assert cost == 6
