"""The table of a DocType follows its fields, and following twice changes nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frappe.database.schema.desired import table_for
from frappe.database.schema.diff import diff
from frappe.database.schema.fieldtypes import _TYPES, column_for, type_map
from frappe.database.schema.model import AddColumn, AddIndex, ChangeColumns, Column, CreateTable, DropIndex, Table
from frappe.database.schema.sync import plan_table, update_table
from frappe.database.sqlite_database import SQLiteDatabase
from frappe.database.sqlite_schema import column_type


def field(fieldname: str, fieldtype: str = "Data", **values: Any) -> SimpleNamespace:
    basis = {
        "length": 0,
        "unique": 0,
        "search_index": 0,
        "not_nullable": 0,
        "default": None,
        "options": None,
        "is_virtual": 0,
    }
    return SimpleNamespace(fieldname=fieldname, fieldtype=fieldtype, **{**basis, **values})


def meta(*fields: Any, **values: Any) -> SimpleNamespace:
    basis = {"istable": 0, "issingle": 0, "is_virtual": 0, "autoname": None, "track_seen": 0, "sort_field": "creation"}
    return SimpleNamespace(fields=list(fields), **{**basis, **values})


def spell(abstract: str) -> str:
    return abstract.lower()


def as_existing(table: Table, spell_: Any = spell) -> Table:
    """Return the table as a database would describe it after it was created."""
    columns = (Column(c.name, spell_(c.type), c.nullable, c.default, c.primary, c.autoincrement) for c in table.columns)
    return Table(table.name, tuple(columns), table.indexes)


# -- columns ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_field", "expected"),
    [
        (field("a"), Column("a", "varchar(140)")),
        (field("a", length=10), Column("a", "varchar(10)")),
        (field("a", length=5000), Column("a", "varchar(1000)")),
        (field("a", default="Open"), Column("a", "varchar(140)", default="Open")),
        (field("a", default="__user"), Column("a", "varchar(140)")),
        (field("a", default=":Company"), Column("a", "varchar(140)")),
        (field("a", "Date", default="Today"), Column("a", "date")),
        (field("a", "Int"), Column("a", "int(11)", False, "0")),
        (field("a", "Int", length=20, default="7"), Column("a", "bigint(20)", False, "7")),
        (field("a", "Check", default="1"), Column("a", "tinyint(4)", False, "1")),
        (field("a", "Float", default="1.5"), Column("a", "decimal(21,9)", False, "1.5")),
        (field("a", "Duration"), Column("a", "decimal(21,9)")),
        (field("a", "Text Editor", default="long"), Column("a", "longtext")),
        (field("a", not_nullable=1), Column("a", "varchar(140)", False, "")),
        (field("a", "Datetime", not_nullable=1), Column("a", "datetime(6)", False, "0001-01-01 00:00:00")),
        (field("a", "Table"), None),
        (field("a", "Section Break"), None),
        (field("a", is_virtual=1), None),
    ],
)
def test_a_field_gets_its_column(given_field: Any, expected: Column | None) -> None:
    assert column_for(given_field) == expected


def test_the_type_map_shows_types_and_lengths() -> None:
    assert type_map()["Data"] == ("varchar", "140")
    assert type_map()["Long Text"] == ("longtext", None)


def test_standard_columns_depend_on_the_kind_of_doctype() -> None:
    plain = table_for("X", meta())
    assert [column.name for column in plain.columns][:7] == [
        "name", "creation", "modified", "modified_by", "owner", "docstatus", "idx",
    ]  # fmt: skip
    assert plain.column("_assign")
    assert not plain.column("parent")
    child = table_for("X", meta(istable=1))
    assert child.column("parent")
    assert not child.column("_assign")
    assert [index.columns for index in child.indexes] == [("parent",)]
    assert table_for("X", meta(track_seen=1)).column("_seen")
    assert table_for("X", meta(autoname="Autoincrement")).columns[0].autoincrement
    assert table_for("X", meta(autoname="UUID")).columns[0].type == "uuid"


def test_indexes_follow_the_fields() -> None:
    table = table_for(
        "X",
        meta(
            field("a", unique=1), field("b", search_index=1), field("c", "Text", search_index=1), sort_field="modified"
        ),
    )
    assert [(index.columns, index.unique) for index in table.indexes] == [
        (("creation",), False), (("modified",), False), (("a",), True), (("b",), False),
    ]  # fmt: skip


# -- differences ------------------------------------------------------------------------------------------------------


def test_a_missing_table_is_created() -> None:
    desired = table_for("X", meta(field("a")))
    assert diff(desired, None, spell) == [CreateTable(desired)]


def test_each_difference_is_one_operation() -> None:
    before = as_existing(table_for("X", meta(field("a", length=140), field("b", "Int"), field("c", unique=1))))
    after = table_for("X", meta(field("a", length=200), field("b", "Float"), field("c"), field("d", search_index=1)))
    operations = diff(after, before, spell)
    assert [type(operation) for operation in operations] == [DropIndex, AddColumn, ChangeColumns, AddIndex]
    change = operations[2]
    assert isinstance(change, ChangeColumns)
    assert [(column.name, column.type) for column in change.columns] == [("a", "varchar(200)"), ("b", "decimal(21,9)")]
    assert change.narrows == ()
    assert [str(operation) for operation in operations] == [
        "drop index tabX_c_unique of tabX",
        "add column d varchar(140) to tabX",
        "change columns of tabX: a to varchar(200), b to decimal(21,9)",
        "add index tabX_d_index on tabX (d)",
    ]


def test_shortening_is_marked_and_columns_are_never_dropped() -> None:
    before = as_existing(table_for("X", meta(field("a", length=200), field("gone"))))
    operations = diff(table_for("X", meta(field("a", length=50))), before, spell)
    assert len(operations) == 1
    change = operations[0]
    assert isinstance(change, ChangeColumns)
    assert change.narrows == ("a",)
    assert change.result.column("gone")


def test_indexes_made_by_hand_are_left_alone() -> None:
    table = as_existing(table_for("X", meta(field("a"))))
    from frappe.database.schema.model import Index

    by_hand = Index("tabX_a_b_index", ("a", "b"))
    assert (
        diff(table_for("X", meta(field("a"))), Table(table.name, table.columns, (*table.indexes, by_hand)), spell) == []
    )


NAMES = st.sampled_from([f"field_{letter}" for letter in "abcdefgh"])
FIELDS = st.builds(
    lambda name, kind, length, unique, search, never_null, default: field(
        name, kind, length=length, unique=unique, search_index=search, not_nullable=never_null, default=default
    ),
    NAMES,
    st.sampled_from([*_TYPES, "Table", "Section Break"]),
    st.sampled_from([0, 10, 140, 500]),
    st.integers(0, 1),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from([None, "", "1", "0.5", "Open", "Today", "it's"]),
)
METAS = st.builds(
    lambda fields, istable, seen, sort, autoname: meta(
        *fields, istable=istable, track_seen=seen, sort_field=sort, autoname=autoname
    ),
    st.lists(FIELDS, max_size=6, unique_by=lambda f: f.fieldname),
    st.integers(0, 1),
    st.integers(0, 1),
    st.sampled_from(["creation", "modified", "modified desc"]),
    st.sampled_from([None, "hash", "autoincrement"]),
)


@given(METAS)
def test_a_table_just_created_needs_nothing(wanted: Any) -> None:
    for spelling in (spell, column_type):
        desired = table_for("X", wanted)
        assert diff(desired, as_existing(desired, spelling), spelling) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(METAS, METAS)
def test_on_sqlite_a_second_update_finds_nothing_to_do_and_rows_survive(first: Any, second: Any) -> None:
    second.autoname = first.autoname
    database = SQLiteDatabase(":memory:")
    driver = database.driver
    for wanted in (first, second):
        for operation in plan_table(database, "X", wanted):
            for statement in driver.ddl(operation):
                driver.execute(driver.prepare(statement, False), ())
        assert plan_table(database, "X", wanted) == []
        driver.execute(driver.prepare("insert or ignore into `tabX` (`name`) values (7)", False), ())
    assert driver.execute(driver.prepare("select count(*) from `tabX`", False), ()).rows == [(1,)]
    database.close()


# -- carried out ------------------------------------------------------------------------------------------------------


def test_updatedb_follows_the_fields_on_every_engine(db: Any) -> None:
    wanted = meta(field("title", default="it's"), field("n", "Int"), field("code", unique=1), field("j", "JSON"))
    assert [type(operation) for operation in update_table(db, "Thing", wanted)] == [CreateTable]
    assert db.pending_operations("Thing", wanted) == []
    db.bulk_insert("Thing", ["name", "n"], [("a", 1), ("b", 2)])
    wanted.fields[1] = field("n", "Float")
    wanted.fields[2] = field("code")
    wanted.fields += [field("done", "Check", default="1", search_index=1), field("when", "Datetime")]
    db.commit()
    update_table(db, "Thing", wanted)
    assert db.pending_operations("Thing", wanted) == []
    assert db.sql("select name, title, n, done, `when` from `tabThing` order by name") == (
        ("a", "it's", 1.0, 1, None),
        ("b", "it's", 2.0, 1, None),
    )


def test_text_that_would_not_fit_keeps_its_column(db: Any) -> None:
    import frappe

    update_table(db, "Thing", meta(field("title", length=200)))
    db.bulk_insert("Thing", ["name", "title"], [("a", "x" * 150)])
    db.commit()
    update_table(db, "Thing", meta(field("title", length=100)))
    assert len(db.get_value("Thing", "a", "title")) == 150
    said = [str(message.message) for message in frappe.local.message_log]
    assert db.db_type == "sqlite" or any("title keeps its length" in text for text in said)


def test_missing_values_get_the_default_when_a_column_forbids_them(db: Any) -> None:
    update_table(db, "Thing", meta(field("title")))
    db.bulk_insert("Thing", ["name", "title"], [("a", None)])
    db.commit()
    update_table(db, "Thing", meta(field("title", not_nullable=1, default="none")))
    assert db.get_value("Thing", "a", "title") == "none"


def test_singles_and_virtual_doctypes_have_no_table(db: Any) -> None:
    assert update_table(db, "Thing", meta(field("a"), issingle=1)) == []
    assert update_table(db, "Thing", meta(field("a"), is_virtual=1)) == []
    assert not db.table_exists("Thing")


def test_an_autoincrement_doctype_has_a_sequence(db: Any) -> None:
    update_table(db, "Thing", meta(field("a"), autoname="autoincrement"))
    assert db.get_next_sequence_val("Thing") == 1
    db.bulk_insert("Thing", ["name", "a"], [(1, "x")])
    assert db.get_value("Thing", "1", "name") == 1
    assert db.get_value("Thing", {"name": "1"}, "a") == "x"
    assert db.sql("select name from `tabThing` where name in %s", (["1"],)) == ((1,),)
