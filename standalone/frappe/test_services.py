"""What only a site on a server can show: making it, emptying it, taking it away, and its dump."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
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
from frappe.utils.backups import new_backup
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
    dump.replace(frappe.db.driver.address, written.getvalue().splitlines(keepends=True))
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


def test_a_dump_with_a_statement_of_somebody_else_changes_nothing(served: TestBench) -> None:
    lines = ["CREATE TABLE `tabDocType` (name int);\n", "drop table `tabUser`;\n"]
    with pytest.raises(frappe.ValidationError, match="not understood: drop table `tabUser`"):
        dump.replace(frappe.db.driver.address, lines)
    assert frappe.db.exists("User", "Administrator")
    assert leftovers() == set()


def leftovers() -> set[str]:
    return {table for table in frappe.db.get_tables(cached=False) if table.startswith(("__restoring_", "__replaced_"))}


RESTORE = """
import os, signal, sys
from pathlib import Path
from frappe.database.mariadb import dump
from frappe.utils.backups import new_backup
from frappe.utils.restoring import restore_backup

site, sites_path, database, wanted, left = *sys.argv[1:5], int(sys.argv[5])
run = dump._run

def run_or_die(connection, statement):
    global left
    left -= statement.lower().startswith(wanted)
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    return run(connection, statement)

dump._run = run_or_die
restore_backup(site, Path(database), sites_path=sites_path)
"""


@pytest.mark.parametrize(
    ("statement", "times", "state"),
    [
        ("create table", 1, "after"),
        ("insert into", 10, "after"),
        ("rename table", 1, "after"),
        ("show full tables", 3, "before"),  # the new names are there, the old tables not yet removed
    ],
)
def test_a_killed_restore_leaves_the_old_site_or_the_new_one_and_the_next_completes_it(
    served: TestBench, tmp_path: Path, statement: str, times: int, state: str
) -> None:
    todo = frappe.get_doc({"doctype": "ToDo", "description": "before"}).insert().name
    frappe.db.commit()
    made = new_backup(ignore_files=True, backup_path=tmp_path)
    frappe.db.set_value("ToDo", todo, "description", "after")
    frappe.db.commit()
    assert frappe.get_cached_doc("ToDo", todo).description == "after"
    frappe.destroy()
    command = [sys.executable, "-c", RESTORE, served.site, served.sites_path, str(made.database), statement, str(times)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    served.connect()
    assert frappe.get_cached_doc("ToDo", todo).description == state
    frappe.destroy()
    restore_backup(served.site, made.database, sites_path=served.sites_path)
    served.connect()
    assert frappe.get_cached_doc("ToDo", todo).description == "before"
    assert leftovers() == set()


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
