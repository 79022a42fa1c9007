"""Every hook that Frappe documents is read here, or it is known that and why it has no effect."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe import absent
from frappe.apps import mapping_of_hook
from frappe.tests.helpers import patch_hooks

ROOT = Path(__file__).parent
NAMES = """
after_app_install after_app_uninstall after_install after_job after_migrate after_request after_sync after_uninstall
app_home app_include_css app_include_icons app_include_js app_logo_url app_name app_title app_version auth_hooks
add_to_apps_screen additional_timeline_content auto_cancel_exempted_doctypes base_template base_template_map
before_app_install before_app_uninstall before_install before_job before_login before_migrate before_request
before_tests before_uninstall before_write_file boot_session brand_html calendars clear_cache communication_doctypes
dashboards default_log_clearing_doctypes default_mail_footer delete_file_data_content doc_events doctype_calendar_js
doctype_js doctype_list_js doctype_tree_js domains email_brand_image email_css export_python_type_annotations
extend_bootinfo extend_doctype_class extend_website_page_controller_context filters_config fixture_auto_order fixtures
get_changelog_feed get_print_format_template get_sender_details get_site_info get_web_pages_with_dynamic_routes
get_website_user_home_page global_search_doctypes has_permission has_website_permission home_page
ignore_links_on_delete jenv jinja leaderboards look_for_sidebar_json make_email_body_message naming_series_variables
notification_config on_login on_logout on_session_creation override_doctype_class override_doctype_dashboards
override_email_send override_whitelisted_methods page_js page_renderer pdf_body_html pdf_footer_html pdf_header_html
permission_query_conditions persistent_cache_keys portal_menu_items require_type_annotated_api_methods required_apps
role_home_page scheduler_events setup_wizard_complete setup_wizard_exception setup_wizard_requires setup_wizard_stages
setup_wizard_success signup_form_template sounds standard_help_items standard_navbar_items standard_portal_menu_items
standard_queries template_apps treeviews update_website_context user_data_fields user_invitation
web_include_css web_include_js webform_include_css webform_include_js webform_list_context website_clear_cache
website_context website_generators website_path_resolver website_redirects website_route_rules website_theme_scss
website_user_home_page welcome_email write_file
"""
DOCUMENTED = NAMES.split()


def _texts_in_the_code() -> set[str]:
    """Return every string constant of the runtime's own modules."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        if path.name.startswith("test_") or path.name in ("absent.py", "hooks.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
    return found


def test_a_documented_hook_is_read_or_said_to_have_no_effect() -> None:
    read = _texts_in_the_code()
    silent = [name for name in DOCUMENTED if name not in read and name not in absent.HOOKS]
    assert silent == [], "nothing reads these hooks, and nobody says so"


def test_nothing_is_said_to_have_no_effect_that_is_read() -> None:
    assert not absent.HOOKS.keys() & _texts_in_the_code()
    assert set(DOCUMENTED) >= absent.HOOKS.keys()


def test_hooks_without_effect_are_named_by_their_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = {"app_include_js": ["a.js"], "doctype_js": {"ToDo": ["b.js"]}, "doc_events": {}, "own_extension": ["x"]}
    monkeypatch.setattr("frappe.apps.get_hooks", lambda app_name: hooks)
    assert list(absent.hooks_without_effect("orchard").values()) == [["app_include_js", "doctype_js"]]


def test_who_changes_the_answer_changes_it_for_nobody_else(site: Any) -> None:
    frappe.get_hooks("on_logout").append("a.b")
    frappe.get_hooks("website_route_rules")[0]["to_route"] = "elsewhere"
    frappe.get_hooks("doc_events")["*"]["on_update"].clear()
    frappe.get_hooks()["daily"] = []
    assert frappe.get_hooks("on_logout") == ["frappe.realtime.close_sockets"]
    assert frappe.get_hooks("website_route_rules")[0]["to_route"] == "app"
    assert frappe.get_hooks("doc_events")["*"]["on_update"]
    assert "daily" not in frappe.get_hooks()


def test_what_is_asked_often_is_not_copied(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mapping_of_hook("doc_events") is mapping_of_hook("doc_events")
    assert mapping_of_hook("doc_events") == frappe.get_hooks("doc_events")
    assert mapping_of_hook("no_such_hook") == {}
    with patch_hooks({"doc_events": {"ToDo": {"validate": ["c.d"]}}}):
        assert mapping_of_hook("doc_events") == {"ToDo": {"validate": ["c.d"]}}
    monkeypatch.setattr(frappe, "get_hooks", lambda *_args: {"ToDo": {"validate": ["a.b"]}})
    assert mapping_of_hook("doc_events") == {"ToDo": {"validate": ["a.b"]}}
