"""What a client may send is data, never a way around the rules (hostile inputs, 19 and 21)."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe.model.testing import make_doctype, make_user

pytestmark = pytest.mark.usefixtures("site")

CLEO, CARL = "cleo@example.com", "carl@example.com"


@pytest.fixture(autouse=True)
def case(site: Any) -> None:
    rule = {"role": "Test Customer", "read": 1, "write": 1, "create": 1, "delete": 0, "if_owner": 1}
    fields = [
        {"fieldname": "title", "fieldtype": "Data", "label": "Title"},
        {"fieldname": "rank", "fieldtype": "Data", "label": "Rank", "permlevel": 1},
    ]
    make_doctype("Test Case", fields, permissions=[rule, {"role": "System Manager", "read": 1, "write": 1}])
    make_user(CLEO, "Test Customer", user_type="Website User")
    make_user(CARL, "Test Customer", user_type="Website User")


def sent(user: str, **values: Any) -> Any:
    frappe.set_user(user)
    return frappe.get_doc({"doctype": "Test Case", **values})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("owner", CARL),
        ("creation", "2001-01-01"),
        ("modified_by", CARL),
        ("rank", "high"),
        ("_assign", '["x"]'),
        ("_user_tags", "x"),
    ],
)
def test_standard_columns_are_not_taken_from_the_client(key: str, value: str) -> None:
    doc = sent(CLEO, **{key: value}).insert()
    stored = frappe.db.sql(f"select `{key}` from `tabTest Case` where `name` = %s", (doc.name,))[0][0]
    assert str(stored or "")[:10] != value[:10]
    assert doc.owner == CLEO


@pytest.mark.parametrize("flags", [{"ignore_permissions": True}, {"ignore_mandatory": True}])
def test_flags_cannot_be_sent(flags: dict[str, bool]) -> None:
    doc = sent("Guest", flags=flags, ignore_permissions=True)
    assert doc.flags == {}
    with pytest.raises(frappe.PermissionError):
        doc.insert()


@pytest.mark.parametrize("docstatus", [1, 2, 7])
def test_the_status_of_a_document_cannot_be_chosen(docstatus: int) -> None:
    with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
        sent(CLEO, docstatus=docstatus).insert()


def test_a_document_of_somebody_else_is_not_taken_by_naming_oneself_its_owner() -> None:
    theirs = sent(CARL, title="theirs").insert()
    frappe.set_user(CLEO)
    doc = frappe.get_doc("Test Case", theirs.name)
    doc.update({"owner": CLEO, "title": "mine"})
    with pytest.raises(frappe.PermissionError):
        doc.save()
    assert frappe.db.get_value("Test Case", theirs.name, "title") == "theirs"


def test_saving_under_another_name_does_not_write_over_another_document() -> None:
    theirs = sent(CARL, title="theirs").insert()
    mine = sent(CLEO, title="mine").insert()
    mine = frappe.get_doc("Test Case", mine.name)
    mine.update({"name": theirs.name, "modified": theirs.modified, "owner": CLEO})
    with pytest.raises(frappe.ValidationError):
        mine.save()
    assert frappe.db.get_value("Test Case", theirs.name, "title") == "theirs"


def test_a_document_sent_as_new_never_replaces_one() -> None:
    theirs = sent(CARL, title="theirs").insert()
    doc = sent(CLEO, name=theirs.name, title="mine", __islocal=1)
    doc.insert()
    assert doc.name != theirs.name


def test_a_forbidden_document_is_not_moved_into_reach() -> None:
    frappe.set_user("Administrator")
    make_doctype("Test Team", autoname="field:title", permissions=[{"role": "All", "read": 1}])
    for name in ("Blue", "Red"):
        frappe.get_doc({"doctype": "Test Team", "title": name}).insert()
    link = {"fieldname": "team", "fieldtype": "Link", "label": "Team", "options": "Test Team"}
    make_doctype("Test Job", [link], permissions=[{"role": "Test Customer", "read": 1, "write": 1}])
    job = frappe.get_doc(doctype="Test Job", team="Red").insert()
    frappe.permissions.add_user_permission("Test Team", "Blue", CLEO, ignore_permissions=True)
    frappe.set_user(CLEO)
    job = frappe.get_doc("Test Job", job.name)
    job.team = "Blue"
    with pytest.raises(frappe.PermissionError):
        job.save()


def test_a_new_document_outside_the_own_team_is_refused() -> None:
    frappe.set_user("Administrator")
    make_doctype("Test Team", autoname="field:title", permissions=[{"role": "All", "read": 1}])
    for name in ("Blue", "Red"):
        frappe.get_doc({"doctype": "Test Team", "title": name}).insert()
    link = {"fieldname": "team", "fieldtype": "Link", "label": "Team", "options": "Test Team"}
    make_doctype("Test Job", [link], permissions=[{"role": "Test Customer", "read": 1, "create": 1}])
    frappe.permissions.add_user_permission("Test Team", "Blue", CLEO, ignore_permissions=True)
    frappe.set_user(CLEO)
    with pytest.raises(frappe.PermissionError):
        frappe.get_doc(doctype="Test Job", team="Red").insert()
    assert frappe.get_doc(doctype="Test Job", team="Blue").insert().name
