"""The rules of the smaller core documents: roles, shares, restrictions, settings, what was deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import frappe
from frappe.core.doctype.deleted_document.deleted_document import restore
from frappe.core.page.permission_manager import permission_manager
from frappe.exceptions import ServerScriptNotEnabled
from frappe.testing.people import ANNA, ARNE, CLERK, ERRAND, make_errand, make_errands, make_role, make_user
from frappe.tests.helpers import set_user


@pytest.fixture(autouse=True)
def cast(site: Any) -> Iterator[None]:
    make_errands()
    make_user(ANNA, CLERK)
    make_user(ARNE)
    yield


# -- roles -------------------------------------------------------------------------------------------------------------


def test_a_role_without_desk_access_makes_website_users_of_its_users() -> None:
    role = frappe.get_doc("Role", CLERK)
    role.desk_access = 0
    role.save()
    assert frappe.db.get_value("User", ANNA, "user_type") == "Website User"


def test_disabling_a_role_takes_it_away() -> None:
    role = frappe.get_doc("Role", CLERK)
    role.disabled = 1
    role.save()
    assert CLERK not in frappe.get_roles(ANNA)


@pytest.mark.parametrize("name", ["Administrator", "System Manager", "All", "Guest"])
def test_standard_roles_stay(name: str) -> None:
    role = frappe.get_doc("Role", name)
    role.disabled = 1
    with pytest.raises(frappe.ValidationError):
        role.save()
    with pytest.raises(frappe.ValidationError):
        frappe.delete_doc("Role", name)
    with pytest.raises(frappe.ValidationError):
        frappe.rename_doc("Role", name, "Other")


def test_administrator_has_a_new_role_at_once() -> None:
    frappe.get_roles("Administrator")
    make_role("Brand New")
    assert "Brand New" in frappe.get_roles("Administrator")


# -- shares ------------------------------------------------------------------------------------------------------------


def test_sharing_needs_the_right_to_share() -> None:
    errand = make_errand()
    with set_user(ARNE), pytest.raises(frappe.PermissionError):
        frappe.share.add(ERRAND, errand.name, ARNE)
    with set_user(ANNA):
        frappe.share.add(ERRAND, errand.name, ARNE)
    assert frappe.has_permission(ERRAND, "read", doc=errand.name, user=ARNE)
    frappe.share.remove(ERRAND, errand.name, ARNE)
    assert not frappe.has_permission(ERRAND, "read", doc=errand.name, user=ARNE)


def test_higher_rights_imply_reading() -> None:
    errand = make_errand()
    share = frappe.get_doc(
        {"doctype": "DocShare", "user": ARNE, "share_doctype": ERRAND, "share_name": errand.name, "write": 1}
    ).insert()
    assert share.read == 1


def test_a_share_names_a_user_or_is_for_everybody() -> None:
    errand = make_errand()
    values = {"doctype": "DocShare", "share_doctype": ERRAND, "share_name": errand.name, "read": 1}
    with pytest.raises(frappe.MandatoryError):
        frappe.get_doc(values).insert()
    assert frappe.get_doc({**values, "everyone": 1, "user": ARNE}).insert().user is None
    assert frappe.has_permission(ERRAND, "read", doc=errand.name, user=ARNE)


def test_shares_are_told_in_the_timeline() -> None:
    errand = make_errand()
    frappe.share.add(ERRAND, errand.name, ARNE)
    frappe.share.remove(ERRAND, errand.name, ARNE)
    filters = {"reference_name": errand.name}
    kinds = frappe.get_all("Comment", filters=filters, pluck="comment_type", order_by="creation asc")
    assert kinds == ["Shared", "Unshared"]


# -- restrictions ------------------------------------------------------------------------------------------------------


def restrict(name: str, **values: Any) -> Any:
    return frappe.get_doc(
        {"doctype": "User Permission", "user": ANNA, "allow": ERRAND, "for_value": name, **values}
    ).insert()


def test_a_restricted_user_sees_only_what_is_allowed_and_at_once() -> None:
    one, two = make_errand("one"), make_errand("two")
    with set_user(ANNA):
        assert len(frappe.get_list(ERRAND)) == 2
    permission = restrict(one.name)
    with set_user(ANNA):
        assert frappe.get_list(ERRAND, pluck="name") == [one.name]
        assert not frappe.has_permission(ERRAND, "read", doc=two.name)
    permission.delete()
    with set_user(ANNA):
        assert len(frappe.get_list(ERRAND)) == 2


def test_the_same_restriction_twice_is_refused() -> None:
    name = make_errand().name
    restrict(name)
    with pytest.raises(frappe.DuplicateEntryError):
        restrict(name)
    restrict(name, apply_to_all_doctypes=0, applicable_for="ToDo")


def test_there_is_one_default_of_a_kind() -> None:
    restrict(make_errand("one").name, is_default=1)
    with pytest.raises(frappe.ValidationError):
        restrict(make_errand("two").name, is_default=1)


# -- rules of DocTypes -------------------------------------------------------------------------------------------------


def test_a_rule_is_given_changed_and_taken_away() -> None:
    make_role("Reader")
    permission_manager.add(ERRAND, "Reader", 0)
    permission_manager.update(ERRAND, "Reader", 0, "write", 1)
    rules = {row["role"]: row for row in permission_manager.get_permissions(doctype=ERRAND)}
    assert (rules["Reader"]["read"], rules["Reader"]["write"]) == (1, 1)
    permission_manager.remove(ERRAND, "Reader", 0)
    assert "Reader" not in {row["role"] for row in permission_manager.get_permissions(doctype=ERRAND)}
    permission_manager.reset(ERRAND)
    assert not frappe.db.exists("Custom DocPerm", {"parent": ERRAND})


def test_the_last_rule_of_a_doctype_stays() -> None:
    permission_manager.remove(ERRAND, "System Manager", 0)
    with pytest.raises(frappe.ValidationError):
        permission_manager.remove(ERRAND, CLERK, 0)


# -- settings ----------------------------------------------------------------------------------------------------------


def test_settings_become_the_defaults_of_everybody() -> None:
    settings = frappe.get_single("System Settings")
    settings.update({"time_zone": "Europe/Berlin", "date_format": "dd.mm.yyyy", "language": "de"})
    settings.save()
    assert frappe.db.get_default("time_zone") == "Europe/Berlin"
    assert frappe.db.get_default("date_format") == "dd.mm.yyyy"
    assert frappe.db.get_default("lang") == "de"
    assert frappe.get_system_settings("time_zone") == "Europe/Berlin"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("time_zone", "Mars/Olympus"),
        ("session_expiry", "soon"),
        ("session_expiry", "00:00"),
        ("password_reset_limit", -1),
        ("language", "xx-nowhere"),
    ],
)
def test_settings_that_make_no_sense_are_refused(field: str, value: Any) -> None:
    settings = frappe.get_single("System Settings")
    settings.set(field, value)
    with pytest.raises(frappe.ValidationError):
        settings.save()


def test_a_single_cannot_be_deleted() -> None:
    with pytest.raises(frappe.ValidationError):
        frappe.delete_doc("System Settings", "System Settings")
    assert frappe.db.get_single_value("System Settings", "language")


def test_the_role_of_the_portal_does_not_open_the_desk() -> None:
    settings = frappe.get_single("Portal Settings")
    settings.default_role = CLERK
    with pytest.raises(frappe.ValidationError):
        settings.save()


def test_redirects_are_patterns() -> None:
    settings = frappe.get_single("Website Settings")
    settings.append("route_redirects", {"source": "old/(", "target": "/new"})
    with pytest.raises(frappe.ValidationError):
        settings.save()


# -- what was deleted --------------------------------------------------------------------------------------------------


def test_a_deleted_document_comes_back_under_its_name_once() -> None:
    errand = make_errand("Keep me")
    errand.delete()
    deleted = frappe.get_last_doc("Deleted Document")
    assert restore(deleted.name) == errand.name
    assert frappe.db.get_value(ERRAND, errand.name, "subject") == "Keep me"
    with pytest.raises(frappe.DocumentAlreadyRestored):
        restore(deleted.name)


# -- naming, scripts, languages ----------------------------------------------------------------------------------------


def test_a_naming_rule_counts_for_the_documents_that_meet_its_conditions() -> None:
    rule = frappe.new_doc("Document Naming Rule", document_type=ERRAND, prefix="CLOSED-", prefix_digits=3)
    rule.append("conditions", {"field": "status", "condition": "=", "value": "Closed"})
    rule.insert()
    closed = [frappe.new_doc(ERRAND, subject=str(n), status="Closed").insert().name for n in range(2)]
    assert closed == ["CLOSED-001", "CLOSED-002"]
    assert not make_errand().name.startswith("CLOSED")


def test_a_server_script_can_be_kept_but_not_switched_on() -> None:
    values = {"doctype": "Server Script", "name": "Old", "script_type": "API", "script": "pass", "api_method": "old"}
    frappe.get_doc({**values, "disabled": 1}).insert()
    with pytest.raises(ServerScriptNotEnabled):
        frappe.get_doc({**values, "name": "New"}).insert()


def test_language_codes_are_checked() -> None:
    with pytest.raises(frappe.ValidationError):
        frappe.get_doc({"doctype": "Language", "language_code": "not a code", "language_name": "X"}).insert()
