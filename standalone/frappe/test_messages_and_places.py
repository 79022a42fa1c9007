"""What apps say to people, where they find their files, and the state of a request."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import frappe

pytestmark = pytest.mark.usefixtures("site")


def test_a_message_waits_for_the_answer_and_can_be_taken_back() -> None:
    frappe.clear_messages()
    frappe.msgprint("one")
    frappe.toast("two", indicator="green")
    assert [entry["message"] for entry in frappe.message_log] == ["one", "two"]
    assert frappe.get_message_log()[1]["alert"]
    frappe.clear_last_message()
    assert len(frappe.message_log) == 1


def test_a_refusal_and_its_message_carry_the_same_id() -> None:
    frappe.clear_messages()
    with pytest.raises(frappe.MandatoryError) as caught:
        frappe.throw("Say more", frappe.MandatoryError, title="Empty")
    (entry,) = frappe.message_log
    assert (entry["title"], entry["indicator"]) == ("Empty", "red")
    assert entry["__frappe_exc_id"] == getattr(caught.value, "__frappe_exc_id")


def test_what_is_logged_for_developers_goes_to_its_own_lists() -> None:
    frappe.errprint("bad")
    frappe.log("fine")
    assert len(frappe.error_log) == len(frappe.debug_log) == 1
    assert frappe.bold("x") == "<strong>x</strong>"
    frappe.logger("tests").info("nothing to see")


def test_an_error_log_swaps_a_title_of_several_lines_and_shows_the_current_error() -> None:
    swapped = frappe.log_error("line\nline", "short")
    assert (swapped.method, swapped.error) == ("short", "line\nline")
    try:
        raise KeyError("lost")
    except KeyError:
        assert "lost" in frappe.get_traceback()
        assert "KeyError" in frappe.log_error("title").error
    todo = frappe.get_doc(doctype="ToDo", description="x").insert()
    assert todo.log_error("title", "text").reference_name == todo.name


def test_places_are_found_inside_the_package_and_the_site() -> None:
    assert frappe.get_app_path("frappe", "Core", "Doc-Type").endswith("frappe/core/doc_type")
    assert frappe.get_app_path("frappe", "public", "My File").endswith("public/My File")
    assert frappe.get_app_source_path("frappe") == str(Path(frappe.get_app_path("frappe")).parent)
    assert frappe.get_module_path("Core", "doctype") == frappe.get_app_path("frappe", "core", "doctype")
    assert frappe.get_pymodule_path("frappe.utils").endswith("frappe/utils")
    assert frappe.get_site_path("private").endswith(os.path.join(frappe.local.site, "private"))
    assert "Core" in frappe.get_module_list("frappe")
    assert "frappe" in frappe.get_all_apps()
    assert frappe.unscrub("hd_ticket") == "Hd Ticket"


def test_settings_are_read_as_attributes_and_unknown_ones_are_none() -> None:
    assert frappe.get_site_config().allow_tests is True
    assert frappe.get_common_site_config().no_such_key is None
    assert frappe.get_conf().allow_tests is True
    assert frappe.get_active_domains() == [""]
    for done in (0, 1):
        frappe.db.set_single_value("System Settings", "setup_complete", done)
        frappe.clear_cache()
        assert frappe.is_setup_complete() is bool(done)
    assert frappe.get_website_settings("no_such_key") is None


def test_small_files_are_read_whole(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("a\n\n# no\nb\n")
    (tmp_path / "value.json").write_text('{"a": 1}')
    assert frappe.get_file_items(str(tmp_path / "list.txt")) == ["a", "b"]
    assert frappe.get_file_json(str(tmp_path / "value.json")) == {"a": 1}
    assert frappe.read_file(str(tmp_path / "list.txt")).startswith("a")
    assert frappe.read_file(str(tmp_path / "gone.txt")) is None


def test_bytes_and_text_turn_into_each_other() -> None:
    assert frappe.safe_decode(b"\xc3\xa4") == frappe.as_unicode(b"\xc3\xa4") == "ä"
    assert frappe.safe_encode("ä") == b"\xc3\xa4"
    assert "@" in frappe.mock("email")


def test_outside_a_request_the_proxies_are_empty_and_false() -> None:
    assert not frappe.request
    assert not frappe.job
    assert frappe.form_dict == frappe.form == {}
    assert frappe.response == {"docs": []}
    assert frappe.lang == "en"
    assert frappe.get_user().name == "Administrator"
    assert frappe.user.name == "Administrator"
    assert set(frappe.STANDARD_USERS) == {"Guest", "Administrator"}
    assert frappe.get_domain_data("nothing") == {}


def test_a_call_passes_only_what_a_function_takes_and_never_the_flags() -> None:
    def add(a: int, b: int = 2) -> int:
        return a + b

    assert frappe.get_newargs(add, {"a": 1, "x": 9, "flags": 1}) == {"a": 1}
    assert frappe.call(add, a=1, ignore_permissions=True) == 3
    with pytest.raises(frappe.PermissionError):
        frappe.is_whitelisted(add)
    assert frappe.read_only()(add)(1) == frappe.write_only()(add)(1) == 3


def test_a_search_method_gets_a_known_doctype_and_whole_numbers() -> None:
    def search(doctype: str, txt: str, searchfield: str, start: int, page_len: int, filters: Any) -> list[Any]:
        return [doctype, start, page_len]

    guarded: Any = frappe.validate_and_sanitize_search_inputs(search)
    assert guarded("User", "x", "name", "0", "20", None) == ["User", 0, 20]
    assert guarded("No Such DocType", "x", "name", "0", "20", None) == []


def test_hooks_of_documents_are_listed_by_doctype_and_event() -> None:
    assert "*" in frappe.get_doc_hooks()


def test_a_document_is_reloaded_from_its_file() -> None:
    frappe.db.set_value("DocType", "ToDo", "description", "changed")
    assert frappe.reload_doc("desk", "doctype", "todo", force=True)
    frappe.reload_doctype("ToDo", force=True)
    assert frappe.db.get_value("DocType", "ToDo", "description") != "changed"


def test_an_event_waits_for_the_commit_and_progress_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Any] = []
    monkeypatch.setattr("frappe.realtime.emit_via_redis", lambda event, message, room: sent.append((event, message)))
    frappe.publish_realtime("my_event", {"a": 1}, user="Administrator", after_commit=True)
    frappe.publish_progress(50, title="Half", doctype="User", docname="Guest")
    assert [event for event, _ in sent] == ["progress"]
    frappe.db.commit()
    assert sent[-1] == ("my_event", {"a": 1})


def test_single_values_and_keys_of_the_cache() -> None:
    assert frappe.get_single_value("System Settings", "time_zone") == frappe.get_system_settings("time_zone")
    assert frappe.get_document_cache_key("User", "Guest") != frappe.get_document_cache_key("User", "Administrator")
    assert frappe.can_cache_doc(("User", "Guest"))
    assert not frappe.can_cache_doc(({"doctype": "User"},))
    assert frappe.get_desk_link("User", "Guest").startswith("<a href=")
    frappe.flags.mute_emails = True
    assert frappe.are_emails_muted()


def test_templates_come_from_files_or_from_text() -> None:
    assert frappe.get_template("templates/emails/standard.html").name == "templates/emails/standard.html"
    source = frappe.get_jloader().get_source(frappe.get_jenv(), "templates/emails/standard.html")[0]
    assert "{{" in source


def test_pages_of_the_portal_need_a_rule_that_allows_them() -> None:
    assert frappe.has_website_permission(frappe.get_doc("User", "Guest")) is False
    assert frappe.only_has_select_perm("User") is False


def test_a_redirect_is_an_error_that_ends_the_page() -> None:
    with pytest.raises(frappe.Redirect):
        frappe.redirect("/somewhere")
    assert frappe.local.flags.redirect_location == "/somewhere"
