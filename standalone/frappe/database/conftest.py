"""A bare site on each engine: base tables, no DocTypes. The same tests run on both."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import frappe
from frappe.database.schema.model import Column, CreateTable, Index, Table


def mariadb_is_there() -> bool:
    import pymysql

    from frappe.database.mariadb.driver import Address, connect

    try:
        connect(Address("127.0.0.1", 3306, None, "root", None, None)).close()
    except pymysql.MySQLError:
        return False
    return True


MARIADB = pytest.param("mariadb", marks=pytest.mark.slow)
ENGINES = ("sqlite", MARIADB) if mariadb_is_there() else ("sqlite",)
"""Without a MariaDB server on 127.0.0.1:3306 the tests run on SQLite alone."""


def _start(folder: Path, engine: str) -> None:
    name = "frappe_test" if engine == "sqlite" else f"frappe_test_{os.getpid()}"
    config = {"db_type": engine, "db_name": name, "db_password": "secret"}
    site = folder / "sites" / "bare"
    site.mkdir(parents=True)
    (site / "site_config.json").write_text(json.dumps(config))
    (folder / "sites" / "apps.txt").write_text("frappe\n")
    frappe.init("bare", str(folder / "sites"), force=True)
    frappe.cache.clear()
    frappe.flags.in_install_db = True
    if engine == "mariadb":
        from frappe.database.mariadb.setup import create_database

        create_database("root", None, force=True)
    frappe.connect()


def _stop(engine: str) -> None:
    frappe.db.rollback()
    if engine == "mariadb":
        from frappe.database.mariadb.setup import drop_database

        drop_database("root", None)
    frappe.destroy()


@pytest.fixture(params=ENGINES)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """`frappe.db` of a site without any table."""
    _start(tmp_path, request.param)
    try:
        yield frappe.db
    finally:
        _stop(request.param)


@pytest.fixture
def sqlite_db(tmp_path: Path) -> Iterator[Any]:
    """`frappe.db` of a SQLite site without any table."""
    _start(tmp_path, "sqlite")
    try:
        yield frappe.db
    finally:
        _stop("sqlite")


NOTE = Table(
    "tabNote",
    (
        Column("name", "varchar(140)", False, primary=True),
        Column("creation", "datetime(6)"),
        Column("modified", "datetime(6)"),
        Column("modified_by", "varchar(140)"),
        Column("owner", "varchar(140)"),
        Column("title", "varchar(140)"),
        Column("body", "longtext"),
        Column("votes", "int(11)", False, "0"),
        Column("score", "decimal(21,9)", False, "0"),
        Column("day", "date"),
        Column("at", "time(6)"),
        Column("code", "varchar(140)"),
    ),
    (Index("tabNote_code_unique", ("code",), True),),
)


@pytest.fixture
def notes(db: Any) -> Any:
    """The same with a table `tabNote`."""
    db.apply([CreateTable(NOTE)])
    return db
