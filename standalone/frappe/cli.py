"""The `frappe` executable: `frappe [--site NAME|all] COMMAND`, with the verbs people know from bench.

Commands are looked up by name and imported when they run, so that the executable starts quickly.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

import click

import frappe
from frappe.apps import get_file_items
from frappe.config import COMMON_CONFIG, SITE_CONFIG, read_json

COMMANDS: dict[str, str] = {
    **dict.fromkeys(
        ("new-site", "drop-site", "reinstall", "list-sites", "use", "backup", "restore"), "frappe.commands.sites"
    ),
    **dict.fromkeys(
        ("install-app", "uninstall-app", "list-apps", "remove-from-installed-apps", "version"), "frappe.commands.apps"
    ),
    **dict.fromkeys(
        (
            "migrate", "run-patch", "bypass-patch", "reload-doc", "reload-doctype", "reset-perms", "add-database-index",
            "describe-database-table",
        ),
        "frappe.commands.schema",
    ),
    **dict.fromkeys(
        (
            "add-user", "add-system-manager", "disable-user", "set-password", "set-admin-password",
            "set-last-active-for-user", "destroy-all-sessions",
        ),
        "frappe.commands.users",
    ),
    **dict.fromkeys(
        (
            "serve", "schedule", "worker", "worker-pool", "scheduler", "enable-scheduler", "disable-scheduler",
            "trigger-scheduler-event", "set-maintenance-mode", "doctor", "show-pending-jobs", "purge-jobs",
        ),
        "frappe.commands.running",
    ),
    "start": "frappe.commands.starting",
    **dict.fromkeys(("set-config", "show-config", "clear-cache", "clear-website-cache"), "frappe.commands.settings"),
    **dict.fromkeys(
        ("build", "execute", "console", "db-console", "mariadb", "request", "publish-realtime", "run-tests"),
        "frappe.commands.development",
    ),
    **dict.fromkeys(
        ("export-fixtures", "export-json", "export-doc", "export-csv", "import-doc", "data-import", "bulk-rename"),
        "frappe.commands.data",
    ),
    **dict.fromkeys(
        ("build-search-index", "rebuild-global-search", "clear-log-table"), "frappe.commands.upkeep"
    ),
}  # fmt: skip
"""Command → module; the function is named like the command, with underscores."""

ABSENT: dict[str, str] = {
    "watch": "Run npm run dev in the folder desk.",
    "run-ui-tests": "Run ./test e2e.",
    "run-parallel-tests": "Run ./test; pytest divides the work with -n.",
    "add-to-hosts": "Names that end in .localhost need no entry.",
    "make-app": "This runtime serves apps; make new ones with bench.",
    "create-patch": "Write the module and its line in patches.txt by hand.",
    "partial-restore": "Restore the backup into a site of its own; bring documents over by export-json and import-doc.",
    "trim-tables": "Columns of fields that are gone stay; describe-database-table shows them.",
    "trim-database": "Tables of DocTypes that are gone stay; db-console drops them.",
    "add-to-email-queue": "Call frappe.sendmail with frappe execute.",
    "browse": "frappe list-sites names the sites; sign in with a browser.",
    **dict.fromkeys(
        (
            "generate-pot-file", "update-po-files", "create-po-file", "compile-po-to-mo", "migrate-csv-to-po",
            "build-message-files", "import-translations",
        ),
        "Texts are collected by the app's own tools, such as ./test translations; .po files are read as they are.",
    ),
}  # fmt: skip
"""Verbs of bench that are not here, with what to do instead."""


class Commands(click.Group):
    """The commands of the runtime, then those of the apps on the bench."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *app_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module:
            command: click.Command = getattr(importlib.import_module(module), cmd_name.replace("-", "_"))
            return command
        if cmd_name in ABSENT:
            ctx.fail(f"frappe has no command {cmd_name}. {ABSENT[cmd_name]}")
        return app_commands().get(cmd_name)


def app_commands() -> dict[str, click.Command]:
    """Return the commands of the apps that the bench lists."""
    found: dict[str, click.Command] = {}
    for app in get_file_items("apps.txt"):
        if app == "frappe":
            continue
        name = f"{app}.commands"
        if importlib.util.find_spec(app) is None or importlib.util.find_spec(name) is None:
            continue
        for command in getattr(importlib.import_module(name), "commands", []):
            found[str(command.name)] = command
    return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--site", envvar="FRAPPE_SITE", help="The site, or `all`. Default: the one chosen with `frappe use`.")
@click.option("--verbose", is_flag=True, help="Say more.")
@click.option("--force", is_flag=True, help="Do it even where that is unusual.")
@click.version_option(frappe.__version__, prog_name="frappe")
@click.pass_context
def cli(context: click.Context, site: str | None, verbose: bool, force: bool) -> None:
    """Run and look after Helpdesk sites."""
    context.obj = {"sites": chosen_sites(site), "verbose": verbose, "force": force}


def chosen_sites(name: str | None) -> list[str]:
    """Return the named site, every site for `all`, or the default one; [] when there is none."""
    if name == "all":
        return all_sites()
    if name:
        return [name]
    default = read_json(COMMON_CONFIG).get("default_site")
    current = Path("currentsite.txt")
    if not default and current.exists():
        default = current.read_text(encoding="utf-8").strip()
    if default:
        return [str(default)]
    sites = all_sites()
    return sites if len(sites) == 1 else []


def all_sites() -> list[str]:
    """Return the names of the sites in the working directory."""
    return sorted(path.parent.name for path in Path(".").glob(f"*/{SITE_CONFIG}"))


def enter_sites() -> None:
    """Change into `sites/` when the command is run from the bench folder, as every process works there."""
    if not Path("apps.txt").exists() and Path("sites", "apps.txt").exists():
        os.chdir("sites")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; errors meant for people end it with a sentence and status 1."""
    enter_sites()
    try:
        cli(args=arguments, prog_name="frappe", standalone_mode=False)
    except click.Abort:
        sys.exit("Stopped.")
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Exception as error:
        if not _is_for_people(error):
            raise
        sys.exit(f"✗ {_text_of(error)}")


def _is_for_people(error: Exception) -> bool:
    from frappe import exceptions

    kinds = (
        exceptions.ValidationError,
        exceptions.PermissionError,
        exceptions.SiteNotSpecifiedError,
        exceptions.IncorrectSitePath,
        exceptions.LockTimeoutError,
        exceptions.NameError,
        exceptions.CommandFailedError,
        exceptions.ImproperDBConfigurationError,
        *exceptions.DATABASE_TROUBLE,
    )
    return isinstance(error, kinds) and not os.environ.get("FRAPPE_TRACEBACK")


def _text_of(error: Exception) -> str:
    text: Any = getattr(error, "description", None) or str(error)
    return str(text)


if __name__ == "__main__":
    main()
