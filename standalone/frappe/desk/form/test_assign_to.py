"""Assigning documents: who may, what follows, and what it costs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.desk.form import assign_to
from frappe.testing.people import ANNA, ARNE, CLEO, CLERK, ERRAND, make_errand, make_errands, make_user
from frappe.tests.helpers import set_user


@pytest.fixture
def errand(site: Any) -> Iterator[Any]:
    make_errands()
    make_user(ANNA, CLERK)
    make_user(ARNE, CLERK)
    make_user(CLEO)
    yield make_errand()


def assign(errand: Any, *users: str, **options: Any) -> list[Any]:
    return assign_to.add({"doctype": ERRAND, "name": errand.name, "assign_to": list(users), **options})


def column(errand: Any) -> Any:
    return frappe.db.get_value(ERRAND, errand.name, "_assign")


def comments(errand: Any, kind: str) -> list[str]:
    filters = {"reference_doctype": ERRAND, "reference_name": errand.name, "comment_type": kind}
    return list(frappe.get_all("Comment", filters=filters, pluck="content", order_by="creation asc"))


def test_an_assignment_is_a_todo_and_stands_in_the_column(errand: Any) -> None:
    assert [row.owner for row in assign(errand, ANNA, description="today <please>")] == [ANNA]
    todo = frappe.get_last_doc("ToDo")
    found = (todo.allocated_to, todo.status, todo.priority, todo.assigned_by)
    assert found == (ANNA, "Open", "Medium", "Administrator")
    assert "&lt;please&gt;" in todo.description
    assert json.loads(column(errand)) == [ANNA]
    assert len(comments(errand, "Assigned")) == 1


def test_several_people_are_listed_oldest_first(errand: Any) -> None:
    assign(errand, ARNE)
    assign(errand, ANNA)
    assert json.loads(column(errand)) == [ARNE, ANNA]


def test_assigning_twice_is_reported_and_skipped(errand: Any) -> None:
    assert issubclass(assign_to.DuplicateToDoError, frappe.ValidationError)  # what apps expect of it
    assign(errand, ANNA)
    assert len(assign(errand, ANNA)) == 1
    assert any(ANNA in str(message) for message in frappe.get_message_log())


def test_a_json_list_of_users_is_understood_and_nonsense_is_refused(errand: Any) -> None:
    assert len(assign_to.add({"doctype": ERRAND, "name": errand.name, "assign_to": json.dumps([ANNA, ARNE])})) == 2
    with pytest.raises(frappe.ValidationError):
        assign_to.add({"doctype": ERRAND, "name": errand.name, "assign_to": "[]"})
    with pytest.raises(frappe.DoesNotExistError):
        assign(errand, "nobody@example.com")


def test_somebody_who_may_not_read_it_gets_it_shared(errand: Any) -> None:
    assert not frappe.has_permission(ERRAND, "read", doc=errand.name, user=CLEO)
    assign(errand, CLEO)
    assert frappe.has_permission(ERRAND, "read", doc=errand.name, user=CLEO)
    assert not frappe.has_permission(ERRAND, "write", doc=errand.name, user=CLEO)


def test_sharing_switched_off_stops_the_assignment_of_somebody_without_access(errand: Any) -> None:
    frappe.db.set_single_value("System Settings", "disable_document_sharing", 1)
    with pytest.raises(frappe.ValidationError):
        assign(errand, CLEO)
    assert assign(errand, ANNA)


def test_removing_cancels_only_that_assignment(errand: Any) -> None:
    assign(errand, ANNA, ARNE)
    left = assign_to.remove(ERRAND, errand.name, ANNA)
    assert [row.owner for row in left] == [ARNE]
    assert json.loads(column(errand)) == [ARNE]
    assert frappe.db.get_value("ToDo", {"allocated_to": ANNA}, "status") == "Cancelled"
    assert len(comments(errand, "Assignment Completed")) == 1


def test_the_column_is_empty_text_when_nobody_is_left(errand: Any) -> None:
    assign(errand, ANNA)
    assign_to.remove(ERRAND, errand.name, ANNA)
    assert column(errand) == ""


def test_removing_somebody_who_is_not_on_it_changes_nothing(errand: Any) -> None:
    assign(errand, ANNA)
    assert [row.owner for row in assign_to.remove(ERRAND, errand.name, ARNE)] == [ANNA]


def test_only_the_assignee_completes_an_assignment(errand: Any) -> None:
    assign(errand, ANNA)
    with set_user(ARNE), pytest.raises(frappe.ValidationError):
        assign_to.close(ERRAND, errand.name, ANNA)
    with set_user(ANNA):
        assert assign_to.close(ERRAND, errand.name, ANNA) == []
    assert frappe.db.get_value("ToDo", {"allocated_to": ANNA}, "status") == "Closed"


def test_clear_cancels_finished_assignments_too(errand: Any) -> None:
    assert assign_to.clear(ERRAND, errand.name) is False
    assign(errand, ANNA, ARNE)
    with set_user(ANNA):
        assign_to.close(ERRAND, errand.name, ANNA)
    assert assign_to.clear(ERRAND, errand.name) is True
    assert set(frappe.get_all("ToDo", pluck="status")) == {"Cancelled"}
    assert column(errand) == ""


def test_closing_all_leaves_cancelled_ones_alone(errand: Any) -> None:
    assert assign_to.close_all_assignments(ERRAND, errand.name) is False
    assign(errand, ANNA, ARNE)
    assign_to.remove(ERRAND, errand.name, ANNA)
    assert assign_to.close_all_assignments(ERRAND, errand.name) is True
    statuses = dict(frappe.get_all("ToDo", fields=["allocated_to", "status"], as_list=True))
    assert statuses == {ANNA: "Cancelled", ARNE: "Closed"}


def test_reassigning_replaces_the_others(errand: Any) -> None:
    assign(errand, ANNA)
    assert [row.owner for row in assign(errand, ARNE, re_assign=True)] == [ARNE]
    assert json.loads(column(errand)) == [ARNE]


def test_several_documents_are_assigned_and_freed_at_once(errand: Any) -> None:
    other = make_errand("Second")
    names = json.dumps([errand.name, other.name])
    assign_to.add_multiple({"doctype": ERRAND, "name": names, "assign_to": [ANNA]})
    assert json.loads(column(other)) == json.loads(column(errand)) == [ANNA]
    assign_to.remove_multiple(ERRAND, names)
    assert column(other) == column(errand) == ""


@pytest.mark.parametrize("call", ["add", "remove", "clear", "close_all_assignments", "get"])
def test_who_may_not_read_the_document_learns_and_changes_nothing(errand: Any, call: str) -> None:
    assign(errand, ANNA)
    arguments: dict[str, tuple[Any, ...]] = {
        "add": ({"doctype": ERRAND, "name": errand.name, "assign_to": [CLEO]},),
        "get": ({"doctype": ERRAND, "name": errand.name},),
        "remove": (ERRAND, errand.name, ANNA),
        "clear": (ERRAND, errand.name),
        "close_all_assignments": (ERRAND, errand.name),
    }
    with set_user(CLEO), pytest.raises(frappe.PermissionError):
        getattr(assign_to, call)(*arguments[call])
    assert json.loads(column(errand)) == [ANNA]


def test_a_customer_who_may_read_does_not_hand_out_work(errand: Any) -> None:
    frappe.share.add(ERRAND, errand.name, CLEO, write=1)
    with set_user(CLEO), pytest.raises(frappe.PermissionError):
        assign(errand, ANNA)
    assert not frappe.db.exists("ToDo", {"allocated_to": ANNA})


def test_who_assigns_cannot_pretend_to_be_somebody_else(errand: Any) -> None:
    with set_user(ARNE):
        assign(errand, ANNA, assigned_by="Administrator")
    assert frappe.get_last_doc("ToDo").assigned_by == ARNE


def test_the_assignee_is_notified_but_not_of_own_doing(errand: Any) -> None:
    assign(errand, ANNA)
    log = frappe.get_last_doc("Notification Log")
    assert (log.for_user, log.type, log.document_name) == (ANNA, "Assignment", errand.name)
    with set_user(ARNE):
        assign(errand, ARNE)
    assert not frappe.db.exists("Notification Log", {"for_user": ARNE})


def test_a_disabled_user_is_not_notified(errand: Any) -> None:
    frappe.db.set_value("User", ANNA, "enabled", 0)
    assign(errand, ANNA)
    assert not frappe.db.exists("Notification Log", {"for_user": ANNA})


def test_deleting_a_todo_takes_the_user_out_of_the_column(errand: Any) -> None:
    assign(errand, ANNA, ARNE)
    frappe.delete_doc("ToDo", frappe.db.get_value("ToDo", {"allocated_to": ANNA}))
    assert json.loads(column(errand)) == [ARNE]


def test_a_todo_is_for_its_giver_and_taker_only(errand: Any) -> None:
    assign(errand, ANNA)
    todo = frappe.get_last_doc("ToDo")
    assert frappe.has_permission("ToDo", "read", doc=todo, user=ANNA)
    assert not frappe.has_permission("ToDo", "read", doc=todo, user=ARNE)
    with set_user(ARNE):
        assert frappe.get_list("ToDo") == []
    with set_user(ANNA):
        assert frappe.get_list("ToDo", pluck="name") == [todo.name]


def test_one_makes_todos_for_oneself_only(errand: Any) -> None:
    with set_user(ANNA):
        frappe.get_doc({"doctype": "ToDo", "description": "mine", "allocated_to": ANNA}).insert()
        with pytest.raises(frappe.PermissionError):
            frappe.get_doc({"doctype": "ToDo", "description": "yours", "allocated_to": ARNE}).insert()


def test_an_assignment_costs_few_statements(errand: Any) -> None:
    assign(make_errand("warm"), ANNA)
    doc = frappe.get_doc(ERRAND, errand.name)
    before = frappe.db.statement_count
    frappe.flags.in_test = False
    try:
        assign_to.assign(doc, [ANNA], {}, existing=[], ignore_permissions=True)
    finally:
        frappe.flags.in_test = True
    assert frappe.db.statement_count - before <= 5


def login(client: Any, user: str) -> Any:
    frappe.utils.password.update_password(user, "quiet-lantern-84")
    frappe.db.commit()
    assert client.post("/api/method/login", json={"usr": user, "pwd": "quiet-lantern-84"}).status_code == 200
    return client


def test_the_desk_assigns_over_http(client: Any, errand: Any) -> None:
    path = "/api/method/frappe.desk.form.assign_to"
    login(client, ARNE)
    target = {"doctype": ERRAND, "name": errand.name}
    added = client.post(f"{path}.add", json={**target, "assign_to": [ANNA, ARNE]})
    assert {row["owner"] for row in added.json["message"]} == {ANNA, ARNE}, added.text
    assert len(client.get(f"{path}.get", query_string=target).json["message"]) == 2
    left = client.post(f"{path}.remove", json={**target, "assign_to": ANNA})
    assert [row["owner"] for row in left.json["message"]] == [ARNE]
    assert client.post(f"{path}.add", json={"assign_to": [ANNA]}).status_code == 417


def test_permissions_cannot_be_waived_over_http(client: Any, errand: Any) -> None:
    login(client, CLEO)
    target = {"doctype": ERRAND, "name": errand.name, "ignore_permissions": True}
    for method, extra in (("add", {"assign_to": [CLEO]}), ("clear", {}), ("remove", {"assign_to": CLEO})):
        answer = client.post(f"/api/method/frappe.desk.form.assign_to.{method}", json={**target, **extra})
        assert answer.status_code == 403, (method, answer.text)
