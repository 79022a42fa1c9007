"""Script and query reports over HTTP: who may run them, the shape of the answer, export."""

from __future__ import annotations

import io
import sys
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import frappe
from frappe.desk import report_table
from frappe.testing.people import ANNA, CLERK, ERRAND, XENIA, make_errand, make_errands, make_role, make_user
from frappe.types import _dict

RUN = "/api/method/frappe.desk.query_report.run"
SCRIPT = "/api/method/frappe.desk.query_report.get_script"
EXPORT = "/api/method/frappe.desk.query_report.export_query"
REPORT = "Errands by Status"
PASSWORD = "a long and odd password"


def execute(filters: Any) -> tuple[Any, ...]:
    rows = [[status, len(frappe.get_list(ERRAND, {"status": status})), 90061] for status in ("Open", "Closed")]
    if filters.status:
        rows = [row for row in rows if row[0] == filters.status]
    summary = [{"label": "All", "value": 3, "datatype": "Int"}]
    columns = ["Status:Data:200", "Errands:Int", {"fieldname": "took", "label": "Took", "fieldtype": "Duration"}]
    return columns, rows, "Fine", {"type": "bar", "data": {}}, summary


@pytest.fixture(autouse=True)
def _report(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = "frappe.core.report.errands_by_status.errands_by_status"
    parts = path.split(".")
    for length in range(3, len(parts) + 1):
        module = ModuleType(".".join(parts[:length]))
        module.__path__ = []
        monkeypatch.setitem(sys.modules, module.__name__, module)
    sys.modules[path].execute = execute  # type: ignore[attr-defined]
    make_errands()
    for subject, status in (("Milk", "Open"), ("Bread", "Open"), ("Post", "Closed")):
        make_errand(subject, status=status)
    make_report()
    for email in (ANNA, XENIA):
        make_user(email, *([CLERK] if email == ANNA else [])).update({"new_password": PASSWORD}).save()
    frappe.db.commit()


def make_report(**values: Any) -> Any:
    report = {
        "doctype": "Report",
        "report_name": REPORT,
        "ref_doctype": ERRAND,
        "report_type": "Script Report",
        "is_standard": "Yes",
        "module": "Core",
        "roles": [{"role": CLERK}],
        **values,
    }
    return frappe.get_doc(report).insert()


def change_report(**values: Any) -> None:
    frappe.get_doc("Report", REPORT).update(values).save()
    frappe.db.commit()


def signed_in(client: Any, email: str = ANNA) -> Any:
    client.post("/api/method/login", json={"usr": email, "pwd": PASSWORD})
    return client


def run(client: Any, report: str = REPORT, **values: Any) -> Any:
    return client.get(RUN, query_string={"report_name": report, **values})


def test_a_report_answers_with_its_parts(client: Any) -> None:
    answer = run(signed_in(client)).json["message"]
    assert [column["fieldname"] for column in answer["columns"]] == ["status", "errands", "took"]
    assert answer["columns"][0] == {"label": "Status", "fieldname": "status", "fieldtype": "Data", "width": 200}
    assert answer["result"][0] == {"status": "Open", "errands": 2, "took": 90061}
    assert (answer["message"], answer["chart"]["type"]) == ("Fine", "bar")
    assert answer["report_summary"] == [{"label": "All", "value": 3, "datatype": "Int"}]
    assert answer["execution_time"] >= 0


def test_filters_come_as_json(client: Any) -> None:
    answer = run(signed_in(client), filters='{"status": "Closed"}').json["message"]
    assert [row["status"] for row in answer["result"]] == ["Closed"]
    assert run(client, filters="[1]").status_code == 417


def test_a_total_is_added_where_the_report_has_one(client: Any) -> None:
    change_report(add_total_row=1)
    answer = run(signed_in(client)).json["message"]
    assert answer["add_total_row"] is True
    assert answer["result"][-1] == {"status": "Total", "errands": 3, "took": 180122}


def test_a_report_is_for_holders_of_its_roles_who_may_report_on_its_doctype(client: Any) -> None:
    assert run(client).status_code == 403
    assert run(signed_in(client, XENIA)).status_code == 403
    make_role("Other")
    change_report(roles=[{"role": "Other"}])
    assert run(signed_in(client, ANNA)).status_code == 403
    change_report(roles=[])
    assert run(client).status_code == 200
    assert run(signed_in(client, XENIA)).status_code == 403  # no right to the DocType


def test_every_endpoint_has_the_same_gate(client: Any) -> None:
    signed_in(client, XENIA)
    for path in (RUN, SCRIPT, EXPORT):
        assert client.get(path, query_string={"report_name": REPORT}).status_code == 403


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"disabled": 1}, "switched off"),
        ({"report_type": "Query Report", "query": "select 1", "is_standard": "No"}, "can be run here"),
        ({"report_type": "Custom Report"}, "can be run here"),
        ({"is_standard": "No"}, "can be run here"),
    ],
)
def test_what_cannot_be_run_says_so(client: Any, values: dict[str, Any], problem: str) -> None:
    change_report(**values)
    answer = run(signed_in(client))
    assert answer.status_code == 417
    assert problem in answer.json["_server_messages"]


