"""Search indexes and old logs."""

from __future__ import annotations

import click

import frappe
from frappe.commands import each_site, say


@click.command("build-search-index")
@each_site
def build_search_index() -> None:
    """Build the search indexes of the apps anew."""
    from frappe.search.sqlite_search import rebuild_indexes

    for name in rebuild_indexes():
        say(f"Built {name}")


@click.command("rebuild-global-search")
@each_site
def rebuild_global_search() -> None:
    """Fill the table of the search over all DocTypes anew."""
    from frappe.utils.global_search import rebuild

    say(f"{rebuild()} documents can be found.")


@click.command("clear-log-table")
@click.option("--doctype", required=True, help="A log, such as Error Log.")
@click.option("--days", required=True, type=click.IntRange(min=0), help="Younger entries stay.")
@click.option("--no-backup", is_flag=True, help="Do not make a backup first.")
@each_site
def clear_log_table(doctype: str, days: int, no_backup: bool) -> None:
    """Delete the old entries of a log."""
    from frappe.core.log_clearing import clearing_of
    from frappe.utils.backups import new_backup

    clear = clearing_of(doctype)
    if not no_backup:
        say(f"Backup: {new_backup(ignore_files=True).database}")
    before = frappe.db.count(doctype)
    clear(days=days)
    say(f"{before - frappe.db.count(doctype)} entries of {doctype} deleted.")
