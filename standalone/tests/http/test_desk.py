"""Data endpoints of the desk: section 28 of the runtime contract, 12 of the hostile inputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import frappe
import pytest

AsUser = Callable[[str], Any]


def call(client: Any, method: str, **arguments: Any) -> Any:
    return client.post(f"/api/method/frappe.desk.{method}", json=arguments)


# -- search -----------------------------------------------------------------------------------------------------------


def search(client: Any, txt: str, **options: Any) -> list[dict[str, Any]]:
    answer = call(client, "search.search_link", doctype="Letter", txt=txt, **options)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return list(answer.json["message"])


def test_28_search_finds_parts_of_names_beginnings_first(as_user: AsUser, letters: str) -> None:
    for subject in ("Xalpha", "Alphabet"):
        frappe.get_doc({"doctype": "Letter", "subject": subject}).insert()
    frappe.db.commit()
    found = [row["value"] for row in search(as_user("anna"), "alph")]
    assert set(found[:2]) == {"Alpha", "Alphabet"}
    assert found[2:] == ["Xalpha"]


def test_28_search_results_have_value_and_description(as_user: AsUser, letters: str) -> None:
    assert search(as_user("anna"), "Alpha") == [{"value": "Alpha", "description": "Draft"}]


def test_28_search_takes_filters_and_a_length(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert [row["value"] for row in search(client, "", filters={"pages": [">", 2]})] == ["Gamma"]
    assert [row["value"] for row in search(client, "", filters=[["pages", "=", 2]])] == ["Beta"]
    assert len(search(client, "", page_length=2)) == 2


@pytest.mark.parametrize("txt", ["%", "%%%%%%", "_", "'", "\\", '"', "' or 1=1 --", "\u0000", "a" * 5000, "😀"])
def test_20_search_texts_are_only_texts(as_user: AsUser, letters: str, txt: str) -> None:
    assert search(as_user("anna"), txt) == [] or txt in ("%", "_", "'", "\\", '"', "\u0000", "%%%%%%")


@pytest.mark.parametrize(
    "arguments",
    [
        {"query": "frappe.db.sql"},
        {"query": "os.system"},
        {"query": "x"},
        {"filters": [["margin", "=", "x"]]},
        {"filters": "{"},
        {"page_length": "x"},
        {"page_length": -1},
        {"doctype": "Nothing"},
        {"txt": {"a": 1}},
    ],
)
def test_20_hostile_searches_are_refused(as_user: AsUser, letters: str, arguments: dict[str, Any]) -> None:
    answer = call(as_user("anna"), "search.search_link", **{"doctype": "Letter", "txt": "", **arguments})
    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)


def test_28_colleagues_can_be_mentioned(as_user: AsUser, people: Any) -> None:
    found = call(as_user("anna"), "search.get_names_for_mentions", search_term="mon").json["message"]
    assert [entry["id"] for entry in found] == ["mona@example.com"]


# -- lists ------------------------------------------------------------------------------------------------------------


def test_28_rows_come_compressed_with_the_people_in_them(as_user: AsUser, letters: str) -> None:
    fields = json.dumps(["name", "owner", "pages"])
    answer = call(as_user("anna"), "reportview.get", doctype="Letter", fields=fields, order_by="pages asc")
    data = answer.json["message"]
    assert data["keys"] == ["name", "owner", "pages"]
    assert [row[0] for row in data["values"]] == ["Alpha", "Beta", "Gamma"]
    assert "Administrator" in data["user_info"]
    empty = call(as_user("anna"), "reportview.get", doctype="Letter", fields=fields, filters='[["pages", ">", 99]]')
    assert empty.json["message"] == []


def test_28_counts_can_be_capped(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert call(client, "reportview.get_count", doctype="Letter", filters="[]").json["message"] == 3
    assert call(client, "reportview.get_count", doctype="Letter", limit=2).json["message"] == 2


def test_28_values_are_counted(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    frappe.get_doc("Letter", "Alpha").add_tag("urgent")
    frappe.db.commit()
    stats = call(client, "reportview.get_sidebar_stats", stats='["status", "_user_tags"]', doctype="Letter")
    assert stats.json["message"]["stats"]["status"] == [["Draft", 3]]
    assert ["urgent", 1] in stats.json["message"]["stats"]["_user_tags"]
    groups = call(client, "listview.get_group_by_count", doctype="Letter", current_filters="[]", field="owner")
    assert groups.json["message"] == [{"name": "Administrator", "count": 3}]


def test_28_more_than_ten_documents_are_deleted_by_a_job(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert call(client, "reportview.delete_items", doctype="Letter", items='["Alpha", "None"]').status_code == 200
    assert not frappe.db.exists("Letter", "Alpha")
    many = json.dumps([f"n{i}" for i in range(20)])
    assert call(client, "reportview.delete_items", doctype="Letter", items=many).status_code == 200


def export(client: Any, **options: Any) -> Any:
    query = {"doctype": "Letter", "fields": '["name", "pages"]', "order_by": "pages asc", "file_format_type": "CSV"}
    return client.get("/api/method/frappe.desk.reportview.export_query", query_string={**query, **options})


def test_28_a_list_is_exported_with_labels_and_numbers(as_user: AsUser, letters: str) -> None:
    answer = export(as_user("anna"), title="My letters")
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert "My letters" in answer.headers["Content-Disposition"]
    assert [cell.strip('"') for cell in lines[0].split(",")] == ["Sr", "ID", "Pages"]
    assert [cell.strip('"') for cell in lines[1].split(",")] == ["1", "Alpha", "1"]
    workbook = export(as_user("anna"), file_format_type="Excel")
    assert workbook.get_data()[:2] == b"PK"
    selected = export(as_user("anna"), selected_items='["Beta"]').get_data(as_text=True)
    assert "Beta" in selected
    assert "Alpha" not in selected


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1"])
def test_12_a_cell_cannot_become_a_formula(as_user: AsUser, letters: str, text: str) -> None:
    frappe.db.set_value("Letter", "Alpha", "body", text)
    frappe.db.commit()
    csv = export(as_user("anna"), fields='["name", "body"]').get_data(as_text=True)
    assert f"'{text}" in csv


def test_29_an_export_is_kept_in_the_access_log(as_user: AsUser, letters: str) -> None:
    export(as_user("anna"))
    row = frappe.get_last_doc("Access Log")
    assert (row.user, row.export_from) == ("anna@example.com", "Letter")


@pytest.mark.parametrize(
    "options",
    [{"file_format_type": "PDF"}, {"fields": '["margin"]'}, {"selected_items": "{}"}, {"selected_items": '[{"a": 1}]'}],
)
def test_20_hostile_exports_are_refused(as_user: AsUser, letters: str, options: dict[str, str]) -> None:
    assert 400 <= export(as_user("anna"), **options).status_code < 500


# -- forms ------------------------------------------------------------------------------------------------------------


def test_28_a_form_gets_its_document_and_surroundings(as_user: AsUser, letters: str) -> None:
    letter = frappe.get_doc("Letter", "Alpha")
    letter.add_comment("Comment", "an internal thought")
    frappe.db.commit()
    answer = call(as_user("anna"), "form.load.getdoc", doctype="Letter", name="Alpha").json
    assert answer["docs"][0]["name"] == "Alpha"
    assert answer["docs"][0].get("margin") is None
    info = answer["docinfo"]
    assert "internal thought" in info["comments"][0]["content"]
    assert {
        "attachments",
        "communications",
        "assignments",
        "shared",
        "versions",
        "permissions",
        "tags",
        "user_info",
    } <= set(info)
    assert info["permissions"]["write"]


def test_18_the_surroundings_of_a_customers_form_hold_nothing_internal(as_user: AsUser, letters: str) -> None:
    frappe.get_doc("Letter", "Alpha").add_comment("Comment", "an internal thought")
    frappe.db.commit()
    for method in ("form.load.getdoc", "form.load.get_docinfo"):
        answer = call(as_user("cleo"), method, doctype="Letter", name="Alpha")
        assert answer.status_code == 200
        assert "internal thought" not in answer.get_data(as_text=True)


def test_wire_9_a_missing_document_is_an_empty_list(as_user: AsUser, letters: str) -> None:
    answer = call(as_user("anna"), "form.load.getdoc", doctype="Letter", name="None")
    assert (answer.status_code, answer.json.get("docs", [])) == (200, [])


def test_28_a_form_gets_the_definition_of_its_doctype_and_tables(as_user: AsUser, letters: str) -> None:
    answer = call(as_user("anna"), "form.load.getdoctype", doctype="Letter").json
    assert [doc["name"] for doc in answer["docs"]] == ["Letter", "Letter Line"]
    assert "subject" in {field["fieldname"] for field in answer["docs"][0]["fields"]}
    again = call(
        as_user("anna"), "form.load.getdoctype", doctype="Letter", cached_timestamp=answer["docs"][0]["modified"]
    )
    assert again.json["message"] == "use_cache"


def test_28_a_form_is_saved(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    new = {"doctype": "Letter", "__islocal": 1, "name": "new-letter-1", "subject": "Delta"}
    made = call(client, "form.save.savedocs", doc=json.dumps(new), action="Save").json
    assert (made["docs"][0]["name"], made["docs"][0]["localname"]) == ("Delta", "new-letter-1")
    changed = call(client, "form.save.savedocs", doc={**made["docs"][0], "pages": 5}, action="Save")
    assert changed.json["docs"][0]["pages"] == 5
    assert call(client, "form.save.savedocs", doc=made["docs"][0], action="Save").status_code == 417
    assert call(client, "form.save.savedocs", doc=made["docs"][0], action="Explode").status_code == 417


def test_17_4_a_comment_is_its_authors(as_user: AsUser, letters: str) -> None:
    target = {
        "reference_doctype": "Letter",
        "reference_name": "Alpha",
        "comment_email": "mona@example.com",
        "comment_by": "Mona",
    }
    comment = call(as_user("anna"), "form.utils.add_comment", **target, content="Hello").json["message"]
    assert (comment["comment_email"], comment["owner"]) == ("anna@example.com", "anna@example.com")
    edit = {"name": comment["name"], "content": "Changed"}
    assert call(as_user("mona"), "form.utils.update_comment", **edit).status_code == 403
    assert call(as_user("anna"), "form.utils.update_comment", **edit).status_code == 200
    assert "Changed" in frappe.db.get_value("Comment", comment["name"], "content")


def test_28_the_next_document_of_a_list_is_found(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    ask = {"doctype": "Letter", "value": "Beta", "sort_field": "pages", "sort_order": "asc"}
    assert call(client, "form.utils.get_next", **ask, prev=0).json["message"] == "Gamma"
    assert call(client, "form.utils.get_next", **ask, prev=1).json["message"] == "Alpha"
    assert "message" not in call(client, "form.utils.get_next", **{**ask, "value": "Gamma"}, prev=0).json


def test_12_8_the_desk_is_told_what_it_needs(as_user: AsUser, people: Any) -> None:
    as_user("anna")
    frappe.set_user("anna@example.com")
    from frappe.boot import get_bootinfo

    boot = get_bootinfo()
    assert boot.user.name == "anna@example.com"
    assert {"sysdefaults", "time_zone", "csrf_token", "app_data", "max_file_size"} <= set(boot)


# -- small endpoints that screens of other apps ask for ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("frappe.translate.get_boot_translations", {}),
        ("frappe.integrations.frappe_providers.frappecloud_billing.is_fc_site", {}),
        ("frappe.desk.doctype.tag.tag.get_tags", {"doctype": "Letter", "txt": "a"}),
        ("frappe.core.api.file.get_files_in_folder", {"folder": "Home"}),
        ("frappe.core.api.file.get_max_file_size", {}),
    ],
)
def test_28_screens_of_other_apps_find_their_endpoints(
    as_user: Any, letters: str, method: str, parameters: dict[str, str]
) -> None:
    answer = as_user("anna").get(f"/api/method/{method}", query_string=parameters)
    assert (answer.status_code, "message" in answer.json) == (200, True), answer.json


def test_28_users_are_searched_with_filters_written_as_json(as_user: Any) -> None:
    query = {"doctype": "User", "txt": "mon", "searchfield": "name", "start": 0, "page_len": 5, "filters": "{}"}
    answer = as_user("mona").get("/api/method/frappe.core.doctype.user.user.user_query", query_string=query)
    assert answer.json == {"message": [["mona@example.com", "Mona"]]}
