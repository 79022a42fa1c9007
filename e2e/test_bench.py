"""The folder is a bench: the command `bench` of frappe-bench drives it; a site travels from it to other databases."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from e2e.product import Product

pytestmark = pytest.mark.slow

SITE = "helpdesk.localhost"
REQUIREMENTS = Path(__file__).with_name("requirements-bench.txt")
PASSPHRASE = {"HELPDESK_PASSPHRASE": "kite umbrella"}
MARIADB = (os.environ.get("MARIADB_HOST", "127.0.0.1"), int(os.environ.get("MARIADB_PORT", "3306")))


def is_mariadb_there() -> bool:
    try:
        socket.create_connection(MARIADB, timeout=1).close()
    except OSError:
        return False
    return True


DATABASES = ["sqlite", *(["mariadb"] if is_mariadb_there() else [])]


@pytest.fixture(scope="module")
def bench_command(pytestconfig: pytest.Config) -> Path:
    """The command `bench`, in an environment of its own that later runs find again."""
    assert pytestconfig.cache
    folder = pytestconfig.cache.mkdir("bench-command")
    wanted = REQUIREMENTS.read_text()
    installed = folder / "installed.txt"
    if not installed.exists() or installed.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True)
        installed.write_text(wanted)
    return folder / "bin" / "bench"


class Bench:
    """Runs commands in a bench folder, through `bench` or through the runtime's own executable."""

    def __init__(self, folder: Path, command: Path):
        self.folder, self._command = folder, command

    def __call__(self, *arguments: str, text: str = "") -> str:
        done = self.run(str(self._command), *arguments, text=text)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def frappe(self, *arguments: str) -> str:
        done = self.run(sys.executable, "-m", "frappe.cli", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run(self, *command: str, text: str = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **PASSPHRASE}
        return subprocess.run(command, cwd=self.folder, env=environment, input=text, capture_output=True, text=True)


@pytest.fixture(scope="module")
def bench(template_site: Path, tmp_path_factory: pytest.TempPathFactory, bench_command: Path) -> Bench:
    copy = Product(tmp_path_factory.mktemp("bench") / "bench")
    copy.copy_of(template_site)
    return Bench(copy.bench, bench_command)


def test_bench_lists_the_apps(bench: Bench) -> None:
    assert [line.split()[0] for line in bench("--site", SITE, "list-apps").splitlines()] == ["frappe", "helpdesk"]


def test_bench_calls_a_function_and_prints_its_result(bench: Bench) -> None:
    out = bench("--site", SITE, "execute", "frappe.client.get_count", "--kwargs", "{'doctype': 'HD Ticket Status'}")
    assert json.loads(out) == 4


def test_bench_migrates(bench: Bench) -> None:
    assert "up to date" in bench("--site", SITE, "migrate")


def test_bench_opens_a_console(bench: Bench) -> None:
    assert "as Administrator" in bench("--site", SITE, "console", text="print('as', frappe.session.user)\n")


def test_bench_backs_up_and_restores(bench: Bench) -> None:
    made = bench("--site", SITE, "backup", "--with-files").splitlines()[0]
    assert (bench.folder / "sites" / made).stat().st_size > 1000
    assert "is back" in bench("--site", SITE, "restore", made, "--yes")


def test_bench_runs_tests(bench: Bench) -> None:
    bench("--site", SITE, "set-config", "allow_tests", "true")
    done = bench.run(str(bench._command), "--site", SITE, "run-tests", "--module", "helpdesk.sla.test_clock")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "OK" in done.stdout + done.stderr


def test_a_command_that_fails_says_so_to_bench(bench: Bench) -> None:
    done = bench.run(str(bench._command), "--site", SITE, "execute", "frappe.no_such_thing")
    assert done.returncode == 1


def test_bench_knows_the_commands_of_the_runtime_and_of_apps(bench: Bench) -> None:
    out = bench.run(sys.executable, "-m", "frappe.utils.bench_helper", "get-frappe-commands").stdout
    assert {"migrate", "backup", "export-site", "import-site"} <= set(json.loads(out))


@pytest.fixture(params=DATABASES)
def empty_site(bench: Bench, request: pytest.FixtureRequest) -> Iterator[str]:
    """Another site with the same apps, on each database there is."""
    name = f"travel-{request.param}.localhost"
    options = ["--db-type", request.param, "--install-app", "helpdesk", "--admin-password", "elsewhere"]
    if request.param == "mariadb":
        options += ["--db-name", f"operating_{secrets.token_hex(4)}"]
        options += ["--db-host", MARIADB[0], "--db-port", str(MARIADB[1])]
        options += ["--db-root-username", "root", "--db-root-password", os.environ.get("MARIADB_ROOT_PASSWORD", "")]
    bench.frappe("new-site", name, *options)
    yield name
    root = ["--db-root-username", "root", "--db-root-password", os.environ.get("MARIADB_ROOT_PASSWORD", "")]
    bench.frappe("drop-site", name, "--no-backup", *root)


def test_an_encrypted_backup_comes_back_and_a_foreign_dump_does_not(
    bench: Bench, empty_site: str, tmp_path: Path
) -> None:
    site = ("--site", empty_site)
    made = bench(*site, "backup", "--encrypt", "--with-files").splitlines()
    database, _config, public, private = made[:4]
    bench.frappe(*site, "add-user", "later@example.com")
    foreign = tmp_path / "foreign.sql"
    foreign.write_text("create table strange (a int);")
    refused = bench.run(sys.executable, "-m", "frappe.cli", *site, "restore", str(foreign), "--yes")
    assert refused.returncode == 1
    assert "foreign.sql is not a" in refused.stderr
    assert json.loads(bench.frappe(*site, "execute", "frappe.client.get_count", "--args", "['User']")) == 3
    files = ("--with-public-files", public, "--with-private-files", private)
    bench.frappe(*site, "restore", database, *files, "--yes")
    assert json.loads(bench.frappe(*site, "execute", "frappe.client.get_count", "--args", "['User']")) == 2


def test_a_site_travels_to_another_database_and_nothing_is_lost(bench: Bench, empty_site: str, tmp_path: Path) -> None:
    bench.frappe("--site", SITE, "add-user", f"{empty_site}@example.com", "--password", "Kite-umbrella-42")
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    bench("--site", SITE, "export-site", str(there))
    out = bench("--site", empty_site, "import-site", str(there), "--yes")
    assert "Complete:" in out
    bench("--site", empty_site, "export-site", str(back))
    assert contents(back) == contents(there)
    checked = bench.frappe(
        "--site", empty_site, "execute", "frappe.utils.password.check_password",
        "--args", json.dumps([f"{empty_site}@example.com", "Kite-umbrella-42"]),
    )  # fmt: skip
    assert json.loads(checked) == f"{empty_site}@example.com"


def contents(package: Path) -> dict[str, list[str]]:
    """Return the lines of all members that must be alike on both sides."""
    differing = ("manifest.json", "secrets.jsonl", "sequences.jsonl")
    with zipfile.ZipFile(package) as archive:
        names = [name for name in archive.namelist() if name not in differing]
        return {name: sorted(map(canonical, archive.read(name).splitlines())) for name in names}


def canonical(line: bytes) -> str:
    return json.dumps(json.loads(line), sort_keys=True)
