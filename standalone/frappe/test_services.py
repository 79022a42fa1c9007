"""What only a site on a server can show: making it, emptying it, taking it away, and its dump."""

from __future__ import annotations

import io
import json
from contextlib import closing
from pathlib import Path

import pytest

import frappe
import frappe.sites
from frappe import config
from frappe.database.mariadb import dump
from frappe.database.mariadb.driver import connect
from frappe.sites import SitePlan, drop_site, reinstall
from frappe.testing.services import from_environment
from frappe.testing.sites import TestBench
from frappe.utils.restoring import restore_backup

SERVICES = from_environment()
pytestmark = [pytest.mark.slow] if SERVICES.missing() is None else [pytest.mark.parametrize("on_server", [])]
"""Without MariaDB and Redis there is nothing to run."""


def databases() -> set[str]:
    with closing(connect(SERVICES.root())) as connection, connection.cursor() as cursor:
        cursor.execute("show databases")
        return {row[0] for row in cursor.fetchall()}


def test_a_dump_made_without_the_servers_programs_brings_everything_back(served: TestBench) -> None:
    text = 'it\'s \\ "quoted"\n; -- über 🚀\r\n%s'
    kept = frappe.get_doc({"doctype": "ToDo", "description": "x", "priority": "High"}).insert()
    frappe.db.set_value("ToDo", kept.name, "description", text)
    frappe.db.create_sequence("Dumped", check_not_exists=True)
    first = frappe.db.get_next_sequence_val("Dumped")
    frappe.db.commit()
    written = io.StringIO()
    dump.write(frappe.db.driver.address, written.write)
    frappe.db.set_value("ToDo", kept.name, "description", "changed")
    frappe.db.commit()
    frappe.db.close()
    dump.empty(frappe.db.driver.address)
    dump.read(frappe.db.driver.address, written.getvalue().splitlines(keepends=True))
    assert frappe.db.get_value("ToDo", kept.name, ["description", "priority"]) == (text, "High")
    assert frappe.db.get_next_sequence_val("Dumped") == first + 1
    frappe.db.sql_ddl("drop sequence dumped_id_seq")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not a dump"),
        ("select 1;\n-- Dump completed\n", "not a dump"),
        ("CREATE TABLE `tabDocType` (\n name int);\n", "not complete"),
    ],
)
def test_what_is_no_whole_dump_is_refused(served: TestBench, tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "dump.sql"
    path.write_text(content)
    frappe.destroy()
    with pytest.raises(frappe.ValidationError, match=said):
        restore_backup(served.site, path, sites_path=served.sites_path)
    served.connect()
    assert frappe.db.exists("User", "Administrator")


def test_a_dump_that_ends_in_a_statement_is_an_error() -> None:
    with pytest.raises(ValueError, match="middle"):
        list(dump.statements_of(["-- a comment\n", "select 1;\n", "select\n"]))
    assert list(dump.statements_of(["insert into a\n", "values (1);\n", "\n"])) == ["insert into a\nvalues (1)"]


def test_a_site_is_emptied_made_anew_and_taken_away_with_its_database(on_server: TestBench, tmp_path: Path) -> None:
    site = "gone.localhost"
    name = f"{on_server._home.name}_gone"  # type: ignore[attr-defined]
    plan = SitePlan(
        site, on_server.sites_path, db_type="mariadb", db_name=name, db_host=SERVICES.db_host, db_port=SERVICES.db_port,
        db_root_username=SERVICES.db_root_user, db_root_password=SERVICES.db_root_password, admin_password="one",
        extra_config=SERVICES.config(),
    )  # fmt: skip
    frappe.sites.new_site(plan)
    try:
        assert name in databases()
        with pytest.raises(frappe.ValidationError, match="exists"):
            frappe.sites.new_site(plan)
        reinstall(SitePlan(site, on_server.sites_path, admin_password="two"))
        place = drop_site(site, on_server.sites_path, archive=tmp_path)
        assert name not in databases()
        assert list((place / "private" / "backups").glob("*-database.sql.gz"))
        assert json.loads((place / config.SITE_CONFIG).read_text())["db_name"] == name
    finally:
        SERVICES.forget_keys(name)
        with closing(connect(SERVICES.root())) as connection, connection.cursor() as cursor:
            cursor.execute(f"drop database if exists `{name}`")
