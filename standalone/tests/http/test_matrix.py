"""Every generic endpoint × every kind of caller: 17 of the hostile inputs, fact 1 of the wire facts.

The same arrangement is tried by everybody, so that a refusal can only come from the gate.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import frappe
import pytest

pytestmark = pytest.mark.slow

CAST = ("Guest", "xenia", "cleo", "arne", "anna", "mona", "Administrator")
NOBODY: frozenset[str] = frozenset()
WRITERS = frozenset({"anna", "mona", "Administrator"})
READERS = WRITERS | {"arne", "cleo"}
MANAGERS = frozenset({"mona", "Administrator"})
MEMBERS = frozenset(CAST) - {"Guest"}
EVERYBODY = frozenset(CAST)


def get(path: str, **query: Any) -> Callable[[Any], Any]:
    return lambda client: client.get(path, query_string=query)


def post(path: str, **body: Any) -> Callable[[Any], Any]:
    return lambda client: client.post(path, json=body)


def call(method: str, **body: Any) -> Callable[[Any], Any]:
    return post(f"/api/method/{method}", **body)


LETTER = {"doctype": "Letter", "name": "Alpha"}
NEW = {"doctype": "Letter", "subject": "New"}
TARGET = {"reference_doctype": "Letter", "reference_name": "Alpha"}

ENDPOINTS: dict[str, tuple[frozenset[str], Callable[[Any], Any]]] = {
    "ping": (EVERYBODY, get("/api/method/ping")),
    "time zone": (EVERYBODY, get("/api/method/frappe.client.get_time_zone")),
    "who am I": (MEMBERS, get("/api/method/frappe.auth.get_logged_user")),
    "apps": (MEMBERS, get("/api/method/frappe.apps.get_apps")),
    "v1 list": (READERS, get("/api/resource/Letter")),
    "v1 read": (READERS, get("/api/resource/Letter/Alpha")),
    "v1 create": (WRITERS, post("/api/resource/Letter", subject="New")),
    "v1 update": (WRITERS, lambda client: client.put("/api/resource/Letter/Alpha", json={"pages": 3})),
    "v1 delete": (WRITERS, lambda client: client.delete("/api/resource/Letter/Alpha")),
    "v2 list": (READERS, get("/api/v2/document/Letter")),
    "v2 read": (READERS, get("/api/v2/document/Letter/Alpha")),
    "v2 copy": (READERS, get("/api/v2/document/Letter/Alpha/copy")),
    "v2 create": (WRITERS, post("/api/v2/document/Letter", subject="New")),
    "v2 update": (WRITERS, lambda client: client.patch("/api/v2/document/Letter/Alpha", json={"pages": 3})),
    "v2 delete": (WRITERS, lambda client: client.delete("/api/v2/document/Letter/Alpha")),
    "v2 count": (READERS, get("/api/v2/doctype/Letter/count")),
    "v2 meta": (MEMBERS, get("/api/v2/doctype/Letter/meta")),
    "v2 search": (READERS, get("/api/v2/doctype/Letter/search", txt="Al")),
    "client.get_list": (READERS, call("frappe.client.get_list", doctype="Letter")),
    "client.get_count": (READERS, call("frappe.client.get_count", doctype="Letter")),
    "client.get": (READERS, call("frappe.client.get", **LETTER)),
    "client.get by filters": (READERS, call("frappe.client.get", doctype="Letter", filters={"pages": 1})),
    "client.get_value": (
        READERS,
        call("frappe.client.get_value", doctype="Letter", fieldname="pages", filters="Alpha"),
    ),
    "client.get_single_value": (
        MANAGERS,
        call("frappe.client.get_single_value", doctype="System Settings", field="language"),
    ),
    "client.set_value": (WRITERS, call("frappe.client.set_value", **LETTER, fieldname="pages", value=2)),
    "client.insert": (WRITERS, call("frappe.client.insert", doc=NEW)),
    "client.insert_many": (WRITERS, call("frappe.client.insert_many", docs=[NEW])),
    "client.save": (WRITERS, call("frappe.client.save", doc=NEW)),
    "client.rename_doc": (WRITERS, call("frappe.client.rename_doc", doctype="Letter", old_name="Alpha", new_name="A")),
    "client.delete": (WRITERS, call("frappe.client.delete", **LETTER)),
    "client.get_password": (MANAGERS, call("frappe.client.get_password", **LETTER, fieldname="pin")),
    "client.get_doc_permissions": (
        READERS,
        call("frappe.client.get_doc_permissions", doctype="Letter", docname="Alpha"),
    ),
    "client.validate_link": (READERS, call("frappe.client.validate_link", doctype="Letter", docname="Alpha")),
    "client.attach_file": (
        WRITERS,
        call("frappe.client.attach_file", filename="a.txt", filedata="x", doctype="Letter", docname="Alpha"),
    ),
    "search_link": (READERS, call("frappe.desk.search.search_link", doctype="Letter", txt="")),
    "search_widget": (READERS, call("frappe.desk.search.search_widget", doctype="Letter", txt="")),
    "mentions": (
        frozenset({"arne", "anna", "mona", "Administrator"}),
        call("frappe.desk.search.get_names_for_mentions", search_term=""),
    ),
    "reportview.get": (READERS, call("frappe.desk.reportview.get", doctype="Letter", fields='["name"]')),
    "reportview.get_list": (READERS, call("frappe.desk.reportview.get_list", doctype="Letter", fields='["name"]')),
    "reportview.get_count": (READERS, call("frappe.desk.reportview.get_count", doctype="Letter")),
    "reportview.get_stats": (
        READERS,
        call("frappe.desk.reportview.get_sidebar_stats", stats=["status"], doctype="Letter", filters=[]),
    ),
    "reportview.export_query": (
        WRITERS,
        call("frappe.desk.reportview.export_query", doctype="Letter", fields='["name"]', file_format_type="CSV"),
    ),
    "listview.get_group_by_count": (
        READERS,
        call("frappe.desk.listview.get_group_by_count", doctype="Letter", current_filters="[]", field="status"),
    ),
    "form.getdoc": (READERS, call("frappe.desk.form.load.getdoc", **LETTER)),
    "form.getdoctype": (MEMBERS, call("frappe.desk.form.load.getdoctype", doctype="Letter")),
    "form.get_docinfo": (READERS, call("frappe.desk.form.load.get_docinfo", **LETTER)),
    "form.get_communications": (READERS, call("frappe.desk.form.load.get_communications", **LETTER)),
    "form.savedocs": (WRITERS, call("frappe.desk.form.save.savedocs", doc=NEW, action="Save")),
    "form.add_comment": (READERS, call("frappe.desk.form.utils.add_comment", **TARGET, content="Hello")),
    "form.get_next": (
        READERS,
        call("frappe.desk.form.utils.get_next", doctype="Letter", value="Alpha", prev=0, sort_field="pages"),
    ),
}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_17_each_endpoint_opens_for_exactly_those_who_may(
    as_user: Callable[[str], Any], letters: str, endpoint: str, site: Any
) -> None:
    allowed, request = ENDPOINTS[endpoint]
    answers = {}
    for person in CAST:
        client = as_user(person)
        frappe.db.rollback()
        answers[person] = request(client).status_code
        _put_back()
    opened = {person for person, status in answers.items() if status < 300}
    assert opened == allowed, answers
    assert {answers[person] for person in set(CAST) - allowed} <= {403}


def _put_back() -> None:
    """Undo what one caller did, so that the next one finds the same arrangement."""
    frappe.db.rollback()
    if frappe.db.exists("Letter", "A"):
        frappe.rename_doc("Letter", "A", "Alpha", force=True)
    if not frappe.db.exists("Letter", "Alpha"):
        frappe.get_doc({"doctype": "Letter", "subject": "Alpha", "pages": 1, "pin": "4711"}).insert()
    frappe.delete_doc("Letter", "New", force=True, ignore_missing=True)
    frappe.db.commit()


@pytest.mark.parametrize("person", CAST)
def test_17_deleting_several_leaves_what_one_may_not_delete(
    as_user: Callable[[str], Any], letters: str, person: str
) -> None:
    body = {"doctype": "Letter", "items": json.dumps(["Alpha"])}
    as_user(person).post("/api/method/frappe.desk.reportview.delete_items", json=body)
    frappe.db.rollback()
    assert bool(frappe.db.exists("Letter", "Alpha")) is (person not in WRITERS)


def test_16_an_upload_needs_write_permission_on_its_document(as_user: Callable[[str], Any], letters: str) -> None:
    import io

    statuses = {}
    for person in CAST:
        form = {"file": (io.BytesIO(b"hello"), "a.txt"), "doctype": "Letter", "docname": "Alpha", "is_private": "1"}
        statuses[person] = as_user(person).post("/api/method/upload_file", data=form).status_code
    assert {person for person, status in statuses.items() if status == 200} == WRITERS
