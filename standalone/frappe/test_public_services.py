"""Public functions around documents: web methods, sessions, live events, jobs, modules and test support."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import EnvironBuilder

import frappe
from frappe import client, installer, modules, rate_limiter, realtime, sessions, test_runner, tests, translate
from frappe.core.api import user_invitation
from frappe.custom.doctype.custom_field.custom_field import display_fieldtypes
from frappe.desk import reportview
from frappe.desk.form import assign_to, load
from frappe.model.document import get_controller
from frappe.model.testing import make_doctype
from frappe.testing.people import ANNA, make_user
from frappe.tests import utils as tests_utils
from frappe.utils import background_jobs, scheduler

pytestmark = pytest.mark.usefixtures("site")


def todo(description: str = "x") -> Any:
    return frappe.get_doc(doctype="ToDo", description=description).insert()


def test_a_document_is_submitted_cancelled_amended_and_deleted_over_the_web() -> None:
    link = {"fieldname": "amended_from", "fieldtype": "Link", "options": "Test Deed"}
    make_doctype("Test Deed", [{"fieldname": "title", "fieldtype": "Data"}, link], is_submittable=1)
    name = client.submit({"doctype": "Test Deed", "title": "x"})["name"]
    assert client.cancel("Test Deed", name)["docstatus"] == 2
    assert not client.is_document_amended("Test Deed", name)
    amended = frappe.get_doc(doctype="Test Deed", amended_from=name).insert()
    assert client.is_document_amended("Test Deed", name) == amended.name
    client.delete_doc("Test Deed", amended.name)
    assert not frappe.db.exists("Test Deed", amended.name)


def test_lists_are_compressed_counted_and_deleted() -> None:
    first, second = todo(), todo()
    answer = reportview.compress([{"name": first.name, "status": "Open"}])
    assert (answer["keys"], answer["values"]) == (["name", "status"], [[first.name, "Open"]])
    assert reportview.get_stats('["_user_tags"]', "ToDo") == {"_user_tags": []}
    reportview.delete_bulk("ToDo", [first.name, second.name])
    assert frappe.db.count("ToDo") == 0


def test_a_form_shows_files_people_and_assignments() -> None:
    make_user(ANNA)
    doc = todo()
    file = {"doctype": "File", "file_name": "a.txt", "content": "a", "attached_to_doctype": "ToDo"}
    frappe.get_doc({**file, "attached_to_name": doc.name}).insert()
    assert [row.file_name for row in load.get_attachments("ToDo", doc.name)] == ["a.txt"]
    assert load.get_user_info_for_viewers(json.dumps([ANNA]))[ANNA]["fullname"] == "Anna"
    assign_to.add({"doctype": "ToDo", "name": doc.name, "assign_to": [ANNA]})
    assert [row.owner for row in assign_to.get({"doctype": "ToDo", "name": doc.name})] == [ANNA]
    assign_to.set_status("ToDo", doc.name, assign_to=ANNA, status="Cancelled")
    assert assign_to.get({"doctype": "ToDo", "name": doc.name}) == []


def test_sessions_are_shown_and_ended() -> None:
    assert sessions.get().user["name"] == "Administrator"
    frappe.db.sql("insert into `tabSessions` (user, sid, status) values ('Guest', 's1', 'Active')")
    sessions.delete_session("s1")
    assert not frappe.db.sql("select sid from `tabSessions` where sid = 's1'")
    sessions.clear()


def test_calls_are_limited_by_caller() -> None:
    rate_limiter.apply()

    @rate_limiter.rate_limit(limit=1, seconds=60, ip_based=False, key="who")
    def call(who: str) -> str:
        return who

    assert call(who="a") == "a"


def test_live_events_go_to_rooms_one_may_enter() -> None:
    doc = todo()
    assert realtime.get_doctype_room("ToDo") == "doctype:ToDo"
    assert realtime.get_doc_room("ToDo", doc.name) == f"doc:ToDo/{doc.name}"
    assert realtime.get_user_room(ANNA) == f"user:{ANNA}"
    assert realtime.get_task_progress_room("t") == "task_progress:t"
    assert (realtime.get_site_room(), realtime.get_website_room()) == ("all", "website")
    assert realtime.has_permission("ToDo", doc.name) and realtime.can_subscribe_doc("ToDo", doc.name)
    frappe.set_user("Guest")
    with pytest.raises(frappe.PermissionError):
        realtime.can_subscribe_doc("ToDo", doc.name)


def test_jobs_run_in_the_name_of_a_user() -> None:
    assert background_jobs.get_queues_timeout()["long"] > background_jobs.get_queues_timeout()["short"]
    assert background_jobs.run_doc_method("ToDo", todo("work").name, "get_title") == "work"
    assert background_jobs.execute_job(frappe.local.site, "frappe.ping", None, "ping", {}, is_async=False) == "pong"
    with pytest.raises(frappe.MissingFrameworkFeature, match="Redis"):
        background_jobs.get_redis_conn()


def test_the_schedule_can_be_asked_and_woken() -> None:
    scheduler.activate_scheduler()
    assert not scheduler.is_scheduler_disabled()
    frappe.conf.pause_scheduler = 1
    assert scheduler.is_scheduler_inactive()
    assert scheduler.get_scheduler_status()["status"] == "inactive"


def test_languages_are_known() -> None:
    assert translate.get_user_lang() == "en"
    assert "DocType" not in translate.get_translated_doctypes()
    assert {"Section Break", "HTML"} <= set(display_fieldtypes)


def test_modules_find_the_files_of_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    monkeypatch.setattr("frappe.modules.export_file.write_document_file", lambda doc, *_: written.append(doc.name))
    modules.export_doc("DocType", "ToDo")
    assert written == ["ToDo"]
    assert modules.get_scrubbed_module("ToDo") == "desk"
    assert modules.get_doctype_module("ToDo") == "Desk"
    assert modules.get_module_app("Desk") == "frappe"
    assert modules.scrub_dt_dn("Web Page", "My Page") == ("web_page", "my_page")
    assert Path(modules.get_doc_path("Desk", "DocType", "ToDo")).name == "todo"
    assert get_controller("ToDo").__name__ == "ToDo"


def test_an_app_is_listed_and_taken_off_the_list() -> None:
    installer.add_to_installed_apps("helpdesk", rebuild_website=False)
    assert "helpdesk" in json.loads(frappe.db.get_global("installed_apps"))
    installer.remove_from_installed_apps("helpdesk")
    assert "helpdesk" not in json.loads(frappe.db.get_global("installed_apps"))


def test_headers_are_read_from_the_request() -> None:
    frappe.local.request = EnvironBuilder(headers={"X-Colour": "red"}).get_request()  # type: ignore[dict-item]
    assert frappe.get_request_header("X-Colour") == "red"
    assert frappe.get_request_header("X-Nothing", "none") == "none"


def test_an_invitation_of_another_app_is_not_sent_again() -> None:
    with pytest.raises(frappe.DoesNotExistError):
        user_invitation.resend_invitation("nothing", "frappe")


def test_test_records_are_made_once() -> None:
    records = [{"doctype": "ToDo", "description": "from the test"}]
    assert len(test_runner.make_test_objects("ToDo", records, reset=True)) == 1
    assert frappe.get_test_records("ToDo") == test_runner.get_test_records("ToDo") == []
    test_runner.make_test_records("ToDo")
    assert tests_utils.make_test_records is test_runner.make_test_records
    assert tests_utils.make_test_objects is test_runner.make_test_objects


def test_the_classes_and_helpers_of_tests_belong_to_unittest() -> None:
    assert issubclass(tests.IntegrationTestCase, tests.UnitTestCase)
    assert issubclass(tests_utils.FrappeTestCase, unittest.TestCase)
    with tests_utils.patch_hooks({"some_hook": ["a"]}):
        assert frappe.get_hooks("some_hook") == ["a"]
    assert tests.patch_hooks is tests_utils.patch_hooks
    assert tests_utils.timeout(5)(lambda: "in time")() == "in time"
    assert tests.timeout is tests_utils.timeout

    @tests.debug_on(KeyError)
    def fail() -> None:
        raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert tests_utils.debug_on is tests.debug_on
