"""Section 7: lists of documents, with the reader's permissions or without; and `frappe.qb.get_query` beside them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest

import frappe
from frappe.exceptions import DataError, PermissionError
from frappe.model.testing import make_doctype, make_user
from frappe.query_builder import Field
from frappe.testing.plugin import bench_with, connected
from frappe.testing.sites import TestBench


@contextmanager
def statements(number: int) -> Iterator[None]:
    before = frappe.db.statement_count
    yield
    assert frappe.db.statement_count - before == number


def fields(**types: str) -> list[dict[str, Any]]:
    rows = []
    for name, kind in types.items():
        fieldtype, _, options = kind.partition(":")
        rows.append({"fieldname": name, "fieldtype": fieldtype, "options": options or None, "label": name.title()})
    return rows


@pytest.fixture(scope="module")
def tasks_bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> TestBench:
    """A site that has the tasks, made once."""
    return bench_with(request, tmp_path_factory, "tasks", make_tasks)


@pytest.fixture
def tasks(tasks_bench: TestBench) -> Iterator[None]:
    """Three tasks with steps, of two owners; `secret` needs level 1."""
    for _bench in connected(tasks_bench):
        yield


def make_tasks() -> None:
    make_doctype("Step", fields(label="Data", minutes="Int"), istable=1)
    make_doctype("Project", fields(title="Data", budget="Currency"), autoname="field:title")
    described = fields(
        subject="Data",
        status="Select:Open\nDone",
        points="Int",
        due="Date",
        project="Link:Project",
        steps="Table:Step",
        secret="Data",
    )
    described[-1]["permlevel"] = 1
    rule = {"role": "System Manager", "read": 1, "write": 1, "create": 1, "delete": 1, "share": 1}
    own = {"role": "Task Owner", "read": 1, "if_owner": 1}
    make_user("anna@x.io", "Task Reader")
    make_user("arne@x.io", "Task Owner")
    make_user("xenia@x.io", "Stranger")
    make_doctype(
        "Task", described, autoname="field:subject", permissions=[rule, {"role": "Task Reader", "read": 1}, own],
        sort_field="points", sort_order="ASC",
    )  # fmt: skip
    frappe.get_doc({"doctype": "Project", "title": "Roof", "budget": 100}).insert()
    for subject, status, points, due, project in (
        ("paint", "Open", 3, "2024-01-03", "Roof"),
        ("saw", "Done", 1, "2024-01-01", "Roof"),
        ("rest", "Open", 2, None, None),
    ):
        steps = [{"label": f"{subject} {n}", "minutes": n} for n in (1, 2)]
        values = {"status": status, "points": points, "due": due, "project": project, "steps": steps, "secret": "psst"}
        frappe.get_doc({"doctype": "Task", "subject": subject, **values}).insert()
    frappe.db.set_value("Task", "saw", "owner", "arne@x.io", update_modified=False)


def names(**kwargs: Any) -> list[str]:
    found: list[str] = frappe.get_all("Task", pluck="name", **kwargs)
    return found


# -- forms ------------------------------------------------------------------------------------------------------------


def test_rows_are_dicts_lists_or_plucked_values(tasks: None) -> None:
    assert frappe.get_all("Task", filters={"points": 3}) == [{"name": "paint"}]
    assert frappe.get_all("Task", {"points": 3}, ["name", "due"]) == [{"name": "paint", "due": date(2024, 1, 3)}]
    assert frappe.get_all("Task", {"points": 3}, pluck="name") == ["paint"]
    assert frappe.get_all("Task", ["name"], {"points": 3}) == [{"name": "paint"}]
    assert frappe.get_all("Task", [["points", "=", 3]], ["name"], as_list=True) == (("paint",),)
    assert frappe.get_all("Task", filters={"points": 3}, fields=["name"], update={"x": 1}) == [
        {"name": "paint", "x": 1}
    ]
    assert frappe.get_all("Task", filters="paint", fields="name, points as p") == [{"name": "paint", "p": 3}]
    assert frappe.get_all("Task", filters={"points": 3}, pluck="due") == [date(2024, 1, 3)]


def test_order_limit_and_start(tasks: None) -> None:
    assert names() == ["saw", "rest", "paint"]
    assert names(order_by="points desc") == ["paint", "rest", "saw"]
    assert names(order_by="status desc, `tabTask`.`points` asc", limit=2) == ["rest", "paint"]
    assert names(limit_start=1, limit_page_length=1) == ["rest"]
    assert names(start=1, page_length=5) == ["rest", "paint"]
    assert names(offset=2, limit=5) == ["paint"]
    assert names(limit=0) == names()
    assert sorted(names(order_by=None)) == ["paint", "rest", "saw"]


def test_missing_values_count_as_empty_in_lists_only(tasks: None) -> None:
    assert names(filters={"project": ["!=", "Roof"]}) == ["rest"]
    assert names(filters={"project": ["not in", ["Roof"]]}) == ["rest"]
    assert names(filters={"project": ["is", "not set"]}) == ["rest"]
    assert names(filters={"project": None}) == ["rest"]
    assert names(filters={"project": ["!=", "Roof"]}, ignore_ifnull=True) == []
    assert frappe.db.get_values("Task", {"project": ["!=", "Roof"]}, pluck=True) == []
    assert names(filters={"due": ["<", "2024-01-02"]}) == ["saw", "rest"]


def test_or_filters_are_a_group_of_their_own(tasks: None) -> None:
    assert names(filters={"status": "Open"}, or_filters={"points": 1, "project": "Roof"}) == ["paint"]
    assert names(or_filters=[["points", "=", 1], ["points", "=", 2]]) == ["saw", "rest"]


def test_empty_lists_match_nothing_or_everything(tasks: None) -> None:
    assert names(filters={"status": ["in", []]}) == []
    assert len(names(filters={"status": ["not in", []]})) == 3


def test_long_lists_of_values_are_no_problem(tasks: None) -> None:
    assert names(filters={"name": ["in", [f"n{i}" for i in range(50_000)] + ["SAW"]]}) == ["saw"]
    assert names(filters={"points": ["in", [str(i) for i in range(2, 5000)]]}) == ["rest", "paint"]


def test_groups_are_ordered_like_documents(tasks: None) -> None:
    assert names(filters={"steps.minutes": [">", 0]}, group_by="name") == ["saw", "rest", "paint"]
    assert frappe.get_all("Task", fields=["sum(points) as points"], group_by="status") != []


def test_a_query_may_stand_where_a_list_of_values_stands(tasks: None) -> None:
    many_points = frappe.qb.from_("Task").select("name").where(Field("points") > 1).where(Field("status") == "Open")
    assert names(filters={"name": ["in", many_points]}) == ["rest", "paint"]
    assert names(filters=[["Task", "name", "not in", many_points]]) == ["saw"]
    assert names(filters={"points": [">", Field("points") - 1]}) == ["saw", "rest", "paint"]


def test_time_spans_and_between(tasks: None) -> None:
    assert len(names(filters={"creation": ["timespan", "today"]})) == 3
    assert names(filters={"creation": ["timespan", "last year"]}) == []
    assert names(filters={"due": ["between", ["2024-01-01", "2024-01-02"]]}) == ["saw"]
    assert len(names(filters={"creation": ["previous", "1 week"]})) == 3
    assert len(names(filters={"creation": ["next", "1 month"]})) == 3
    assert len(names(filters={"creation": ["between", [frappe.utils.nowdate()]]})) == 3


def test_children_and_links_are_joined(tasks: None) -> None:
    rows = frappe.get_all(
        "Task", fields=["name", "steps.label", "project.budget as money"], filters={"steps.minutes": 2}
    )
    assert rows == [
        {"name": "saw", "label": "saw 2", "money": 100.0},
        {"name": "rest", "label": "rest 2", "money": None},
        {"name": "paint", "label": "paint 2", "money": 100.0},
    ]
    assert names(filters=[["Step", "label", "=", "saw 1"]]) == ["saw"]
    assert names(filters={"label": "rest 1"}) == ["rest"]
    assert names(filters={"`tabStep`.`label`": "rest 1"}) == ["rest"]
    assert names(filters={"project.budget": [">", 50]}) == ["saw", "paint"]


def test_rows_of_tables_come_beside_their_documents(tasks: None) -> None:
    with statements(2):
        rows = frappe.get_all("Task", fields=["name", {"steps": ["label", "minutes"]}])
    assert rows[0] == {"name": "saw", "steps": [{"label": "saw 1", "minutes": 1}, {"label": "saw 2", "minutes": 2}]}
    rows = frappe.get_all("Task", fields=["points", {"steps": ["label"]}], limit=1)
    assert rows == [{"points": 1, "steps": [{"label": "saw 1"}, {"label": "saw 2"}]}]


def test_functions_as_text_and_as_dicts(tasks: None) -> None:
    expected = [{"status": "Done", "n": 1, "best": 1}, {"status": "Open", "n": 2, "best": 3}]
    by_text = ["status", "count(name) as n", "max(points) as best"]
    by_dict = ["status", {"COUNT": "*", "as": "n"}, {"MAX": "points", "as": "best"}]
    for wanted in (by_text, by_dict):
        assert frappe.get_all("Task", fields=wanted, group_by="status", order_by="status asc") == expected
    ratio = {"DIV": [{"SUM": "points"}, {"NULLIF": [{"COUNT": "name"}, 0]}], "as": "r"}
    assert frappe.get_all("Task", fields=[ratio]) == [{"r": 2.0}]
    assert frappe.get_all("Task", fields=[{"CONCAT": ["status", "'-'", "name"], "as": "x"}], filters="saw") == [
        {"x": "Done-saw"}
    ]
    assert frappe.get_all("Task", fields=["count(distinct status) as n"]) == [{"n": 2}]
    assert frappe.get_all("Task", fields=["count(*)"], as_list=True) == ((3,),)
    assert frappe.get_all("Task", fields=["distinct status"], order_by="status") == [
        {"status": "Done"},
        {"status": "Open"},
    ]
    assert frappe.get_all("Task", fields=["max(creation) as last"])[0]["last"].__class__ is datetime
    assert frappe.get_all(
        "Task", fields=["status", "sum(points) as p"], group_by="status", order_by="p desc", pluck="status"
    ) == ["Open", "Done"]


def test_all_columns(tasks: None) -> None:
    row = frappe.get_all("Task", fields=["*"], filters="saw")[0]
    assert (row.subject, row.secret, row.docstatus, row._assign) == ("saw", "psst", 0, None)


def test_a_list_is_one_statement(tasks: None) -> None:
    query = {
        "fields": ["name", "status", "project.budget"],
        "filters": {"status": "Open"},
        "order_by": "creation desc",
        "limit": 20,
    }
    frappe.get_all("Task", **query)
    with statements(1):
        frappe.get_all("Task", **query)
    frappe.set_user("anna@x.io")
    readable = {**query, "fields": ["name", "status"]}
    frappe.get_list("Task", **readable)
    with statements(1):
        frappe.get_list("Task", **readable)


def test_instead_of_rows_the_sql_can_be_had(tasks: None) -> None:
    shown = frappe.get_all("Task", filters={"subject": "saw"}, run=False)
    assert frappe.db.sql(shown) == (("saw",),)


# -- what is refused --------------------------------------------------------------------------------------------------

HOSTILE: list[dict[str, Any]] = [
    {"fields": ["nothing"]},
    {"fields": ["name, (select password from __Auth)"]},
    {"fields": ["sleep(5)"]},
    {"fields": ["count(sleep(5))"]},
    {"fields": ["count(distinct name"]},
    {"fields": ["count(name, owner)"]},
    {"fields": ["count(count(name))"]},
    {"fields": ["concat(name, owner)"]},
    {"fields": ["ifnull(name, 1)"]},
    {"fields": ["version()"]},
    {"fields": ["name as `x` from tabUser -- "]},
    {"fields": ["name as a`b"]},
    {"fields": ["name /* x */ union select 1"]},
    {"fields": ["`tabUser`.`email`"]},
    {"fields": ["tabUser.email"]},
    {"fields": ["owner.password`"]},
    {"fields": ["'x'"]},
    {"fields": [{"SLEEP": 5}]},
    {"fields": [{"COUNT": "name", "MAX": "name"}]},
    {"fields": [{"COUNT": "name", "as": "x` from tabUser -- "}]},
    {"fields": [{"CONCAT": ["name", {"SLEEP": [1]}], "as": "x"}]},
    {"fields": [{"steps": ["nothing"]}]},
    {"fields": [5]},
    {"fields": ["name"] * 600},
    {"filters": {"nothing": 1}},
    {"filters": {"name": ["sounds like", "x"]}},
    {"filters": {"points": "many"}},
    {"filters": {"due": "2024-99-99"}},
    {"filters": {"creation": ["timespan", "for ever"]}},
    {"filters": {"creation": ["previous", "9 lives"]}},
    {"filters": {"points": 2**70}},
    {"filters": {"name": "\ud800"}},
    {"or_filters": {"nothing": 1}},
    {"order_by": "rand()"},
    {"order_by": "name; drop table tabUser"},
    {"order_by": "(select 1)"},
    {"order_by": "name sideways"},
    {"order_by": "if(1=1, name, owner)"},
    {"order_by": "1"},
    {"group_by": "name having sleep(0)"},
    {"group_by": "count(name)"},
    {"group_by": "nothing"},
    {"limit": -1},
    {"limit": "many"},
    {"limit": "1; drop table tabUser"},
    {"limit": 10**40},
    {"limit_start": -5},
    {"join": "cross join"},
]


@pytest.mark.parametrize("query", HOSTILE, ids=repr)
@pytest.mark.parametrize("user", ["Administrator", "anna@x.io"])
def test_hostile_queries_are_refused_with_a_clear_error(tasks: None, query: dict[str, Any], user: str) -> None:
    frappe.set_user(user)
    with pytest.raises((DataError, PermissionError)) as caught:
        frappe.get_list("Task", **query)
    assert str(caught.value)


def test_a_single_has_no_list(site: Any) -> None:
    with pytest.raises(DataError, match="Single"):
        frappe.get_all("System Settings")


def test_an_unknown_doctype_is_not_found(site: Any) -> None:
    for name in ("Nothing Like This", "tabUser", "User` join `x"):
        with pytest.raises(frappe.DoesNotExistError):
            frappe.get_list(name)


# -- permissions ------------------------------------------------------------------------------------------------------


def test_without_any_right_there_is_no_list(tasks: None) -> None:
    frappe.set_user("xenia@x.io")
    with pytest.raises(PermissionError):
        frappe.get_list("Task")
    assert len(frappe.get_all("Task")) == 3


def test_own_documents_only_where_the_rule_says_so(tasks: None) -> None:
    frappe.set_user("arne@x.io")
    assert frappe.get_list("Task", pluck="name") == ["saw"]
    assert frappe.get_list("Task", filters={"status": "Open"}) == []
    assert frappe.get_list("Task", or_filters=[["status", "=", "Open"], ["points", ">", 0]], pluck="name") == ["saw"]


def test_shared_documents_are_added(tasks: None) -> None:
    frappe.share.add_docshare("Task", "rest", "arne@x.io", read=1, flags={"ignore_share_permission": True})
    frappe.share.add_docshare("Task", "rest", "xenia@x.io", read=1, flags={"ignore_share_permission": True})
    frappe.set_user("arne@x.io")
    assert frappe.get_list("Task", pluck="name") == ["saw", "rest"]
    frappe.set_user("xenia@x.io")
    assert frappe.get_list("Task", pluck="name") == ["rest"]


def test_hidden_columns_are_left_out_and_cannot_be_used_otherwise(tasks: None) -> None:
    frappe.set_user("anna@x.io")
    assert frappe.get_list("Task", fields=["name", "secret"], filters="saw") == [{"name": "saw"}]
    assert "secret" not in frappe.get_list("Task", fields=["*"], filters="saw")[0]
    for query in (
        {"filters": {"secret": "psst"}},
        {"or_filters": {"secret": ["like", "p%"]}},
        {"order_by": "secret"},
        {"group_by": "secret"},
        {"fields": ["max(secret) as s"]},
        {"fields": [{"MAX": "secret", "as": "s"}]},
        {"fields": ["secret"]},
        {"fields": ["project.budget as b"], "filters": {"project.budget": [">", 1]}},
    ):
        with pytest.raises(PermissionError):
            frappe.get_list("Task", **query)


def test_linked_documents_one_may_not_read_stay_closed(tasks: None) -> None:
    frappe.set_user("anna@x.io")
    assert frappe.get_list("Task", fields=["name", "project.budget"], filters="saw") == [{"name": "saw"}]


def test_rows_of_a_table_need_the_parents_name(tasks: None) -> None:
    frappe.set_user("anna@x.io")
    with pytest.raises(PermissionError):
        frappe.get_list("Step", fields=["label"])
    assert len(frappe.get_list("Step", fields=["label"], parent_doctype="Task")) == 6
    frappe.set_user("arne@x.io")
    assert frappe.get_list("Step", pluck="label", parent_doctype="Task", order_by="label asc") == ["saw 1", "saw 2"]


def test_conditions_of_apps_apply_to_lists_and_not_to_get_all(tasks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    import frappe.permissions

    condition = f"`tabTask`.`subject` like {frappe.db.escape('p%')}"
    monkeypatch.setattr(frappe.permissions, "get_permission_query_conditions", lambda doctype, user=None: [condition])
    assert frappe.get_list("Task", pluck="name") == ["paint"]
    assert len(frappe.get_all("Task")) == 3


# -- the query builder ------------------------------------------------------------------------------------------------


def test_filters_may_name_fields_by_those_of_the_query_builder(tasks: None) -> None:
    Task, Step = frappe.qb.DocType("Task"), frappe.qb.DocType("Step")

    def found(filters: Any) -> Any:
        return frappe.qb.get_query("Task", filters=filters, order_by="name asc").run(pluck=True)

    assert found([[Task.points, "<", 3]]) == found({"points": ["<", 3]}) == ["rest", "saw"]
    assert found([Task.points, "<", 3]) == found({Task.points: ["<", 3]}) == ["rest", "saw"]
    assert found([[Task.status, "Open"], [Task.points, ">", 2]]) == ["paint"]
    assert found([Task.points < 3, "or", [Task.points, "in", [3]]]) == ["paint", "rest", "saw"]
    assert frappe.get_all("Task", filters=[[Task.points, "=", 2]], pluck="name") == ["rest"]
    assert set(frappe.get_all("Task", filters=[[Step.label, "like", "saw%"]], pluck="name")) == {"saw"}
    with pytest.raises(frappe.DataError):
        frappe.get_all("Task", filters=[[Task["points`) or (1=1"], "<", 3]])


def test_a_query_of_filters_can_be_built_upon(tasks: None) -> None:
    Task = frappe.qb.DocType("Task")
    query = frappe.qb.get_query("Task", fields=["name", "points as p"], filters={"status": "Open"}, order_by="points")
    assert query.run(as_dict=True) == [{"name": "paint", "p": 3}, {"name": "rest", "p": 2}]
    assert query.where(Task.points < 3).run(pluck=True) == ["rest"]
    assert frappe.qb.get_query("Task", filters=["saw", "rest"], order_by="name asc").run(pluck=True) == ["rest", "saw"]
    assert frappe.qb.get_query("Task", filters={"project": ["!=", "Roof"]}).run() == ()
    assert frappe.qb.get_query("Task", filters={"project": ["!=", "Roof"]}, db_query_compat=True).run(pluck=True) == [
        "rest"
    ]
    rows = frappe.qb.get_query(
        "Task", fields=["name", "project.budget", "steps.label"], filters={"name": "saw"}, limit=1
    ).run(as_dict=True)
    assert [(row.name, row.budget) for row in rows] == [("saw", 100.0)]
    assert rows[0].label in ("saw 1", "saw 2")
    rows = frappe.qb.get_query("Task", fields=["name", {"steps": ["label"]}], filters={"name": "saw"}).run(as_dict=True)
    assert rows == [{"name": "saw", "steps": [{"label": "saw 1"}, {"label": "saw 2"}]}]


def test_filters_take_criteria_of_the_query_builder(tasks: None) -> None:
    Task = frappe.qb.DocType("Task")
    assert names(filters=[(Task.points > 1) & (Task.status == "Open")]) == ["rest", "paint"]
    assert frappe.db.count("Task", Task.points > 1) == 2
    frappe.db.delete("Task", Task.points > 2)
    assert names() == ["saw", "rest"]


def test_updates_and_deletes_by_filters(tasks: None) -> None:
    frappe.qb.get_query("Task", update=True, filters={"status": "Open"}).set("points", 9).run()
    assert names(filters={"points": 9}, order_by="name") == ["paint", "rest"]
    frappe.qb.get_query("Task", delete=True, filters={"points": 9}).run()
    assert names() == ["saw"]


def test_aggregates_of_the_query_builder(tasks: None) -> None:
    assert frappe.qb.max("Task", "points") == 3
    assert frappe.qb.sum("Task", "points", {"status": "Open"}) == 5
    assert frappe.qb.avg("Task", "points") == 2
    assert frappe.qb.min("Task", "due") == date(2024, 1, 1)


def test_a_query_with_permissions_shows_what_the_user_may_read(tasks: None) -> None:
    frappe.set_user("arne@x.io")
    assert frappe.qb.get_query("Task", ignore_permissions=False).run(pluck=True) == ["saw"]


def test_values_of_documents_without_lists(tasks: None) -> None:
    assert frappe.get_value("Task", "saw", "project.budget") == 100.0
    assert frappe.db.get_value("Task", {"steps.label": "rest 2"}, "name") == "rest"
    assert frappe.db.count("Task", {"steps.minutes": [">", 0]}) == 3
    assert frappe.db.get_value("Task", {"status": "Open"}, "count(name)") == 2
    assert frappe.db.get_value("Task", {"due": ["is", "set"]}, "name", order_by="due asc") == "saw"
    assert frappe.db.get_single_value("System Settings", "time_zone")
    with pytest.raises(frappe.ValidationError, match="nothing"):
        frappe.db.get_single_value("System Settings", "nothing")


def test_defaults_and_globals(site: Any) -> None:
    frappe.db.set_default("colour", "red")
    frappe.db.set_global("shape", "round")
    assert frappe.db.get_default("colour") == "red"
    assert frappe.db.get_global("shape") == "round"
    assert frappe.db.get_default("nothing") is None


@pytest.mark.parametrize("get", [frappe.get_all, frappe.get_list])
def test_values_with_a_name_stand_in_every_row(tasks: None, get: Any) -> None:
    wanted = ["name", "'It''s a (100%) task, as x' as kind", "0 as indent"]
    rows = get("Task", fields=wanted, filters={"status": "Done"}, order_by="kind, name")
    assert rows == [{"name": "saw", "kind": "It's a (100%) task, as x", "indent": 0}]
    assert get("Task", fields="name, 'a' as kind", filters={"name": "saw"}) == [{"name": "saw", "kind": "a"}]


@pytest.mark.parametrize("field", ["'text'", "'a' 'b' as x", "'a' || secret as x", "'a as x", "'a' as `x`y`"])
def test_other_texts_are_no_values(tasks: None, field: str) -> None:
    with pytest.raises((DataError, PermissionError)):
        frappe.get_list("Task", fields=["name", field])


def test_rows_in_the_order_of_listed_values(tasks: None) -> None:
    def order(text: str) -> list[str]:
        names: list[str] = frappe.get_list("Task", order_by=text, pluck="name")
        return names

    assert order("field(status, 'Done', 'Open'), name") == ["saw", "paint", "rest"]
    assert order("field(status, 'Done', 'Open') desc, name desc") == ["rest", "paint", "saw"]
    assert order("field(`tabTask`.`points`, 2, 3, 1)") == ["rest", "paint", "saw"]
    assert frappe.db.get_value("Task", {"points": [">", 0]}, "name", order_by="field(points, 2, 3) asc") == "saw"


@pytest.mark.parametrize(
    "order",
    [
        "field(status)",
        "field()",
        "field(status, 'a'",
        "field(status, name)",
        "field(status, 'a\\\\' , ') or sleep(9) -- ')",
        "field(status, '50%s')",
        "field(status, (select 1))",
        "field(nothing, 'a')",
        "field + (status, 'a')",
    ],
)
def test_an_order_of_values_takes_one_field_and_plain_values(tasks: None, order: str) -> None:
    with pytest.raises((DataError, PermissionError)):
        frappe.get_list("Task", order_by=order)


def test_an_order_of_values_needs_the_right_to_the_field(tasks: None) -> None:
    frappe.set_user("anna@x.io")
    with pytest.raises(PermissionError):
        frappe.get_list("Task", order_by="field(secret, 'a')")
    assert frappe.get_list("Task", fields=["'x' as secret"], limit=1) == [{"secret": "x"}]
