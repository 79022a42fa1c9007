"""Section 8: queries are built with PyPika, take DocType names, and carry their values as parameters."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from pypika import Case

import frappe
from frappe.exceptions import ImproperDBConfigurationError
from frappe.query_builder import DocType, Order, get_query_builder
from frappe.query_builder.custom import GROUP_CONCAT, MATCH, ConstantColumn
from frappe.query_builder.functions import Count, DateFormat, Function, IfNull

qb = get_query_builder("sqlite")
Ticket = DocType("HD Ticket")


def test_a_doctype_is_its_table_and_every_attribute_a_column() -> None:
    sql = qb.from_("HD Ticket").select(Ticket.name, Ticket["from"]).get_sql()
    assert sql == "SELECT `name`,`from` FROM `tabHD Ticket`"


def test_values_are_named_parameters_whatever_they_are() -> None:
    query = (
        qb.from_(Ticket)
        .select(Ticket.name)
        .where(Ticket.status == "Open' or 1=1 --")
        .where(Ticket.creation > datetime(2026, 1, 2, 3, 4, 5))
        .where(Ticket.priority.isin(["High", "Low"]))
        .where(Ticket.is_merged == False)  # noqa: E712 - builds a condition
    )
    sql, values = query.walk()
    assert sql == (
        "SELECT `name` FROM `tabHD Ticket` WHERE `status`=%(param1)s AND `creation`>%(param2)s "
        "AND `priority` IN (%(param3)s,%(param4)s) AND `is_merged`=%(param5)s"
    )
    assert values == {
        "param1": "Open' or 1=1 --",
        "param2": "2026-01-02 03:04:05.000000",
        "param3": "High",
        "param4": "Low",
        "param5": 0,
    }


def test_nothing_is_in_an_empty_list_and_everything_is_not() -> None:
    empties: tuple[Any, ...] = ([], (), set())
    for empty in empties:
        none = qb.from_(Ticket).select(Ticket.name).where(Ticket.status.isin(empty) & (Ticket.name == 1))
        assert none.walk() == (
            "SELECT `name` FROM `tabHD Ticket` WHERE 1=0 AND `name`=%(param1)s",
            {"param1": 1},
        )
    assert str(qb.from_(Ticket).select(Ticket.name).where(Ticket.status.notin([]))).endswith("WHERE 1=1")
    assert (
        str(qb.from_(Ticket).select(Ticket.status.isin([]).as_("is_open")))
        == "SELECT 1=0 `is_open` FROM `tabHD Ticket`"
    )


def test_empty_lists_run_on_the_database_of_the_site(site: Any) -> None:
    User = frappe.qb.DocType("User")
    everybody = frappe.qb.from_(User).select(User.name)
    assert everybody.where(User.name.isin([])).run() in ((), [])
    assert len(everybody.where(User.name.notin([])).run()) == frappe.db.count("User")
    assert len(everybody.where(~User.name.isin([])).run()) == frappe.db.count("User")
    frappe.qb.update("User").set("bio", "x").where(User.name.isin([])).run()
    assert not frappe.db.exists("User", {"bio": "x"})


def test_the_text_of_a_query_quotes_its_values() -> None:
    query = qb.from_(Ticket).select(Ticket.name).where(Ticket.subject == "it's")
    assert str(query).endswith("WHERE `subject`='it''s'")


def test_updates_inserts_and_deletes_take_parameters_too() -> None:
    sql, values = qb.update("HD Ticket").set(Ticket.status, "Closed").where(Ticket.name == 7).walk()
    assert sql == "UPDATE `tabHD Ticket` SET `status`=%(param1)s WHERE `name`=%(param2)s"
    assert values == {"param1": "Closed", "param2": 7}
    sql, values = qb.into("HD Ticket").columns("name", "subject").insert(1, "x").walk()
    assert values == {"param1": 1, "param2": "x"}
    assert qb.from_("HD Ticket").delete().where(Ticket.name == 1).walk()[0].startswith("DELETE FROM `tabHD Ticket`")


def test_joins_groups_orders_cases_and_functions_render() -> None:
    Team = DocType("HD Team")
    query = (
        qb.from_(Ticket)
        .left_join(Team)
        .on(Ticket.agent_group == Team.name)
        .select(
            Team.name,
            Count(Ticket.name).as_("n"),
            Function("TIMESTAMPDIFF", qb.terms.PseudoColumn("HOUR"), Ticket.creation, Ticket.modified),
            Case().when(Ticket.status == "Open", 1).else_(0).as_("open"),
            IfNull(Ticket.priority, "none"),
            DateFormat(Ticket.creation, "%Y"),
            GROUP_CONCAT(Ticket.name),
            ConstantColumn("x").as_("kind"),
        )
        .groupby(Team.name)
        .orderby(Team.name, order=Order.desc)
    )
    sql, values = query.walk()
    assert "TIMESTAMPDIFF(HOUR,`tabHD Ticket`.`creation`,`tabHD Ticket`.`modified`)" in sql
    assert "CASE WHEN `tabHD Ticket`.`status`=%(param1)s THEN %(param2)s ELSE %(param3)s END `open`" in sql
    assert "GROUP BY `tabHD Team`.`name` ORDER BY `tabHD Team`.`name` DESC" in sql
    assert list(values.values()) == ["Open", 1, 0, "none", "%Y", "x"]


def test_a_match_needs_words() -> None:
    query = qb.from_(Ticket).select(Ticket.name).where(MATCH(Ticket.subject).Against("printer"))
    assert "MATCH(`subject`) AGAINST (%(param1)s IN BOOLEAN MODE)" in query.walk()[0]
    with pytest.raises(ValueError, match="Against"):
        qb.from_(Ticket).select(MATCH(Ticket.subject)).walk()


def test_queries_and_unions_run_on_the_sites_database(monkeypatch: pytest.MonkeyPatch) -> None:
    import frappe

    ran: list[tuple[str, dict[str, object]]] = []

    def run(sql: str, values: dict[str, object], **options: object) -> dict[str, object]:
        ran.append((sql, values))
        return options

    monkeypatch.setattr(frappe, "db", SimpleNamespace(sql=run))
    assert qb.from_(Ticket).select(Ticket.name).run(as_dict=True) == {"as_dict": True}
    one = qb.from_(Ticket).select(Ticket.name).where(Ticket.name == 1)
    (one + qb.from_(Ticket).select(Ticket.name).where(Ticket.name == 2)).run()
    assert ran[1][1] == {"param1": 1, "param2": 2}


def test_an_unknown_database_is_named() -> None:
    with pytest.raises(ImproperDBConfigurationError, match="oracle"):
        get_query_builder("oracle")
