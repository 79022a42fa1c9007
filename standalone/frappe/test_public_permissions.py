"""The functions of permissions, shares and defaults that apps call."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe import defaults, permissions, share
from frappe.core.page.permission_manager.permission_manager import get_users_with_role
from frappe.testing.people import ANNA, CLERK, ERRAND, make_errand, make_errands, make_user

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def errand(site: Any) -> Any:
    make_errands()
    make_user(ANNA, CLERK)
    return make_errand()


def test_rights_are_told_for_a_doctype_a_document_and_a_role(errand: Any) -> None:
    assert permissions.has_permission(ERRAND, "write", user=ANNA)
    assert permissions.get_doc_permissions(errand, user=ANNA)["write"] == 1
    assert CLERK in permissions.get_doctype_roles(ERRAND)
    assert ERRAND in [row.parent for row in permissions.get_all_perms(CLERK)]
    assert {row.role for row in permissions.get_valid_perms(ERRAND, ANNA)} == {CLERK}
    assert permissions.is_system_user(ANNA) and not permissions.is_system_user("Guest")
    assert [row if isinstance(row, str) else row["user"] for row in get_users_with_role(CLERK)] == [ANNA]
    frappe.set_user(ANNA)
    assert ERRAND in permissions.get_doctypes_with_read()
    assert permissions.can_import(ERRAND) and permissions.can_export(ERRAND)
    with pytest.raises(frappe.PermissionError):
        permissions.can_import("User", raise_exception=True)


def test_rules_are_copied_before_they_are_changed() -> None:
    assert permissions.setup_custom_perms(ERRAND)
    assert not permissions.setup_custom_perms(ERRAND)
    assert frappe.db.count("Custom DocPerm", {"parent": ERRAND}) == frappe.db.count("DocPerm", {"parent": ERRAND})
    permissions.copy_perms("ToDo")
    assert frappe.db.exists("Custom DocPerm", {"parent": "ToDo"})


def test_a_user_permission_limits_documents(errand: Any) -> None:
    permissions.add_user_permission(ERRAND, errand.name, ANNA)
    assert permissions.has_user_permission(errand, ANNA)
    assert not permissions.has_user_permission(make_errand("Other"), ANNA)
    assert [row.doc for row in defaults.get_user_permissions(ANNA)[ERRAND]] == [errand.name]
    permissions.clear_user_permissions_for_doctype(ERRAND, ANNA)
    assert permissions.get_user_permissions(ANNA) == {}


def test_a_share_is_listed_and_changed(errand: Any) -> None:
    make_user("reader@example.com")
    share.add(ERRAND, errand.name, "reader@example.com")
    assert [row.user for row in share.get_users(ERRAND, errand.name)] == ["reader@example.com"]
    assert share.get_shared(ERRAND, "reader@example.com") == [errand.name]
    share.set_permission(ERRAND, errand.name, "reader@example.com", "write", 1)
    assert share.get_shared(ERRAND, "reader@example.com", ["write"]) == [errand.name]


def test_defaults_are_kept_by_parent() -> None:
    defaults.set_default("colour", "red", ANNA)
    defaults.add_default("colour", "blue", ANNA)
    assert defaults.get_defaults(ANNA)["colour"] == ["red", "blue"]
