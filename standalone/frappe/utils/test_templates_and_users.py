"""Templates, formats of fields, and who people are."""

from __future__ import annotations

from typing import Any

import pytest

import frappe
from frappe import utils
from frappe.utils import jinja_globals, user
from frappe.utils.formatters import format_value
from frappe.utils.jinja import get_jenv, render_template, validate_template


def test_templates_are_filled_in(site: Any) -> None:
    assert render_template("Hello {{ name }}, {{ _('welcome') }}", {"name": "Anna"}) == "Hello Anna, welcome"
    assert render_template("", {}) == ""
    assert render_template("{{ missing }}", {}) == "{{ missing }}"
    assert render_template("{{ 'a' | len }}{{ '7x' | int }}{{ {'a': 1} | json }}", {}) == '10{\n "a": 1\n}'
    assert render_template("{{ frappe.session.user }} {{ frappe.utils.cint('7') }}", {}) == "Administrator 7"


def test_values_of_the_request_are_those_of_the_moment(site: Any) -> None:
    assert render_template("{{ frappe.session.user }}") == "Administrator"
    frappe.set_user("Guest")
    frappe.local.form_dict.q = "x"
    assert render_template("{{ frappe.session.user }}{{ frappe.form_dict.q }}") == "Guestx"


def test_the_same_text_is_compiled_once(site: Any) -> None:
    environment = get_jenv()
    assert environment.compiled("x {{ a }}") is environment.compiled("x {{ a }}")


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__ }}", "{{ frappe.__class__ }}", "{% for x in [] %}", "{{ x", "{{ x | nosuchfilter }}",
        "{{ frappe.get_doc('User', 'Guest').get_password('x') }}", "{{ frappe.get_doc('User', 'Guest').save() }}",
        "{{ frappe.get_doc('User', 'Guest').db_set('a', 1) }}", "{{ frappe.db.sql('delete from `tabUser`') }}",
    ],
)  # fmt: skip
def test_templates_cannot_leave_the_sandbox_or_write(site: Any, template: str) -> None:
    with pytest.raises((frappe.ValidationError, frappe.PermissionError)):
        render_template(template)
    assert frappe.db.exists("User", "Guest")


@pytest.mark.parametrize(
    "template", ["{{ frappe.conf }}", "{{ frappe.local }}", "{{ frappe.db.commit }}", "{{ frappe.delete_doc }}"]
)
def test_what_is_not_for_templates_is_printed_as_it_stands(site: Any, template: str) -> None:
    assert "{{" in render_template(template)


def test_syntax_errors_name_the_line(site: Any) -> None:
    validate_template("fine {{ x }}")
    with pytest.raises(frappe.ValidationError, match="Line 2"):
        validate_template("fine\n{% if %}")


def test_text_direction_and_classes() -> None:
    assert jinja_globals.is_rtl(True)
    assert not jinja_globals.is_rtl()
    assert jinja_globals.resolve_class("a", ["b", None], {"c": 1, "d": 0}) == "a b c"
    assert jinja_globals.bundled_asset("assets/x.css") == "/assets/x.css"


# -- formats ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "fieldtype", "expected"),
    [
        ("2024-05-06", "Date", "2024-05-06"), (3725, "Duration", "1h 2m 5s"), (1234.5, "Float", "1,234.5"),
        (0.5, "Percent", "0.50%"), ("a\n<b>", "Small Text", "a<br>&lt;b&gt;"), (None, "Date", ""), (7, "Int", "7"),
        ("2024-05-06 10:00:00", "Datetime", "2024-05-06 10:00:00"), ("x", "Data", "x"),
    ],
)  # fmt: skip
def test_values_look_as_their_field_wants(value: object, fieldtype: str, expected: str) -> None:
    assert format_value(value, fieldtype) == expected


# -- users ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def anna(site: Any) -> str:
    frappe.get_doc(
        {
            "doctype": "User",
            "email": "anna@example.com",
            "first_name": "Anna",
            "last_name": "Berg",
            "send_welcome_email": 0,
        }
    ).insert(ignore_permissions=True)
    return "anna@example.com"


def test_who_somebody_is(anna: str) -> None:
    assert user.get_fullname(anna) == "Anna Berg"
    assert user.get_fullname("nobody@example.com") == "nobody@example.com"
    assert user.get_formatted_email(anna) == "Anna Berg <anna@example.com>"
    assert user.get_user_info_for_avatar("nobody") == {"email": "nobody", "image": "", "name": "nobody"}
    found: dict[str, Any] = {}
    user.add_user_info([anna, "nobody"], found)
    assert (found[anna].fullname, found["nobody"].fullname) == ("Anna Berg", "nobody")


def test_people_are_found_by_role(anna: str) -> None:
    frappe.get_doc("User", anna).add_roles("System Manager")
    assert user.get_users_with_role("System Manager") == [anna]
    assert user.get_system_managers() == ["Anna Berg <anna@example.com>"]


def test_the_summary_of_a_user_follows_the_roles(anna: str) -> None:
    summary = user.UserPermissions(anna)
    assert "System Settings" not in summary.can_write
    frappe.get_doc("User", anna).add_roles("System Manager")
    assert "System Settings" in user.UserPermissions(anna).can_write
    with pytest.raises(AttributeError):
        summary.can_fly  # noqa: B018 - reading it is the test


def test_facts_about_the_site(site: Any) -> None:
    from frappe.utils import get_installed_apps_info, get_site_info

    assert [app["app_name"] for app in get_installed_apps_info()] == ["frappe"]
    assert get_site_info()["installed_apps"][0]["app_name"] == "frappe"


def test_addresses_and_portraits_of_people(anna: str) -> None:
    assert utils.get_email_address(anna) == anna
    assert utils.get_email_address("nobody@example.com") is None
    portrait = utils.get_gravatar_url(" Anna@Example.com ")
    assert portrait == utils.get_gravatar("anna@example.com")
    assert portrait.startswith("https://secure.gravatar.com/avatar/") and portrait.endswith("?d=mm&s=200")


def test_pages_are_rendered_for_tests(site: Any) -> None:
    assert "<title>" in utils.get_html_for_route("login")


def test_programs_of_the_machine_are_run(site: Any) -> None:
    assert utils.is_cli()
    assert utils.execute_in_shell("echo out; echo err >&2") == (b"err\n", b"out\n")
    with pytest.raises(frappe.CommandFailedError, match="ended with error 3"):
        utils.execute_in_shell("exit 3", check_exit_code=True)


def test_a_session_to_other_machines_is_patient() -> None:
    retries = utils.get_request_session(max_retries=2).get_adapter("https://example.com").max_retries
    assert retries.total == 2 and 503 in retries.status_forcelist
