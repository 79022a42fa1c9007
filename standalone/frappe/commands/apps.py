"""Apps on a site."""

from __future__ import annotations

import json
from typing import Any

import click

import frappe
from frappe.commands import connected, each_site, pass_context, say, sites_of


@click.command("install-app")
@click.argument("apps", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Install again what is installed.")
@pass_context
def install_app(context: Any, apps: tuple[str, ...], force: bool) -> None:
    """Install apps on a site."""
    from frappe import installer

    for site in sites_of(context):
        with connected(site):
            for app in apps:
                installer.install_app(app, verbose=True, force=force or bool(context.force))
            frappe.db.commit()


@click.command("uninstall-app")
@click.argument("app")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@click.option("--no-backup", is_flag=True)
@click.option("--force", is_flag=True)
@pass_context
def uninstall_app(context: Any, app: str, yes: bool, dry_run: bool, no_backup: bool, force: bool) -> None:
    """Remove an app with all its data."""
    from frappe import installer

    for site in sites_of(context):
        if not yes and not dry_run:
            click.confirm(f"All data of {app} on {site} will be gone. Go on?", abort=True)
        with connected(site):
            doctypes = installer.remove_app(app, dry_run=dry_run, no_backup=no_backup, force=force)
        verb = "Would remove" if dry_run else "Removed"
        say(f"{verb} {len(doctypes)} DocTypes: {', '.join(doctypes)}" if doctypes else f"{app} had no DocTypes.")


@click.command("remove-from-installed-apps")
@click.argument("app")
@each_site
def remove_from_installed_apps(app: str) -> None:
    """Take an app off the list without touching its data."""
    from frappe import installer

    installer.remove_from_installed_apps(app)


@click.command("list-apps")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def list_apps(context: Any, form: str) -> None:
    """List the apps of a site with their versions."""
    found: dict[str, list[str]] = {}
    for site in sites_of(context):
        with connected(site):
            found[site] = frappe.get_installed_apps()
            for app in found[site] if form == "text" else ():
                say(f"{app:<20} {version_of(app)}")
    if form == "json":
        say(json.dumps(found))


def version_of(app: str) -> str:
    return str(getattr(frappe.get_module(app), "__version__", "0.0.0"))


@click.command("version")
@click.option("--format", "-f", "form", type=click.Choice(["legacy", "plain", "json"]), default="legacy")
def version(form: str) -> None:
    """Show the versions of the apps on the bench."""
    apps = {app: version_of(app) for app in frappe.get_all_apps()}
    if form == "json":
        say(json.dumps([{"app": app, "version": number} for app, number in apps.items()]))
        return
    for app, number in apps.items():
        say(f"{app} {number}")
