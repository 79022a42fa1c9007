"""Documents over REST and `frappe.client`: sections 11.2, 11.3, 11.5 and 11.7 of the runtime contract."""

import json
from collections.abc import Callable
from typing import Any

import frappe
import pytest

AsUser = Callable[[str], Any]
V1, V2 = "/api/resource", "/api/v2/document"


def rpc(client: Any, method: str, verb: str = "post", **arguments: Any) -> Any:
    path = f"/api/method/frappe.client.{method}"
    return client.get(path, query_string=arguments) if verb == "get" else client.post(path, json=arguments)


# -- reading ----------------------------------------------------------------------------------------------------------


def test_11_2_a_document_is_read_without_its_nulls(as_user: AsUser, letters: str) -> None:
    data = as_user("anna").get(f"{V1}/Letter/Alpha").json["data"]
    assert data["subject"] == "Alpha"
    assert data["lines"][0]["amount"] == 1
    assert "body" not in data
    assert "*" in data["pin"]


def test_11_7_client_get_keeps_the_nulls(as_user: AsUser, letters: str) -> None:
    data = rpc(as_user("anna"), "get", doctype="Letter", name="Alpha").json["message"]
    assert data["body"] is None
    assert rpc(as_user("anna"), "get", doctype="Letter", filters={"pages": 2}).json["message"]["name"] == "Beta"


def test_11_3_version_2_keeps_the_nulls(as_user: AsUser, letters: str) -> None:
    assert as_user("anna").get(f"{V2}/Letter/Alpha").json["data"]["body"] is None


@pytest.mark.parametrize(
    "path", [f"{V1}/Letter/Alpha", f"{V2}/Letter/Alpha", "/api/method/frappe.client.get?doctype=Letter&name=Alpha"]
)
def test_9_3_fields_of_a_higher_level_are_hidden(as_user: AsUser, letters: str, path: str) -> None:
    assert "between the lines" not in as_user("anna").get(path).get_data(as_text=True)
    assert "between the lines" in as_user("mona").get(path).get_data(as_text=True)


def test_11_2_a_list_has_names_by_default_and_twenty_rows(as_user: AsUser, letters: str) -> None:
    for number in range(25):
        frappe.get_doc({"doctype": "Letter", "subject": f"Number {number}"}).insert()
    frappe.db.commit()
    client = as_user("anna")
    data = client.get(f"{V1}/Letter").json["data"]
    assert len(data) == 20
    assert set(data[0]) == {"name"}
    page = client.get(f"{V2}/Letter").json
    assert (len(page["data"]), page["has_next_page"]) == (20, True)
    rest = client.get(f"{V2}/Letter", query_string={"start": 20}).json
    assert (len(rest["data"]), rest["has_next_page"]) == (8, False)


def test_11_2_a_list_takes_fields_filters_order_and_limits(as_user: AsUser, letters: str) -> None:
    query = {
        "fields": json.dumps(["name", "pages as number", "lines.amount"]),
        "filters": json.dumps([["pages", ">", 1]]),
        "order_by": "pages desc",
        "limit_page_length": 1,
    }
    data = as_user("anna").get(f"{V1}/Letter", query_string=query).json["data"]
    assert data == [{"name": "Gamma", "number": 3, "amount": 3}]


def test_wire_6_limit_page_length_wins_over_limit(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    both = client.get(f"{V1}/Letter", query_string={"limit": 1, "limit_page_length": 2}).json["data"]
    assert len(both) == 2
    assert len(client.get(f"{V1}/Letter", query_string={"limit": 1}).json["data"]) == 1


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"status": "Draft", "pages": ["in", [1, 2]]}, {"Alpha", "Beta"}),
        ([["Letter", "pages", "between", [2, 3]]], {"Beta", "Gamma"}),
        ([["Letter Line", "amount", "=", 3]], {"Gamma"}),
        ([["subject", "like", "%lph%"]], {"Alpha"}),
        ([["body", "is", "not set"]], {"Alpha", "Beta", "Gamma"}),
        ("Alpha", {"Alpha"}),
    ],
)
def test_7_2_filters_have_several_forms(as_user: AsUser, letters: str, filters: Any, names: set[str]) -> None:
    rows = rpc(as_user("anna"), "get_list", doctype="Letter", filters=filters).json["message"]
    assert {row["name"] for row in rows} == names


