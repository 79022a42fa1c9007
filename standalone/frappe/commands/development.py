"""For developers: call a function, look around, run the tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

import frappe
from frappe.commands import connected, each_site, get_site, pass_context, say
from frappe.config import read_json


@click.command("execute")
@click.argument("method")
@click.option("--args", "args_text", help="A list of positional arguments, as JSON or Python.")
@click.option("--kwargs", "kwargs_text", help="An object of named arguments, as JSON or Python.")
@click.option("--profile", is_flag=True, help="Print where the time went.")
@pass_context
def execute(context: Any, method: str, args_text: str | None, kwargs_text: str | None, profile: bool) -> None:
    """Call a function by its dotted name, print its result as JSON, and commit."""
    args = parse_literal("--args", args_text, list) or []
    kwargs = parse_literal("--kwargs", kwargs_text, dict) or {}
    with connected(get_site(context)):
        function = _named(method)
        result = _profiled(function, args, kwargs) if profile else function(*args, **kwargs)
        frappe.db.commit()
        if result is not None:
            say(frappe.as_json(result))


def _named(method: str) -> Any:
    """Return the function of a dotted name. Raises ValidationError when there is none."""
    try:
        return frappe.get_attr(method)
    except (AttributeError, ImportError) as error:
        raise frappe.ValidationError(f"There is no function {method}: {error}") from error


def parse_literal(option: str, text: str | None, kind: type) -> Any:
    """Return the list or object that an option holds. Raises UsageError that names the option."""
    import ast

    if not text:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError):
            continue
        if isinstance(value, tuple):
            value = list(value)
        if isinstance(value, kind):
            return value
    raise click.UsageError(f"{option} must be a {'list' if kind is list else 'dictionary'}, not {text}.")


def _profiled(function: Any, args: list[Any], kwargs: dict[str, Any]) -> Any:
    import cProfile
    import pstats

    profile = cProfile.Profile()
    result = profile.runcall(function, *args, **kwargs)
    pstats.Stats(profile, stream=sys.stderr).sort_stats("cumulative").print_stats(40)
    return result


@click.command("console")
@click.option("--autoreload", is_flag=True, hidden=True)
@pass_context
def console(context: Any, autoreload: bool) -> None:
    """Open a Python shell with the site connected as Administrator. Nothing is kept without frappe.db.commit()."""
    import code

    with connected(get_site(context)):
        names = {"frappe": frappe, **{app: frappe.get_module(app) for app in frappe.get_installed_apps()}}
        code.interact(banner=f"{frappe.local.site} · frappe {frappe.__version__}", local=names, exitmsg="")


@click.command("db-console")
@pass_context
def db_console(context: Any) -> None:
    """Open the database's own shell on the site's data."""
    import os

    with connected(get_site(context)):
        if frappe.db.db_type == "sqlite":
            command = ["sqlite3", str(frappe.db.get_database_path())]
        else:
            conf = frappe.conf
            command = ["mariadb", f"-u{conf.db_user}", f"-h{conf.db_host}", f"-P{conf.db_port or 3306}", conf.db_name]
            os.environ["MYSQL_PWD"] = str(conf.db_password)
    program = shutil.which(command[0])
    if not program:
        raise frappe.ValidationError(f"The program {command[0]} is not installed here.")
    os.execv(program, command)


@click.command("mariadb")
@click.pass_context
def mariadb(context: click.Context) -> None:
    """Open MariaDB's shell on the site's database."""
    with frappe.init_site(get_site(context.obj)):
        if frappe.conf.db_type == "sqlite":
            raise frappe.ValidationError("This site keeps its data in SQLite: use frappe db-console.")
    context.invoke(db_console)


@click.command("build")
@click.option("--app", help="Only this app's.")
@click.option("--force", is_flag=True, hidden=True)
@click.option("--production", is_flag=True, hidden=True)
def build(app: str | None, force: bool, production: bool) -> None:
    """Build the browser parts of the apps that have some (`npm run build`), with npm."""
    for name in [app] if app else frappe.get_all_apps():
        folder = Path(frappe.get_app_source_path(name))
        if "build" in read_json(folder / "package.json").get("scripts", {}):
            _npm(folder, "install", "--no-audit", "--no-fund")
            _npm(folder, "run", "build")
            say(f"Built {name}.")
        else:
            say(f"{name} has nothing to build.")


def _npm(folder: Path, *arguments: str) -> None:
    npm = shutil.which("npm")
    if not npm:
        raise frappe.ValidationError("The program npm is not installed here; it comes with Node 20.")
    if subprocess.run([npm, *arguments], cwd=folder, check=False).returncode:
        raise frappe.CommandFailedError(f"npm {' '.join(arguments)} failed in {folder}; what happened is above.")


@click.command("request")
@click.argument("path", required=False)
@click.option("--args", "args_text", help="Parameters as an object.")
@pass_context
def request(context: Any, path: str | None, args_text: str | None) -> None:
    """Answer one GET request, as a guest, and print the answer."""
    from frappe.app import get_test_client

    parameters = parse_literal("--args", args_text, dict)
    with connected(get_site(context)):
        answer = get_test_client().get(path or "/", query_string=parameters)
        say(f"{answer.status}\n{answer.get_data(as_text=True)}")


@click.command("publish-realtime")
@click.argument("event")
@click.option("--message", default="{}", help="JSON, or text.")
@click.option("--room")
@click.option("--user")
@click.option("--doctype")
@click.option("--docname")
@click.option("--after-commit", is_flag=True)
@each_site
def publish_realtime(event: str, message: str, after_commit: bool, **where: str | None) -> None:
    """Send an event to the browsers that are connected."""
    try:
        content: Any = json.loads(message)
    except ValueError:
        content = message
    frappe.publish_realtime(event, content, after_commit=after_commit, **where)


@click.command("run-tests")
@click.option("--app", help="All tests of an app.")
@click.option("--doctype", help="The tests of a DocType.")
@click.option("--module", help="The tests of a dotted module.")
@click.option("--case", help="One TestCase.")
@click.option("--test", "tests", multiple=True, help="One test function; may be repeated.")
@click.option("--module-def", help="The tests of the DocTypes of a module.")
@click.option("--failfast", is_flag=True)
@click.option("--junit-xml-output", "junit")
@click.option("--skip-test-records", is_flag=True)
@click.option("--skip-before-tests", is_flag=True)
@click.option("--coverage", is_flag=True, help="Write coverage.xml, with the package coverage.")
@click.option("--profile", is_flag=True, help="Print where the time went.")
@click.option("--pdb", is_flag=True, help="Open the debugger where a test fails.")
@pass_context
def run_tests(context: Any, **options: Any) -> None:
    """Run tests on a site whose configuration allows it (`allow_tests`). Uses and may change its data."""
    from frappe.test_runner import Selection, run

    if not run(get_site(context) or "", Selection.of(options)):
        raise SystemExit(1)