def test_unknown_reports_and_other_peoples_eyes_are_refused(client: Any) -> None:
    signed_in(client)
    assert run(client, "Nothing").status_code == 404
    assert run(client, "").status_code == 417
    assert run(client, user="Administrator").status_code == 403


def test_rows_about_documents_beyond_the_user_permissions_are_left_out(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [{"fieldname": "role", "label": "Role", "fieldtype": "Link", "options": "Role"}]
    path = "frappe.core.report.errands_by_status.errands_by_status"
    monkeypatch.setattr(sys.modules[path], "execute", lambda _filters: (columns, [[CLERK], ["All"], [None]]))
    frappe.get_doc({"doctype": "User Permission", "user": ANNA, "allow": "Role", "for_value": CLERK}).insert()
    frappe.db.commit()
    rows = run(signed_in(client)).json["message"]["result"]
    assert [row.get("role") for row in rows] == [CLERK, None]


def test_the_script_of_a_report_without_one_is_empty(client: Any) -> None:
    answer = signed_in(client).get(SCRIPT, query_string={"report_name": REPORT}).json["message"]
    assert answer["script"] == f'frappe.query_reports["{REPORT}"] = {{}};'
    assert answer["filters"] == []


def test_a_report_is_exported_as_csv(client: Any) -> None:
    change_report(add_total_row=1)
    answer = signed_in(client).get(EXPORT, query_string={"report_name": REPORT, "visible_idx": "[1]"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert lines == ['"Status","Errands","Took"', '"Closed","1","1d 1h 1m 1s"', '"Total","3","2d 2h 2m 2s"']
    frappe.db.rollback()
    assert frappe.db.get_value("Access Log", {"report_name": REPORT}, "user") == ANNA


def test_a_report_is_exported_as_a_workbook(client: Any) -> None:
    from openpyxl import load_workbook

    query = {"report_name": REPORT, "file_format_type": "Excel", "filters": '{"status": "Open"}', "include_filters": 1}
    answer = signed_in(client).get(EXPORT, query_string=query)
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0][:2] == ["status", "Open"]
    assert rows[-1] == ["Open", 2, "1d 1h 1m 1s"]


def test_exporting_needs_the_right_to_export(client: Any) -> None:
    frappe.get_doc("DocType", ERRAND).update(
        {"permissions": [{"role": CLERK, "read": 1, "report": 1, "export": 0}]}
    ).save()
    frappe.db.commit()
    signed_in(client)
    assert run(client).status_code == 200
    assert client.get(EXPORT, query_string={"report_name": REPORT}).status_code == 403


# -- query reports ----------------------------------------------------------------------------------------------------

COUNTED = """
    select status as "Status:Data:200", count(*) as `Errands:Int`, max(owner) as "Giver:Link/User"
    from `tabErrand` where status in %(status)s and subject like '%%' group by status order by status;
"""


def make_query_report(query: str, **values: Any) -> None:
    change_report(report_type="Query Report", query=query, **values)


def test_a_query_report_names_its_columns_in_the_aliases(client: Any) -> None:
    make_query_report(COUNTED, add_total_row=1)
    answer = run(signed_in(client), filters='{"status": ["Open", "Closed"], "other": 1}').json["message"]
    assert answer["columns"] == [
        {"label": "Status", "fieldname": "status", "fieldtype": "Data", "width": 200},
        {"label": "Errands", "fieldname": "errands", "fieldtype": "Int"},
        {"label": "Giver", "fieldname": "giver", "fieldtype": "Link", "options": "User"},
    ]
    assert [(row["status"], row["errands"]) for row in answer["result"]] == [("Closed", 1), ("Open", 2), ("Total", 3)]


def test_a_query_report_may_have_a_table_of_columns(client: Any) -> None:
    columns = [{"fieldname": "what", "label": "What", "fieldtype": "Data"}]
    make_query_report("with all_of as (select subject from tabErrand) select subject from all_of", columns=columns)
    answer = run(signed_in(client)).json["message"]
    assert answer["columns"] == columns
    assert sorted(row["what"] for row in answer["result"]) == ["Bread", "Milk", "Post"]


def test_filters_of_a_query_report_are_values_and_must_be_there(client: Any) -> None:
    make_query_report("select subject as `Subject` from tabErrand where status = %(status)s order by subject")
    signed_in(client)
    assert run(client, filters='{"status": "x\' or 1=1 -- "}').json["message"]["result"] == []
    assert run(client, filters='{"status": "Closed"}').json["message"]["result"] == [{"subject": "Post"}]
    missing = run(client)
    assert missing.status_code == 417 and "status" in missing.json["_server_messages"]
    assert run(client, filters='{"status": {"a": 1}}').status_code == 417


@pytest.mark.parametrize(
    "query",
    [
        "",
        "delete from tabErrand",
        "select 1; delete from tabErrand",
        "with x as (select 1) delete from tabErrand",
        "select subject from tabErrand into outfile '/var/lib/x'",
        "select 1 /*! into @x */",
        "call something()",
        "drop table tabErrand",
        "select subject from tabErrand for update",
    ],
)
def test_a_query_report_only_reads(client: Any, query: str) -> None:
    make_query_report(query)
    answer = run(signed_in(client))
    assert answer.status_code == 417
    assert "changes nothing" in answer.json["_server_messages"]
    assert frappe.db.count(ERRAND) == 3


def test_a_query_may_use_functions_named_like_statements(client: Any) -> None:
    make_query_report("select replace(subject, 'i', 'a') as `Subject` from tabErrand where subject = 'Milk'")
    assert run(signed_in(client)).json["message"]["result"] == [{"subject": "Malk"}]


def test_a_query_report_keeps_the_gate_and_the_user_permissions(client: Any) -> None:
    make_query_report(f"select 'All' as `Role:Link/Role` union select '{CLERK}' order by 1")
    assert run(client).status_code == 403
    assert run(signed_in(client, XENIA)).status_code == 403
    frappe.get_doc({"doctype": "User Permission", "user": ANNA, "allow": "Role", "for_value": CLERK}).insert()
    frappe.db.commit()
    assert run(signed_in(client)).json["message"]["result"] == [{"role": CLERK}]


# -- the table --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [None, 5, "Status", {"a": 1}, [5], [None]])
def test_columns_that_are_none_are_refused(columns: Any) -> None:
    with pytest.raises(frappe.ValidationError):
        report_table.columns_of(columns)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e6, max_value=1e6)))
def test_the_total_is_the_sum(values: list[float]) -> None:
    columns = [_dict(fieldname="name", fieldtype="Data"), _dict(fieldname="n", fieldtype="Float")]
    rows = [{"name": "x", "n": value} for value in values]
    total = report_table.total_row(columns, rows, "Total")
    assert total["name"] == "Total"
    assert total["n"] == pytest.approx(sum(values))


def test_links_keep_their_doctype_in_text_columns() -> None:
    (column,) = report_table.columns_of(["Customer Name:Link/HD Customer:120"])
    assert column == {
        "label": "Customer Name",
        "fieldname": "customer_name",
        "fieldtype": "Link",
        "options": "HD Customer",
        "width": 120,
    }
