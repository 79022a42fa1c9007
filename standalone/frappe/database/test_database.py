"""Section 6: what `frappe.db` promises, on every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

import frappe
from frappe.database.connection import Connection
from frappe.database.database import savepoint
from frappe.database.values import canonical
from frappe.exceptions import ImplicitCommitError, TooManyWritesError
from frappe.query_builder import Field
from frappe.query_builder.functions import Concat, Count, Sum

FIELDS = ["name", "title", "votes"]


def fill(db: Any, *rows: tuple[Any, ...]) -> None:
    db.bulk_insert("Note", FIELDS, rows)


# -- reading and writing ----------------------------------------------------------------------------------------------


def test_values_come_back_as_python_objects(notes: Any) -> None:
    moment = datetime(2024, 2, 29, 13, 4, 5, 678901)
    values = {
        "name": "n1",
        "creation": moment,
        "modified": "2024-02-29 13:04:05.000000",
        "day": date(2024, 2, 29),
        "at": timedelta(hours=30, minutes=5),
        "score": Decimal("1.5"),
        "votes": True,
    }
    notes.insert_row("Note", values)
    row = notes.get_value("Note", "n1", ["creation", "modified", "day", "at", "score", "votes", "body"])
    assert row == (
        moment,
        datetime(2024, 2, 29, 13, 4, 5),
        date(2024, 2, 29),
        timedelta(hours=30, minutes=5),
        1.5,
        1,
        None,
    )


def test_floats_keep_nine_digits(notes: Any) -> None:
    notes.insert_row("Note", {"name": "a", "score": 0.1 + 0.2})
    assert notes.get_value("Note", "a", "score") == 0.3


def test_the_result_of_an_expression_on_dates_is_a_date(notes: Any) -> None:
    notes.insert_row("Note", {"name": "a", "creation": datetime(2024, 1, 2, 3, 4, 5), "day": date(2024, 5, 6)})
    row = notes.sql("select max(creation), date(creation), coalesce(day, creation), max(title), count(*) from tabNote")[
        0
    ]
    assert row[:2] == (datetime(2024, 1, 2, 3, 4, 5), date(2024, 1, 2))
    assert row[3:] == (None, 1)


@pytest.mark.parametrize(
    "text", ["it's", 'a "b"', "back\\slash", "100%", "%s", "%(x)s", "a%%b", "?", "\n\t", "äöü 🎟", "`x`"]
)
def test_any_text_survives_as_value_and_as_literal(notes: Any, text: str) -> None:
    notes.insert_row("Note", {"name": "a", "title": text})
    assert notes.get_value("Note", {"title": text}, "title") == text
    assert notes.sql("select name from tabNote where title = %s", (text,)) == (("a",),)
    assert notes.sql("select name from tabNote where title = %(t)s", {"t": text}) == (("a",),)
    assert notes.sql(f"select title from tabNote where title = {notes.escape(text, percent=False)}") == ((text,),)
    assert notes.sql(f"select title from tabNote where title = {notes.escape(text)} and 1 = %s", (1,)) == ((text,),)


def test_the_shapes_of_get_value(notes: Any) -> None:
    fill(notes, ("a", "First", 1), ("b", "Second", 2))
    assert notes.get_value("Note", "a", "title") == "First"
    assert notes.get_value("Note", "a", ["title"]) == "First"
    assert notes.get_value("Note", "a", ["title", "votes"]) == ("First", 1)
    assert notes.get_value("Note", "a", ["title", "votes"], as_dict=True) == {"title": "First", "votes": 1}
    assert notes.get_value("Note", "a", "*")["votes"] == 1
    assert notes.get_value("Note", "zzz", "title") is None
    assert notes.get_value("Note", {"votes": (">", 1)}, "name") == "b"
    assert notes.get_value("Note", ["b", "a"], "name", order_by="name asc") == "a"
    assert notes.get_value("Note", [["votes", ">=", 2]], "max(votes)") == 2
    assert notes.get_values("Note", {"name": ["in", ["a", "b"]]}, "name", order_by="votes", pluck=True) == ["b", "a"]
    assert notes.get_values("Note", {"votes": 9}, "name") == ()


def test_get_value_takes_terms_of_the_query_builder(notes: Any) -> None:
    fill(notes, ("a", "First", 1), ("b", "Second", 2))
    assert notes.get_value("Note", {"votes": (">", 0)}, Sum(Field("votes"))) == 3
    assert notes.get_value("Note", {"votes": (">", 0)}, [Sum(Field("votes")), Count("*")]) == (3, 2)
    assert notes.get_value("Note", "b", Field("title"), as_dict=True) == {"title": "Second"}


def test_an_unknown_column_is_an_error_unless_ignored(notes: Any) -> None:
    with pytest.raises(Exception) as caught:
        notes.get_value("Note", "a", "nothing")
    assert notes.is_missing_column(caught.value)
    assert notes.get_value("Note", "a", "nothing", ignore=True) is None


@pytest.mark.parametrize("name", ["a`b", "a;b", "", "1a", "sleep(1)--", "a.b.c", "name`,`owner"])
def test_what_is_no_name_never_becomes_sql(notes: Any, name: str) -> None:
    attempts: list[Callable[[], Any]] = [
        lambda: notes.get_value("Note", "a", [name, "title"]),
        lambda: notes.set_value("Note", "a", name, 1, update_modified=False),
        lambda: notes.get_value("Note", {name: 1}),
        lambda: notes.delete("Note", {name: 1}),
        lambda: notes.bulk_insert("Note", [name], [(1,)]),
    ]
    for attempt in attempts:
        with pytest.raises(frappe.ValidationError):
            attempt()


def test_remembered_values_are_forgotten_with_the_next_change(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    before = notes.statement_count
    assert [notes.get_value("Note", "a", "title", cache=True) for _ in range(3)] == ["x"] * 3
    assert notes.statement_count - before == 1
    notes.sql("update tabNote set title = 'y'")
    assert notes.get_value("Note", "a", "title", cache=True) == "y"


def test_exists_returns_the_name(notes: Any) -> None:
    fill(notes, ("Ann", "x", 1))
    assert notes.exists("Note", "Ann") == "Ann"
    assert notes.exists("Note", "ann") == "Ann"
    assert notes.exists({"doctype": "Note", "title": "x"}) == "Ann"
    assert notes.exists("Note", {"title": "y"}) is None
    assert notes.exists("Nothing", {"title": "y"}) is None
    assert notes.exists("Note", "Note") == "Note"


def test_text_is_compared_without_regard_to_case(notes: Any) -> None:
    fill(notes, ("a", "Printer", 1))
    assert notes.get_value("Note", {"title": "PRINTER"}) == "a"
    assert notes.get_value("Note", {"title": ["in", ["printer"]]}) == "a"
    with pytest.raises(Exception) as caught:
        fill(notes, ("A", "again", 1))
    assert notes.is_primary_key_violation(caught.value)


def test_null_is_neither_equal_nor_unequal(notes: Any) -> None:
    fill(notes, ("a", None, 1), ("b", "x", 1))
    assert notes.get_values("Note", {"title": ["!=", "y"]}, pluck=True) == ["b"]
    assert notes.get_values("Note", {"title": None}, pluck=True) == ["a"]
    assert notes.get_values("Note", {"title": ["!=", None]}, pluck=True) == ["b"]


def test_a_backslash_in_like_escapes_a_wildcard(notes: Any) -> None:
    fill(notes, ("a", "50% off", 1), ("b", "500", 1))
    assert notes.get_values("Note", {"title": ["like", "50\\%%"]}, pluck=True) == ["a"]
    assert notes.sql("select name from tabNote where title like %s", ("50\\%%",)) == (("a",),)


def test_set_value_takes_names_lists_and_filters(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "x", 2), ("c", "y", 3))
    notes.set_value("Note", "a", "votes", 10)
    notes.set_value("Note", ["b", "c"], {"votes": 20}, update_modified=False)
    notes.set_value("Note", {"title": "x"}, "body", "changed")
    assert notes.sql("select name, votes, body from tabNote order by name") == (
        ("a", 10, "changed"),
        ("b", 20, "changed"),
        ("c", 20, None),
    )
    assert notes.get_value("Note", "a", "modified_by") == "Administrator"
    assert notes.get_value("Note", "c", "modified") is None


def test_bulk_update_writes_each_its_own_values(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "x", 2), ("c", "x", 3))
    before = notes.statement_count
    notes.bulk_update("Note", {"a": {"votes": 7, "title": "A"}, "b": {"votes": 8}}, update_modified=False)
    assert notes.statement_count - before == 1
    assert notes.sql("select name, title, votes from tabNote order by name") == (
        ("a", "A", 7),
        ("b", "x", 8),
        ("c", "x", 3),
    )


def test_bulk_insert_can_leave_out_what_is_there(notes: Any) -> None:
    fill(notes, ("a", "old", 1))
    notes.bulk_insert("Note", FIELDS, [("a", "new", 2), ("b", "new", 2)], ignore_duplicates=True)
    assert notes.sql("select name, title from tabNote order by name") == (("a", "old"), ("b", "new"))
    notes.bulk_insert("Note", FIELDS, ((f"n{i}", "many", i) for i in range(2500)), chunk_size=1000)
    assert notes.count("Note", {"title": "many"}) == 2500
    assert notes.count("Note", {"name": ["in", [f"n{i}" for i in range(2500)]]}) == 2500


def test_a_row_of_the_wrong_width_is_refused(notes: Any) -> None:
    with pytest.raises(ValueError, match="2 values for 3 columns"):
        fill(notes, ("a", "x"))


def test_delete_removes_what_matches(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "y", 2), ("c", None, 3))
    notes.delete("Note", {"title": "x"})
    assert notes.get_values("Note", {"votes": [">", 0]}, pluck=True, order_by="name asc") == ["b", "c"]
    notes.delete("Note")
    assert notes.count("Note") == 0


def test_a_unique_value_may_be_missing_often_but_given_once(notes: Any) -> None:
    notes.bulk_insert("Note", ["name", "code"], [("a", None), ("b", None), ("c", "1")])
    with pytest.raises(Exception) as caught:
        notes.bulk_insert("Note", ["name", "code"], [("d", "1")])
    assert notes.is_unique_key_violation(caught.value)
    assert notes.is_duplicate_entry(caught.value)
    assert not notes.is_primary_key_violation(caught.value)


# -- SQL --------------------------------------------------------------------------------------------------------------


def test_the_shapes_of_sql(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "y", 2))
    query = "select name, votes from tabNote order by name"
    assert notes.sql(query) == (("a", 1), ("b", 2))
    assert notes.sql(query, as_list=True) == [["a", 1], ["b", 2]]
    assert notes.sql(query, as_dict=True, update={"z": 1}) == [
        {"name": "a", "votes": 1, "z": 1},
        {"name": "b", "votes": 2, "z": 1},
    ]
    assert notes.sql(query, pluck=True) == notes.sql_list(query) == ["a", "b"]
    assert list(notes.sql(query, as_iterator=True, as_dict=True)) == notes.sql(query, as_dict=True)
    assert notes.sql("update tabNote set votes = 5") == ()
    assert notes.sql("select name from tabNote where name in %s", (["a", "b"],), pluck=True) == ["a", "b"]
    assert notes.sql("select name from tabNote where name in %(n)s", {"n": ("a",)}, pluck=True) == ["a"]
    assert notes.sql("select name from tabNote where name = %s", "b") == (("b",),)
    assert notes.sql("select name from tabNote where name in %s", ((),)) == ()


def test_a_query_can_be_shown_instead_of_run(notes: Any) -> None:
    shown = notes.sql("select name from tabNote where title = %s and votes in %s", ("it's", [1, 2]), run=False)
    assert "1, 2" in shown
    assert notes.sql(shown) == ()


def test_values_that_do_not_fit_are_refused(notes: Any) -> None:
    with pytest.raises(ValueError, match="placeholders"):
        notes.sql("select %s", (1, 2))
    with pytest.raises(KeyError, match="missing"):
        notes.sql("select %(missing)s", {"x": 1})


def test_set_value_takes_terms_of_the_query_builder(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "it's", 2))
    notes.set_value("Note", {"votes": (">", 0)}, {"votes": Field("votes") + 10, "body": Concat(Field("title"), "?")})
    assert notes.sql("select name, votes, body from tabNote order by name") == (("a", 11, "x?"), ("b", 12, "it's?"))


def test_multisql_picks_by_engine(db: Any) -> None:
    assert db.multisql({"mariadb": "select if(1, 'yes', 'no')", "postgres": "select 1"}) == (("yes",),)
    assert db.multisql({"sqlite": "select 'sqlite'", "mariadb": "select 'mariadb'"}) == ((db.db_type,),)
    with pytest.raises(ValueError, match=db.db_type):
        db.multisql({"postgres": "select 1"})


def test_statements_are_counted(notes: Any) -> None:
    before = notes.statement_count
    notes.get_value("Note", "a")
    notes.set_value("Note", "a", "votes", 1)
    notes.commit()
    assert notes.statement_count - before == 2


# -- transactions -----------------------------------------------------------------------------------------------------


def test_rollback_undoes_and_commit_keeps(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    notes.commit()
    fill(notes, ("b", "x", 1))
    notes.rollback()
    assert notes.get_values("Note", {"votes": 1}, pluck=True) == ["a"]


def test_a_savepoint_undoes_its_part_only(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    notes.savepoint("here")
    fill(notes, ("b", "x", 1))
    notes.rollback(save_point="here")
    notes.release_savepoint("here")
    notes.commit()
    assert notes.get_values("Note", {"votes": 1}, pluck=True) == ["a"]


def test_savepoints_before_the_first_write_count_too(notes: Any) -> None:
    notes.savepoint("outer")
    notes.savepoint("inner")
    fill(notes, ("a", "x", 1))
    notes.rollback(save_point="inner")
    fill(notes, ("b", "x", 1))
    notes.release_savepoint("inner")
    assert notes.get_values("Note", {"votes": 1}, pluck=True) == ["b"]
    notes.rollback(save_point="outer")
    assert notes.count("Note") == 0


def test_the_savepoint_block_swallows_its_error_and_undoes_the_block(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    with savepoint(catch=ZeroDivisionError):
        fill(notes, ("b", "x", 1))
        raise ZeroDivisionError
    with savepoint():
        fill(notes, ("c", "x", 1))
    with pytest.raises(KeyError), savepoint(catch=ZeroDivisionError):
        raise KeyError
    assert notes.get_values("Note", {"votes": 1}, pluck=True, order_by="name asc") == ["a", "c"]


def test_the_savepoint_is_a_decorator_as_well(notes: Any) -> None:
    @savepoint(catch=ValueError)
    def work() -> None:
        fill(notes, ("b", "x", 1))
        raise ValueError

    work()
    assert notes.count("Note") == 0


def test_callbacks_run_once_in_order_around_the_commit(notes: Any) -> None:
    heard: list[str] = []
    notes.before_commit.add(lambda: heard.append("before"))
    notes.after_commit.add(lambda: heard.append("after 1"))
    notes.after_commit.add(lambda: heard.append("after 2"))
    notes.after_rollback.add(lambda: heard.append("never"))
    notes.commit()
    notes.commit()
    assert heard == ["before", "after 1", "after 2"]
    notes.after_commit.add(lambda: heard.append("never"))
    notes.before_rollback.add(lambda: heard.append("rolling"))
    notes.after_rollback.add(lambda: heard.append("rolled"))
    notes.rollback()
    notes.rollback()
    assert heard[3:] == ["rolling", "rolled"]


def test_what_a_callback_before_the_commit_writes_is_committed(notes: Any) -> None:
    notes.before_commit.add(lambda: fill(notes, ("late", "x", 1)))
    notes.commit()
    notes.rollback()
    assert notes.exists("Note", "late")


def test_commits_are_ignored_with_a_warning_while_a_document_is_saved(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    with notes.transaction_control_disabled(), pytest.warns(UserWarning, match="ignored"):
        notes.commit()
    notes.rollback()
    assert notes.count("Note") == 0


def test_schema_statements_after_a_write_are_refused(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    with pytest.raises(ImplicitCommitError, match="sql_ddl"):
        notes.sql("create table tabX (name varchar(10))")
    notes.sql_ddl("create table tabX (name varchar(10))")
    notes.rollback()
    assert notes.exists("Note", "a")
    assert notes.table_exists("X")


def test_too_many_writes_without_a_commit_are_refused(notes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "MAX_WRITES_PER_TRANSACTION", 3)
    notes.transaction_writes = 3
    with pytest.raises(TooManyWritesError):
        fill(notes, ("a", "x", 1))


def test_transaction_words_sent_as_sql_do_the_same_as_the_methods(notes: Any) -> None:
    fill(notes, ("a", "x", 1))
    notes.sql("savepoint sp1")
    fill(notes, ("b", "x", 1))
    notes.sql("rollback to savepoint sp1")
    notes.sql("commit")
    notes.rollback()
    assert notes.get_values("Note", {"votes": 1}, pluck=True) == ["a"]
    fill(notes, ("c", "x", 1))
    with pytest.raises(ImplicitCommitError):
        notes.sql("start transaction")


def test_reading_only_refuses_changes(notes: Any) -> None:
    notes.begin(read_only=True)
    assert notes.count("Note") == 0
    with pytest.raises(frappe.InReadOnlyMode):
        fill(notes, ("a", "x", 1))
    notes.rollback()
    fill(notes, ("a", "x", 1))


@pytest.mark.parametrize("value", ["\ud800", [1, 2], object()])
def test_a_value_no_column_can_hold_is_refused(notes: Any, value: Any) -> None:
    with pytest.raises((TypeError, frappe.DataError)):
        notes.set_value("Note", "a", "title", value, update_modified=False)


@pytest.mark.parametrize("streamed", [False, True])
def test_errors_of_the_engine_are_caught_by_the_names_of_the_api(notes: Any, streamed: bool) -> None:
    for kind in (notes.TableMissingError, notes.ProgrammingError, frappe.exceptions.TableMissingError, notes.SQLError):
        with pytest.raises(kind):
            list(notes.sql("select * from tabNothing", as_iterator=streamed))
    with pytest.raises(notes.ProgrammingError):
        notes.sql("selec 1")
    with pytest.raises(notes.OperationalError):
        notes.sql("select nowhere from tabNote")
    with pytest.raises(notes.IntegrityError):
        fill(notes, ("a", "x", 1), ("a", "x", 1))
    with pytest.raises(notes.DataError):
        notes.set_value("Note", "a", "votes", 2**70, update_modified=False)


def test_a_database_says_what_is_in_it_in_the_words_of_mysql(notes: Any) -> None:
    assert "tabNote" in notes.sql_list("show tables")
    assert notes.sql_list("show tables like %s", ("tabNo%",)) == ["tabNote"]
    assert notes.sql_list("show tables like 'tabMissing%'") == []
    described = notes.sql("describe `tabNote`", as_dict=True)
    assert {"Field", "Type", "Null", "Key", "Default"} <= set(described[0])
    assert [(row.Field, row.Null, row.Key) for row in described][:2] == [("name", "NO", "PRI"), ("creation", "YES", "")]
    assert notes.sql_list("desc tabNote") == notes.sql_list("show columns from `tabNote`")
    assert notes.sql_list("show full columns from `tabNote` like 'b%'") == ["body"]
    assert notes.sql_list("show columns from tabNote where Field in ('day', 'at')") == ["day", "at"]
    assert [row[0] for row in notes.sql("describe tabNote title")] == ["title"]
    indexed = notes.sql("show index from `tabNote`", as_dict=True)
    assert {(row.Key_name, row.Column_name, row.Non_unique) for row in indexed} == {
        ("PRIMARY", "name", 0),
        ("code_unique", "code", 0),
    }


def test_a_missing_table_is_recognised(db: Any) -> None:
    with pytest.raises(Exception) as caught:
        db.sql("select * from tabNothing")
    assert db.is_table_missing(caught.value)
    assert db.is_missing_table_or_column(caught.value)
    with pytest.raises(db.TableMissingError):
        db.get_table_columns("Nothing")
    with pytest.raises(Exception) as caught:
        db.sql("selec 1")
    assert db.is_syntax_error(caught.value)


# -- schema, sequences, Singles ---------------------------------------------------------------------------------------


def test_the_schema_can_be_asked_and_changed(notes: Any) -> None:
    assert notes.has_column("Note", "title")
    assert not notes.has_column("Note", "nothing")
    notes.add_index("Note", ["title", "votes"])
    notes.add_index("Note", ["title", "votes"])
    assert notes.has_index("tabNote", "title_votes_index")
    notes.add_unique("Note", ["title", "code"])
    notes.add_unique("Note", ["title", "code"])
    assert notes.has_index("tabNote", "unique_title_code")
    notes.rename_column("Note", "body", "text")
    assert notes.get_table_columns("Note").count("text") == 1
    notes.rename_table("Note", "Memo")
    assert notes.table_exists("Memo")
    assert not notes.table_exists("Note")


def test_an_index_may_name_the_length_of_a_column(notes: Any) -> None:
    notes.add_index("Note", ["body(50)"], "body_index")
    assert notes.has_index("tabNote", "body_index")


def test_changing_a_columns_type_keeps_rows_and_indexes(notes: Any) -> None:
    fill(notes, ("a", "x", 1), ("b", "y", 2))
    notes.commit()
    notes.change_column_type("Note", "votes", "decimal(21,9)", nullable=True)
    notes.set_value("Note", "a", "votes", 1.5, update_modified=False)
    assert notes.sql("select name, votes from tabNote order by name") == (("a", 1.5), ("b", 2.0))
    assert notes.get_column_index("tabNote", "code", unique=True) is not None


def test_a_sequence_counts_on(db: Any) -> None:
    db.create_sequence("HD Ticket", check_not_exists=True)
    db.create_sequence("HD Ticket", check_not_exists=True)
    assert [db.get_next_sequence_val("HD Ticket") for _ in range(3)] == [1, 2, 3]
    db.set_next_sequence_val("HD Ticket", 10)
    assert db.get_next_sequence_val("HD Ticket") == 10
    db.set_next_sequence_val("HD Ticket", 20, is_val_used=True)
    assert db.get_next_sequence_val("HD Ticket") == 21


def test_values_of_a_single_are_read_once_and_forgotten_when_they_change(db: Any) -> None:
    from frappe.database.schema import create_base_tables

    create_base_tables()
    db.set_single_value("My Settings", {"a": 1, "b": "x", "c": None}, update_modified=False)
    before = db.statement_count
    assert db.get_value("My Settings", None, "b") == "x"
    assert db.get_value("My Settings", "My Settings", ["a", "b"]) == ("1", "x")
    assert db.get_value("My Settings", None, ["a"], as_dict=True) == {"a": "1"}
    assert db.get_value("My Settings", None, "nothing") is None
    assert db.statement_count - before == 1
    db.set_single_value("My Settings", "b", "y", update_modified=False)
    assert db.get_value("My Settings", None, "b") == "y"
    db.rollback()
    assert db.get_value("My Settings", None, "b") is None


def test_base_tables_are_created_once(db: Any) -> None:
    from frappe.database.schema import create_base_tables

    create_base_tables()
    first = db.get_tables(cached=False)
    create_base_tables()
    assert db.get_tables(cached=False) == first
    assert {
        "tabSingles",
        "tabSeries",
        "tabSessions",
        "__Auth",
        "__UserSettings",
        "__global_search",
        "tabDocType",
    } <= set(first)


@pytest.mark.parametrize(
    ("text", "fieldtype", "expected"),
    [
        ("2024-1-5", "Date", "2024-01-05"),
        ("2024-01-05 10:00:00", "Date", "2024-01-05"),
        ("2024-01-05T10:00", "Datetime", "2024-01-05 10:00:00"),
        ("2024-01-05 10:00:00.5", "Datetime", "2024-01-05 10:00:00.500000"),
        ("2024-01-05", "Datetime", "2024-01-05 00:00:00"),
        ("9:30", "Time", "09:30:00"),
        ("nonsense", "Date", "nonsense"),
        ("", "Date", ""),
        (None, "Date", None),
    ],
)
def test_dates_and_times_are_stored_in_the_form_that_sorts(text: Any, fieldtype: str, expected: Any) -> None:
    assert canonical(text, fieldtype) == expected