HOSTILE_QUERIES: list[dict[str, Any]] = [
    {"fields": ["name", "no_such_field"]},
    {"fields": ["(select password from `__Auth`)"]},
    {"fields": ["name; drop table tabLetter"]},
    {"fields": ["sleep(5)"]},
    {"fields": ["margin"]},
    {"fields": ["`tabUser`.`api_key`"]},
    {"fields": ["recipient.api_key"]},
    {"fields": [{"SLEEP": 5}]},
    {"fields": [{"COUNT": "margin", "as": "n"}]},
    {"fields": [{"COUNT": "name", "as": "n; --"}]},
    {"fields": [5]},
    {"fields": {"a": 1}},
    {"filters": [["no_such_field", "=", 1]]},
    {"filters": [["margin", "like", "%a%"]]},
    {"filters": {"margin": "x"}},
    {"filters": [["pages", "regexp", ".*"]]},
    {"filters": [["pages", "= 1 or 1", "=1"]]},
    {"filters": [["pages", "=", "many"]]},
    {"filters": [["due", "=", "someday"]]},
    {"filters": [["due", "timespan", "last eon"]]},
    {"filters": [["pages", "between", [1, 2, 3]]]},
    {"filters": [["pages", "=", {"a": 1}]]},
    {"filters": [["pages"]]},
    {"filters": [5]},
    {"filters": "[[["},
    {"filters": '{"a": '},
    {"or_filters": [["margin", "=", "x"]]},
    {"order_by": "rand()"},
    {"order_by": "margin asc"},
    {"order_by": "pages desc, (select 1)"},
    {"order_by": "pages sideways"},
    {"group_by": "status having sleep(1)"},
    {"group_by": "margin"},
    {"limit_page_length": "all"},
    {"limit_page_length": -1},
    {"limit_start": -5},
    {"limit_start": "x"},
    {"limit_page_length": 1.5},
]


@pytest.mark.slow
@pytest.mark.parametrize("query", HOSTILE_QUERIES, ids=str)
@pytest.mark.parametrize("version", ["client", "v1", "v2"])
def test_20_hostile_queries_are_refused_with_a_clear_error(
    as_user: AsUser, letters: str, query: dict[str, Any], version: str
) -> None:
    client = as_user("anna")
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in query.items()}
    if version == "client":
        answer = rpc(client, "get_list", doctype="Letter", **query)
    elif version == "v1":
        answer = client.get(f"{V1}/Letter", query_string=texts)
    else:
        names = {"limit_page_length": "limit", "limit_start": "start"}
        answer = client.get(f"{V2}/Letter", query_string={names.get(key, key): value for key, value in texts.items()})
    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)


@pytest.mark.parametrize("query", HOSTILE_QUERIES[:12], ids=str)
def test_20_hostile_fields_are_refused_in_other_reads_as_well(
    as_user: AsUser, letters: str, query: dict[str, Any]
) -> None:
    client = as_user("anna")
    form = {key: json.dumps(value) for key, value in query.items()}
    answer = client.post("/api/method/frappe.desk.reportview.get", data={"doctype": "Letter", **form})
    assert 400 <= answer.status_code < 500
    answer = client.get(
        "/api/method/frappe.client.get_value", query_string={"doctype": "Letter", "fieldname": form["fields"]}
    )
    assert 400 <= answer.status_code < 500


def test_20_all_rows_at_once_are_for_those_who_may_report(as_user: AsUser, letters: str) -> None:
    assert as_user("cleo").get(f"{V1}/Letter", query_string={"limit": 0}).status_code == 403
    assert len(as_user("anna").get(f"{V1}/Letter", query_string={"limit": 0}).json["data"]) == 3
    assert len(as_user("cleo").get(f"{V1}/Letter", query_string={"limit": 10**9}).json["data"]) == 3


