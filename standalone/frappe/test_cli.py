"""Every verb is there, and the ones that change a site do what they say."""

import json
import re
import threading
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import frappe
from frappe.cli import ABSENT, COMMANDS, Commands, cli
from frappe.database import sqlite_pool
from frappe.testing.sites import TestBench

GUIDE = Path(__file__).parents[2] / "docs" / "operator-guide.md"


@pytest.fixture
def run(site: TestBench, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.chdir(site.sites_path)
    return Run(site)


class Run:
    """Runs commands on the site of the test, in this process."""

    def __init__(self, bench: TestBench):
        self.bench = bench

    def __call__(self, *arguments: str) -> Result:
        result = CliRunner().invoke(cli, ["--site", self.bench.site, *arguments], catch_exceptions=False)
        self.bench.connect()
        return result

    def output(self, *arguments: str) -> str:
        result = self(*arguments)
        assert result.exit_code == 0, result.output
        return result.output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_can_be_loaded_and_explains_itself(name: str) -> None:
    command = Commands("frappe").get_command(click.Context(cli), name)
    assert command is not None
    assert command.name == name
    assert command.help


@pytest.mark.parametrize("name", sorted(ABSENT))
def test_verbs_that_are_not_here_say_what_to_do_instead(name: str) -> None:
    result = CliRunner().invoke(cli, [name])
    assert result.exit_code == 2
    assert ABSENT[name] in result.output


@pytest.mark.parametrize("name", sorted([*COMMANDS, "export-site", "import-site"]))
def test_every_command_is_in_the_operator_guide(name: str) -> None:
    assert re.search(rf"`{name}[ /`]", GUIDE.read_text(encoding="utf-8"))


def test_a_function_is_called_with_arguments_and_its_result_printed(run: Run) -> None:
    output = run.output("execute", "frappe.client.get_count", "--kwargs", "{'doctype': 'User'}")
    assert json.loads(output) == 2


def test_arguments_that_are_no_list_are_refused(run: Run) -> None:
    result = run("execute", "frappe.ping", "--args", "oops(")
    assert result.exit_code == 2
    assert "--args must be a list" in result.output


def test_a_user_is_added_disabled_and_gets_a_password(run: Run) -> None:
    run.output("add-user", "anna@helpdesk.example", "--first-name", "Anna", "--password", "Kite-umbrella-42")
    assert frappe.db.get_value("User", "anna@helpdesk.example", "first_name") == "Anna"
    run.output("set-password", "anna@helpdesk.example", "Another-umbrella-43")
    from frappe.utils.password import check_password

    assert check_password("anna@helpdesk.example", "Another-umbrella-43") == "anna@helpdesk.example"
    run.output("disable-user", "anna@helpdesk.example")
    assert frappe.db.get_value("User", "anna@helpdesk.example", "enabled") == 0


def test_a_password_for_nobody_is_refused(run: Run) -> None:
    with pytest.raises(frappe.DoesNotExistError, match="xenia"):
        run("set-password", "xenia@nowhere.example", "x")


def test_configuration_is_set_shown_and_removed(run: Run, site: TestBench) -> None:
    path = Path(site.sites_path, site.site, "site_config.json")
    run.output("set-config", "mail_pull_interval", "5")
    assert json.loads(path.read_text())["mail_pull_interval"] == 5
    run.output("set-config", "secret_token", "abc")
    shown = json.loads(run.output("show-config", "--format", "json"))
    assert shown["mail_pull_interval"] == 5
    assert shown["secret_token"] == "********"
    for key in ("mail_pull_interval", "secret_token"):
        run.output("set-config", key, "None")
    assert "mail_pull_interval" not in json.loads(path.read_text())


def test_the_scheduler_is_switched_off_and_on(run: Run) -> None:
    run.output("disable-scheduler")
    assert "inactive" in run.output("scheduler", "status")
    run.output("enable-scheduler")
    assert "is active" in run.output("scheduler", "status")


def test_pending_jobs_are_shown_and_purged(run: Run) -> None:
    frappe.enqueue("frappe.ping")
    frappe.db.commit()
    assert "frappe.ping" in run.output("show-pending-jobs")
    assert "1 job(s)" in run.output("purge-jobs")
    assert run.output("show-pending-jobs") == ""


def test_a_worker_in_burst_mode_runs_what_waits(run: Run) -> None:
    frappe.enqueue("frappe.ping")
    frappe.db.commit()
    assert "1 job(s) ran" in run.output("worker", "--burst")


def test_a_worker_in_burst_mode_leaves_no_thread_and_no_lock_behind(run: Run, site: TestBench) -> None:
    def left() -> set[object]:
        return {*threading.enumerate(), *Path(site.sites_path, site.site, "locks").glob("worker-*.lock")}

    before = left()
    run.output("worker", "--burst")
    assert left() <= before


def test_the_doctor_finds_a_scheduler_that_is_off(run: Run) -> None:
    assert json.loads(run.output("doctor", "--format", "json"))["findings"] == []
    run.output("disable-scheduler")
    result = run("doctor", "--format", "json")
    assert result.exit_code == 1
    assert "Scheduled jobs do not run" in result.output


def test_documents_go_to_a_file_and_back(run: Run, tmp_path: Path) -> None:
    frappe.get_doc({"doctype": "Role", "role_name": "Night Shift"}).insert()
    frappe.db.commit()
    path = tmp_path / "roles.json"
    run.output("export-json", "Role", str(path), "--name", "Night Shift")
    frappe.delete_doc("Role", "Night Shift")
    frappe.db.commit()
    run.output("import-doc", str(path))
    assert frappe.db.exists("Role", "Night Shift")


def test_a_list_goes_to_a_csv_file(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    run.output("export-csv", "User", str(path))
    lines = path.read_text().splitlines()
    assert lines[0].startswith("name,")
    assert len(lines) == 3


def test_what_a_document_works_out_is_not_in_the_file(run: Run, tmp_path: Path) -> None:
    run.output("export-csv", "Scheduled Job Type", str(tmp_path / "jobs.csv"))
    virtual = {field.fieldname for field in frappe.get_meta("Scheduled Job Type").fields if field.is_virtual}
    head = (tmp_path / "jobs.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert virtual and not virtual & set(head)


def test_tests_run_only_where_they_are_allowed(run: Run, site: TestBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)  # continuous integration allows tests everywhere
    run.output("set-config", "allow_tests", "false")
    with pytest.raises(frappe.ValidationError, match="allow_tests"):
        run("run-tests", "--module", "frappe.tests.test_classes")
    run.output("set-config", "allow_tests", "true")


def test_migrating_twice_changes_nothing(run: Run) -> None:
    run.output("migrate")
    before = frappe.db.count("Patch Log"), frappe.db.count("DocType"), frappe.db.count("Scheduled Job Type")
    run.output("migrate")
    assert before == (frappe.db.count("Patch Log"), frappe.db.count("DocType"), frappe.db.count("Scheduled Job Type"))


def test_lists_of_apps_and_versions(run: Run) -> None:
    assert json.loads(run.output("list-apps", "--format", "json")) == {run.bench.site: ["frappe"]}
    assert frappe.__version__ in run.output("version")


def test_a_request_is_answered_without_a_server(run: Run) -> None:
    assert "pong" in run.output("request", "/api/method/ping")


def test_a_function_that_does_not_exist_is_told_in_a_sentence(run: Run) -> None:
    with pytest.raises(frappe.ValidationError, match=r"no function frappe\.no_such_thing"):
        run("execute", "frappe.no_such_thing")


def test_a_user_is_not_added_twice(run: Run) -> None:
    run.output("add-user", "anna@helpdesk.example")
    with pytest.raises(frappe.DuplicateEntryError, match="already"):
        run("add-user", "anna@helpdesk.example")


def test_the_doctor_finds_nothing_wrong_with_a_new_site(run: Run) -> None:
    assert "✗" not in run.output("doctor")


def test_the_doctor_names_what_is_wrong_and_ends_with_one(run: Run) -> None:
    frappe.db.set_global("installation_in_progress", "orchard")
    frappe.db.set_single_value("System Settings", "enable_scheduler", 0)
    frappe.db.sql("update `tabDocType` set migration_hash = 'old' where name = 'ToDo'")
    frappe.db.commit()
    result = run("doctor")
    assert result.exit_code == 1
    assert "installation of orchard was interrupted" in result.output
    assert "code is newer than the database" in result.output
    assert "Scheduled jobs do not run" in result.output


@pytest.mark.slow
def test_the_doctor_of_a_broken_database_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = TestBench(tmp_path / "bench", ("frappe",))
    broken.make()
    path = next(Path(broken.sites_path, broken.site, "db").glob("*.db"))
    sqlite_pool.forget(str(path.resolve()))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"this is no database at all, and never was" * 200)
    monkeypatch.chdir(broken.sites_path)
    result = CliRunner().invoke(cli, ["--site", broken.site, "doctor"])
    assert result.exit_code == 1
    assert "cannot be examined" in result.output


@pytest.mark.slow
def test_mariadb_is_not_opened_for_a_site_in_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = TestBench(tmp_path / "bench", ("frappe",))
    bench.make()
    monkeypatch.chdir(bench.sites_path)
    with pytest.raises(frappe.ValidationError, match="db-console"):
        CliRunner().invoke(cli, ["--site", bench.site, "mariadb"], catch_exceptions=False)


def test_a_migration_is_shown_without_doing_it(run: Run) -> None:
    assert "Nothing to migrate." in run.output("migrate", "--dry-run")


# -- many documents ---------------------------------------------------------------------------------------------------


def test_a_table_is_imported_and_what_fails_is_named(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "roles.csv"
    table.write_text("Role Name,Home Page\nPicker,/apples\nPacker,/boxes\nPicker,/again\n", encoding="utf-8")
    result = run("data-import", "--file", str(table), "--doctype", "Role")
    assert result.exit_code == 1
    assert "2 of 3 documents imported. Partial Success" in result.output
    assert "✗ 4: Role Picker already exists" in result.output
    assert frappe.db.get_value("Role", "Picker", "home_page") == "/apples"
    table.write_text("ID,Home Page\nPicker,/pears\n", encoding="utf-8")
    assert "1 of 1" in run.output("data-import", "--file", str(table), "--doctype", "Role", "--type", "Update")
    assert frappe.db.get_value("Role", "Picker", "home_page") == "/pears"


def test_documents_are_renamed_by_a_table(run: Run, tmp_path: Path) -> None:
    frappe.get_doc(doctype="Role", role_name="Picker").insert()
    frappe.db.commit()
    table = tmp_path / "names.csv"
    table.write_text("Picker,Harvester\nNobody,Somebody\n", encoding="utf-8")
    output = run.output("bulk-rename", "Role", str(table))
    assert "Renamed Picker to Harvester" in output
    assert "Nobody was not renamed" in output
    assert frappe.db.exists("Role", "Harvester")


def test_old_entries_of_a_log_are_deleted_and_young_ones_stay(run: Run) -> None:
    old = frappe.get_doc(doctype="View Log", viewed_by="Administrator").insert().name
    young = frappe.get_doc(doctype="View Log", viewed_by="Administrator").insert().name
    frappe.db.set_value("View Log", old, {"creation": "2020-01-01", "modified": "2020-01-01"}, update_modified=False)
    frappe.db.commit()
    output = run.output("clear-log-table", "--doctype", "View Log", "--days", "30", "--no-backup")
    assert "1 entries of View Log deleted." in output
    assert frappe.get_all("View Log", pluck="name") == [young]


@pytest.mark.parametrize(("doctype", "said"), [("Role", "is no log"), ("Nothing", "There is no DocType")])
def test_what_is_no_log_is_not_cleared(run: Run, doctype: str, said: str) -> None:
    with pytest.raises(frappe.ValidationError, match=said):
        run("clear-log-table", "--doctype", doctype, "--days", "30", "--no-backup")


def test_the_search_over_all_doctypes_is_filled_anew(run: Run) -> None:
    assert re.search(r"\d+ documents can be found", run.output("rebuild-global-search"))
