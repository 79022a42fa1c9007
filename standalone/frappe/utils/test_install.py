"""What a new site starts with."""

from __future__ import annotations

import pytest

import frappe
from frappe.utils import install

pytestmark = pytest.mark.usefixtures("site")


def test_the_standard_users_are_there() -> None:
    admin, guest = frappe.get_doc("User", "Administrator"), frappe.get_doc("User", "Guest")
    assert (admin.email, admin.user_type, admin.thread_notify, admin.send_me_a_copy) == (
        "admin@example.com",
        "System User",
        0,
        0,
    )
    assert (guest.email, guest.user_type, [row.role for row in guest.roles]) == (
        "guest@example.com",
        "Website User",
        ["Guest"],
    )


def test_every_role_of_a_permission_exists() -> None:
    named = set(frappe.get_all("DocPerm", pluck="role", distinct=True))
    assert named <= set(frappe.get_all("Role", pluck="name"))
    assert set(install.STANDARD_ROLES) <= set(frappe.get_roles("Administrator"))
    assert frappe.db.get_value("Role", "Desk User", "desk_access") == 1
    assert not frappe.db.get_value("Role", "Guest", "desk_access")


@pytest.mark.parametrize(
    ("doctype", "name"),
    [
        ("User Type", "System User"),
        ("User Type", "Website User"),
        ("Country", "Germany"),
        ("Country", "United States"),
        ("Currency", "EUR"),
        ("Language", "de"),
        ("Gender", "Prefer not to say"),
        ("Salutation", "Dr"),
        ("Email Domain", "example.com"),
        ("File", "Home"),
        ("File", "Home/Attachments"),
        ("Module Def", "Core"),
    ],
)
def test_the_masters_are_there(doctype: str, name: str) -> None:
    assert frappe.db.exists(doctype, name)


def test_the_example_mailboxes_are_switched_off() -> None:
    rows = frappe.get_all("Email Account", fields=["name", "email_id", "enable_incoming", "enable_outgoing"])
    assert {(row.name, row.email_id) for row in rows} == {
        ("Notifications", "notifications@example.com"),
        ("Replies", "replies@example.com"),
    }
    assert not any(row.enable_incoming or row.enable_outgoing for row in rows)


def test_settings_have_values_and_setup_is_still_to_do() -> None:
    assert frappe.get_system_settings("time_zone")
    assert frappe.db.get_default("date_format") == "yyyy-mm-dd"
    assert not frappe.utils.cint(frappe.db.get_single_value("System Settings", "setup_complete"))
    assert frappe.db.get_default("desktop:home_page") == "setup-wizard"


def test_installing_again_changes_nothing() -> None:
    before = {doctype: frappe.db.count(doctype) for doctype in ("Role", "User", "Country", "File", "Email Account")}
    install.after_install()
    assert {doctype: frappe.db.count(doctype) for doctype in before} == before


def test_migrating_brings_back_languages_that_are_missing_and_leaves_the_others_alone() -> None:
    from frappe.core.doctype.language.language import sync_languages

    frappe.db.delete("Language", {"name": "zu"})
    frappe.db.set_value("Language", "de", "language_name", "Deutsch (eigen)")
    sync_languages()
    assert frappe.db.exists("Language", "zu")
    assert frappe.db.get_value("Language", "de", "language_name") == "Deutsch (eigen)"