def test_18_customers_never_see_texts_of_comments_in_lists(as_user: AsUser, letters: str) -> None:
    frappe.get_doc("Letter", "Alpha").add_comment("Comment", "an internal thought")
    frappe.db.commit()
    query = {"fields": json.dumps(["name", "_comments"])}
    assert as_user("cleo").get(f"{V1}/Letter", query_string=query).status_code == 417
    everything = as_user("cleo").get(f"{V1}/Letter", query_string={"fields": '["*"]'})
    assert everything.status_code == 200
    assert "internal thought" not in everything.get_data(as_text=True)
    assert "internal thought" in as_user("anna").get(f"{V1}/Letter", query_string=query).get_data(as_text=True)


def test_11_7_counts_are_of_what_the_caller_may_see(as_user: AsUser, letters: str) -> None:
    assert rpc(as_user("anna"), "get_count", doctype="Letter", filters={"pages": [">", 1]}).json["message"] == 2
    assert rpc(as_user("xenia"), "get_count", doctype="Letter").status_code == 403
    assert as_user("anna").get("/api/v2/doctype/Letter/count").json["data"] == 3


def test_11_7_values_come_alone_or_several(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    one = rpc(client, "get_value", doctype="Letter", fieldname="pages", filters="Beta")
    assert one.json["message"] == {"pages": 2}
    several = rpc(client, "get_value", doctype="Letter", fieldname='["name", "pages"]', filters={"pages": 3})
    assert several.json["message"] == {"name": "Gamma", "pages": 3}
    assert rpc(client, "get_value", doctype="Letter", fieldname="pages", filters="None").json["message"] == {}


def test_11_7_rows_of_a_table_are_read_through_their_parent(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert rpc(client, "get_list", doctype="Letter Line").status_code == 403
    assert rpc(client, "get_list", doctype="Letter Line", parent="User").status_code == 403
    rows = rpc(client, "get_list", doctype="Letter Line", parent="Letter", fields=["text"]).json["message"]
    assert len(rows) == 3
    assert rpc(as_user("xenia"), "get_list", doctype="Letter Line", parent="Letter").status_code == 403


# -- writing ----------------------------------------------------------------------------------------------------------


def test_11_2_a_document_is_made_changed_and_deleted(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    made = client.post(f"{V1}/Letter", json={"subject": "Delta", "lines": [{"text": "a"}]})
    assert (made.status_code, made.json["data"]["name"], made.json["data"]["status"]) == (200, "Delta", "Draft")
    changed = client.put(f"{V1}/Letter/Delta", json={"pages": 7})
    assert changed.json["data"]["pages"] == 7
    gone = client.delete(f"{V1}/Letter/Delta")
    assert (gone.status_code, gone.json["data"]) == (202, "ok")
    assert client.get(f"{V1}/Letter/Delta").status_code == 404


def test_11_3_version_2_does_the_same(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert client.post(f"{V2}/Letter", json={"subject": "Delta"}).json["data"]["name"] == "Delta"
    assert client.patch(f"{V2}/Letter/Delta", json={"pages": 7}).json["data"]["pages"] == 7
    assert client.get(f"{V2}/Letter/Delta/copy").json["data"]["subject"] == "Delta"
    assert client.delete(f"{V2}/Letter/Delta").status_code == 202


@pytest.mark.parametrize("how", ["json", "data field", "form"])
def test_11_2_a_payload_comes_in_three_forms(as_user: AsUser, letters: str, how: str) -> None:
    client = as_user("anna")
    document = {"subject": "Delta", "body": "hello"}
    sent = {
        "json": {"json": document},
        "data field": {"data": {"data": json.dumps(document)}},
        "form": {"data": document},
    }
    assert client.post(f"{V1}/Letter", **sent[how]).json["data"]["body"] == "hello"


def test_11_2_names_may_contain_slashes_and_percent_signs(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert client.post(f"{V1}/Letter", json={"subject": "A/B 50%25"}).status_code == 200
    assert client.get(f"{V1}/Letter/A%2FB 50%2525").json["data"]["name"] == "A/B 50%25"


def test_wire_4_null_takes_the_default_on_insert_and_clears_on_update(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert client.post(f"{V1}/Letter", json={"subject": "D", "status": None}).json["data"]["status"] == "Draft"
    client.put(f"{V1}/Letter/D", json={"body": "x"})
    assert "body" not in client.put(f"{V1}/Letter/D", json={"body": None}).json["data"]


def test_wire_4_unknown_fields_are_ignored(as_user: AsUser, letters: str) -> None:
    answer = as_user("anna").post(f"{V1}/Letter", json={"subject": "D", "no_such_field": 1, "another": {"a": 1}})
    assert answer.status_code == 200
    assert "no_such_field" not in answer.json["data"]


FORGED = {
    "owner": "mona@example.com",
    "creation": "2000-01-01 00:00:00",
    "modified_by": "mona@example.com",
    "_comments": "[]",
    "_liked_by": "[]",
    "_user_tags": ",x",
    "flags": {"ignore_permissions": True},
    "ignore_permissions": True,
    "doctype": "User",
    "check_permission": None,
    "save": None,
    "meta": {},
    "margin": "smuggled",
    "_action": "submit",
    "__class__": "x",
    "run_method": None,
    "permitted_fieldnames": [],
}


def test_19_nothing_but_fields_of_the_doctype_can_be_set(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    made = client.post(
        f"{V1}/Letter", json={"subject": "Delta", **{k: v for k, v in FORGED.items() if k != "run_method"}}
    )
    assert made.status_code == 200, made.get_data(as_text=True)
    changed = client.put(f"{V1}/Letter/Delta", json={k: v for k, v in FORGED.items() if k != "run_method"})
    assert changed.status_code == 200, changed.get_data(as_text=True)
    stored = frappe.get_doc("Letter", "Delta")
    assert stored.owner == "anna@example.com"
    assert str(stored.creation) > "2020"
    assert stored.margin in (None, "")


def test_19_another_owner_cannot_be_claimed_to_get_at_a_document(as_user: AsUser, letters: str) -> None:
    stored = frappe.get_doc("Letter", "Alpha").as_dict()
    document = {**stored, "owner": "xenia@example.com", "body": "mine now"}
    answer = as_user("xenia").post("/api/method/frappe.client.save", json={"doc": json.loads(frappe.as_json(document))})
    assert answer.status_code == 403
    assert frappe.db.get_value("Letter", "Alpha", "body") is None


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"subject": ""}, 417),
        ({"subject": "Alpha"}, 409),
        ({"subject": "D", "status": "Lost"}, 417),
        ({"subject": "D", "recipient": "nobody@example.com"}, 417),
        ({"subject": "D", "pages": "many"}, 417),
        ({"subject": "D", "pages": 2**40}, 417),
        ({"subject": "D", "due": "someday"}, 417),
        ({"subject": "x" * 500}, 417),
        ({"subject": {"a": 1}}, 417),
        ({"subject": "D", "lines": "x"}, 417),
        ({"subject": "D", "lines": [5]}, 417),
        ({"subject": "D", "lines": [{"amount": "many"}]}, 417),
        ({"subject": "D", "docstatus": 7}, 417),
        ({"subject": "D", "docstatus": "x"}, 417),
    ],
)
@pytest.mark.parametrize("version", [V1, V2])
def test_wire_3_bad_values_have_their_status(
    as_user: AsUser, letters: str, version: str, values: dict[str, Any], status: int
) -> None:
    answer = as_user("anna").post(f"{version}/Letter", json=values)
    assert answer.status_code == status, answer.get_data(as_text=True)


def test_wire_3_a_stale_document_is_417(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    document = rpc(client, "get", doctype="Letter", name="Alpha").json["message"]
    assert client.put(f"{V1}/Letter/Alpha", json={"pages": 9}).status_code == 200
    answer = rpc(client, "save", doc={**document, "pages": 10})
    assert (answer.status_code, answer.json["exc_type"]) == (417, "TimestampMismatchError")


def test_a_body_that_is_a_list_is_no_document(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    for version in (V1, V2):
        assert client.post(f"{version}/Letter", json=[{"subject": "D"}]).status_code == 417
        assert client.put(f"{version}/Letter/Alpha", json=["x"]).status_code == 417


@pytest.mark.parametrize(
    "path",
    [
        f"{V1}/Nothing",
        f"{V1}/Nothing/x",
        f"{V2}/Nothing",
        f"{V2}/Nothing/x",
        "/api/v2/doctype/Nothing/meta",
        "/api/method/frappe.client.get_list?doctype=Nothing",
        "/api/v2/method/Nothing/f",
    ],
)
def test_wire_3_an_unknown_doctype_is_404(as_user: AsUser, path: str) -> None:
    assert as_user("anna").get(path).status_code == 404


def test_settings_cannot_be_deleted(as_user: AsUser, people: Any) -> None:
    client = as_user("Administrator")
    assert client.delete(f"{V1}/System Settings/System Settings").status_code == 417
    assert client.delete(f"{V2}/System Settings/System Settings").status_code == 417
    assert rpc(client, "delete", doctype="System Settings", name="System Settings").status_code == 417


def test_11_7_set_value_saves_in_full(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    answer = rpc(client, "set_value", doctype="Letter", name="Alpha", fieldname={"pages": 5, "body": "x"})
    assert (answer.json["message"]["pages"], answer.json["message"]["body"]) == (5, "x")
    assert (
        rpc(client, "set_value", doctype="Letter", name="Alpha", fieldname="pages", value="8").json["message"]["pages"]
        == 8
    )
    assert rpc(client, "set_value", doctype="Letter", name="Alpha", fieldname="status", value="Lost").status_code == 417
    assert rpc(client, "set_value", doctype="Letter", name="Alpha", fieldname="owner", value="x").status_code == 417
    assert rpc(client, "set_value", verb="get", doctype="Letter", name="Alpha", fieldname="pages").status_code == 403


def test_11_7_a_row_is_changed_added_and_removed_through_its_parent(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    row = frappe.get_doc("Letter", "Alpha").lines[0].name
    answer = rpc(client, "set_value", doctype="Letter Line", name=row, fieldname="amount", value=42)
    assert answer.json["message"]["amount"] == 42
    child = {"doctype": "Letter Line", "parenttype": "Letter", "parent": "Alpha", "parentfield": "lines", "text": "new"}
    assert [line["text"] for line in rpc(client, "insert", doc=child).json["message"]["lines"]] == ["Alpha line", "new"]
    assert rpc(client, "delete", doctype="Letter Line", name=row).status_code == 200
    frappe.db.rollback()  # see what the requests have committed
    assert [line.text for line in frappe.get_doc("Letter", "Alpha").lines] == ["new"]
    assert rpc(as_user("arne"), "insert", doc=child).status_code == 403


def test_11_7_many_documents_are_inserted_all_or_none(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    good = [{"doctype": "Letter", "subject": f"L{i}"} for i in range(3)]
    assert rpc(client, "insert_many", docs=good).json["message"] == ["L0", "L1", "L2"]
    bad = [{"doctype": "Letter", "subject": "L3"}, {"doctype": "Letter", "subject": "L0"}]
    assert rpc(client, "insert_many", docs=bad).status_code == 409
    assert not frappe.db.exists("Letter", "L3")
    assert rpc(client, "insert_many", docs=good * 100).status_code == 417


def test_11_7_a_document_is_renamed(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    assert rpc(client, "rename_doc", doctype="Letter", old_name="Alpha", new_name="Omega").json["message"] == "Omega"
    assert rpc(client, "rename_doc", doctype="Letter", old_name="Beta", new_name="Gamma").status_code in (409, 417)
    assert rpc(as_user("arne"), "rename_doc", doctype="Letter", old_name="Beta", new_name="B").status_code == 403


def test_11_7_several_documents_are_updated_each_by_itself(as_user: AsUser, letters: str) -> None:
    docs = [{"doctype": "Letter", "docname": "Alpha", "pages": 9}, {"doctype": "Letter", "docname": "None", "pages": 9}]
    answer = rpc(as_user("anna"), "bulk_update", docs=docs)
    assert [failed["doc"]["docname"] for failed in answer.json["message"]["failed_docs"]] == ["None"]
    assert frappe.db.get_value("Letter", "Alpha", "pages") == 9


def test_11_7_rights_can_be_asked_for(as_user: AsUser, letters: str) -> None:
    ask = {"doctype": "Letter", "docname": "Alpha"}
    assert rpc(as_user("arne"), "has_permission", **ask, perm_type="write").json["message"] == {"has_permission": False}
    assert rpc(as_user("anna"), "has_permission", **ask, perm_type="write").json["message"] == {"has_permission": True}
    assert rpc(as_user("anna"), "get_doc_permissions", **ask).json["message"]["permissions"]["write"]


def test_11_7_passwords_are_for_system_managers(as_user: AsUser, letters: str) -> None:
    ask = {"doctype": "Letter", "name": "Alpha", "fieldname": "pin"}
    assert rpc(as_user("anna"), "get_password", **ask).status_code == 403
    assert rpc(as_user("mona"), "get_password", **ask).json["message"] == "4711"


def test_11_7_a_link_can_be_checked(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    found = rpc(client, "validate_link", doctype="Letter", docname="alpha", fields=["pages"])
    assert found.json["message"] == {"name": "Alpha", "pages": 1}
    assert rpc(client, "validate_link", doctype="Letter", docname="None").json["message"] == {}
    assert rpc(as_user("xenia"), "validate_link", doctype="Letter", docname="Alpha").status_code == 403


# -- 11.5 methods of documents ----------------------------------------------------------------------------------------


def run(client: Any, **arguments: Any) -> Any:
    return client.post("/api/method/run_doc_method", json=arguments)


@pytest.fixture
def methods(letters: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whitelisted methods on every document."""
    from frappe.model.document import Document

    @frappe.whitelist()
    def greet(self: Any, name: str, loud: int = 0) -> str:
        return f"{self.name} greets {name}" + "!" * loud

    @frappe.whitelist()
    def stamp(self: Any) -> None:
        self.pages = 99

    @frappe.whitelist(methods=["POST"])
    def post_only(self: Any, args: Any = None) -> Any:
        return args

    def private(self: Any) -> str:
        return "not exposed"

    for function in (greet, stamp, post_only, private):
        monkeypatch.setattr(Document, f"letter_{function.__name__}", function, raising=False)


def test_11_5_a_method_answers_with_its_result_and_the_document(as_user: AsUser, methods: None) -> None:
    client = as_user("anna")
    answer = run(client, dt="Letter", dn="Alpha", method="letter_greet", args={"name": "Bea", "loud": "2", "other": 1})
    assert answer.json["message"] == "Alpha greets Bea!!"
    assert answer.json["docs"][0]["name"] == "Alpha"
    stamped = run(client, dt="Letter", dn="Alpha", method="letter_stamp")
    assert "message" not in stamped.json
    assert stamped.json["docs"][0]["pages"] == 99


def test_11_5_arguments_may_be_json_text_or_one_object(as_user: AsUser, methods: None) -> None:
    client = as_user("anna")
    assert run(client, dt="Letter", dn="Alpha", method="letter_greet", args='{"name": "Bea"}').json["message"]
    assert run(client, dt="Letter", dn="Alpha", method="letter_post_only", args={"a": 1}).json["message"] == {"a": 1}
    assert run(client, dt="Letter", dn="Alpha", method="letter_post_only", args=[1, 2]).json["message"] == [1, 2]


def test_11_5_a_whole_document_may_be_sent_and_must_be_fresh(as_user: AsUser, methods: None) -> None:
    client = as_user("anna")
    document = rpc(client, "get", doctype="Letter", name="Alpha").json["message"]
    sent = run(client, docs=json.dumps(document), method="letter_stamp")
    assert sent.status_code == 200, sent.get_data(as_text=True)
    assert sent.json["docs"][0]["pages"] == 99
    client.put(f"{V1}/Letter/Alpha", json={"pages": 5})
    stale = run(client, docs=document, method="letter_stamp")
    assert (stale.status_code, stale.json["exc_type"]) == (417, "TimestampMismatchError")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ({"dt": "Letter", "dn": "Alpha", "method": "letter_private"}, 403),
        ({"dt": "Letter", "dn": "Alpha", "method": "no_such_method"}, 404),
        ({"dt": "Letter", "dn": "Alpha", "method": "__init__"}, 404),
        ({"dt": "Letter", "dn": "Alpha", "method": "_save"}, 404),
        ({"dt": "Letter", "dn": "Alpha", "method": "db_set", "args": {"fieldname": "owner", "value": "x"}}, 403),
        ({"dt": "Letter", "dn": "Alpha", "method": "letter_greet"}, 417),
        ({"dt": "Letter", "dn": "Alpha", "method": "letter_greet", "args": {"name": 5}}, 417),
        ({"dt": "Letter", "dn": "Alpha", "method": "letter_greet", "args": "{"}, 417),
        ({"dt": "Letter", "dn": "None", "method": "letter_greet"}, 404),
        ({"dt": "Nothing", "dn": "x", "method": "y"}, 404),
        ({"method": "letter_greet"}, 417),
        ({"docs": "[]", "method": "letter_greet"}, 417),
        ({"dt": "Letter", "dn": "Alpha"}, 417),
    ],
)
def test_11_5_what_cannot_be_called_has_a_clear_answer(
    as_user: AsUser, methods: None, arguments: dict[str, Any], status: int
) -> None:
    answer = run(as_user("anna"), **arguments)
    assert answer.status_code == status, answer.get_data(as_text=True)


def test_11_5_methods_are_reached_by_rest_as_well(as_user: AsUser, methods: None) -> None:
    client = as_user("anna")
    get = client.get(f"{V1}/Letter/Alpha", query_string={"run_method": "letter_greet", "name": "x"})
    assert get.status_code in (200, 417)
    answer = client.post(f"{V1}/Letter/Alpha", json={"run_method": "letter_post_only", "args": "x"})
    assert answer.json["data"] == "x"
    answer = client.post(f"{V2}/Letter/Alpha/method/letter_post_only", json={"args": "y"})
    assert (answer.json["data"], answer.json["docs"][0]["name"]) == ("y", "Alpha")
    assert client.get(f"{V2}/Letter/Alpha/method/letter_post_only").status_code == 403
    assert client.get(f"{V2}/Letter/Alpha/method/letter_nothing").status_code == 404


def test_11_5_reading_is_enough_to_run_and_writing_is_needed_to_post(as_user: AsUser, methods: None) -> None:
    arne = as_user("arne")
    assert run(arne, dt="Letter", dn="Alpha", method="letter_stamp").status_code == 200
    assert arne.post(f"{V1}/Letter/Alpha", json={"run_method": "letter_stamp"}).status_code == 403
    assert arne.post(f"{V2}/Letter/Alpha/method/letter_stamp").status_code == 403
    assert run(as_user("xenia"), dt="Letter", dn="Alpha", method="letter_stamp").status_code == 403


# -- 11.3 bulk --------------------------------------------------------------------------------------------------------


def test_11_3_bulk_changes_report_what_failed(as_user: AsUser, letters: str) -> None:
    client = as_user("anna")
    updated = client.post(
        f"{V2}/Letter/bulk_update", json={"docs": [{"name": "Alpha", "pages": 4}, {"name": "None"}, 5]}
    )
    data = updated.json["data"]
    assert (data["updated"], data["total"], data["success_count"], data["failure_count"]) == (["Alpha"], 3, 1, 2)
    deleted = client.post(f"{V2}/Letter/bulk_delete", json={"names": ["Beta", "None", {"a": 1}]}).json["data"]
    assert (deleted["deleted"], [item["name"] for item in deleted["failed"]]) == (["Beta"], ["None", {"a": 1}])


def test_11_3_a_large_bulk_becomes_a_job(as_user: AsUser, letters: str) -> None:
    answer = as_user("anna").post(f"{V2}/Letter/bulk_delete", json={"names": [f"n{i}" for i in range(30)]})
    assert answer.status_code == 202
    assert answer.json["data"]["job_id"]


def test_11_3_the_definition_of_a_doctype_is_for_people_with_an_account(as_user: AsUser, letters: str) -> None:
    assert as_user("Guest").get("/api/v2/doctype/Letter/meta").status_code == 403
    fields = as_user("xenia").get("/api/v2/doctype/Letter/meta").json["data"]["fields"]
    assert "subject" in {field["fieldname"] for field in fields}


def test_11_7_scripts_of_the_assets_are_read_and_nothing_else(as_user: AsUser) -> None:
    anna, path = as_user("anna"), "/api/method/frappe.client.get_js"
    (script,) = anna.get(path, query_string={"items": '["assets/frappe/js/print.js"]'}).get_json()["message"]
    assert "window.print()" in script
    for item in ("assets/frappe/../hooks.py", "files/x.js", "assets/../common_site_config.json", "/etc/passwd"):
        assert anna.get(path, query_string={"items": f'["{item}"]'}).status_code == 417
    assert as_user("Guest").get(path, query_string={"items": "[]"}).status_code == 403
