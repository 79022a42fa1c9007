"""Patches, DocTypes and tables."""

from __future__ import annotations

from typing import Any

import click

import frappe
from frappe.commands import connected, each_site, pass_context, say, sites_of


@click.command("migrate")
@click.option("--skip-failing", is_flag=True, help="Go on after a patch that fails; it is recorded as skipped.")
@click.option("--skip-search-index", is_flag=True)
@click.option("--dry-run", is_flag=True, help="Only say which patches would run and how tables would change.")
@pass_context
def migrate(context: Any, skip_failing: bool, skip_search_index: bool, dry_run: bool) -> None:
    """Bring a site up to date with the code."""
    from frappe.migrate import SiteMigration
    from frappe.migration_plan import plan_migration

    for site in sites_of(context):
        with connected(site):
            if dry_run:
                say("\n".join([f"{site}:", *plan_migration().sentences()]))
                continue
            SiteMigration(skip_failing, skip_search_index).run()
        say(f"The site {site} is up to date.")


@click.command("run-patch")
@click.argument("module")
@click.option("--force", is_flag=True, help="Run it again if it ran before.")
@each_site
def run_patch(module: str, force: bool) -> None:
    """Run one patch."""
    from frappe.modules.patch_handler import run_single

    run_single(module, force=force)


@click.command("bypass-patch")
@click.argument("patch")
@click.option("--yes", "-y", is_flag=True)
@each_site
def bypass_patch(patch: str, yes: bool) -> None:
    """Record a patch as done without running it."""
    from frappe.modules.patch_handler import get_all_patches, update_patch_log

    if patch not in get_all_patches():
        raise frappe.ValidationError(f"No installed app has the patch {patch!r}.")
    if not yes:
        click.confirm(f"{patch} will never run on {frappe.local.site}. Go on?", abort=True)
    update_patch_log(patch)


@click.command("reload-doc")
@click.argument("module")
@click.argument("doctype")
@click.argument("docname")
@each_site
def reload_doc(module: str, doctype: str, docname: str) -> None:
    """Import one JSON document of an app again."""
    frappe.reload_doc(module, doctype, docname, force=True)


@click.command("reload-doctype")
@click.argument("doctype")
@each_site
def reload_doctype(doctype: str) -> None:
    """Import a DocType again from its file."""
    frappe.reload_doctype(doctype, force=True)


@click.command("reset-perms")
@each_site
def reset_perms() -> None:
    """Give every DocType the permissions of its file again."""
    from frappe.permissions import reset_perms as reset

    for doctype in frappe.get_all("DocType", filters={"istable": 0, "custom": 0}, pluck="name", limit=0):
        reset(doctype)


@click.command("describe-database-table")
@click.option("--doctype", required=True)
@each_site
def describe_database_table(doctype: str) -> None:
    """Show the columns of a DocType's table and how many rows it has."""
    say(f"{doctype}: {frappe.db.count(doctype)} rows")
    for row in frappe.db.describe(doctype):
        say("  " + "  ".join(str(value) for value in row[:2]))


@click.command("add-database-index")
@click.option("--doctype", required=True)
@click.option("--column", "columns", multiple=True, required=True)
@each_site
def add_database_index(doctype: str, columns: tuple[str, ...]) -> None:
    """Add an index on columns of a DocType's table."""
    frappe.db.add_index(doctype, list(columns))
