"""Commands the app adds to `bench` and to `frappe`: taking a whole site from one home to another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
import frappe
from frappe.commands import get_site, pass_context

PASSPHRASE = "HELPDESK_PASSPHRASE"


@contextmanager
def _connected(context: Any) -> Iterator[None]:
    frappe.init(get_site(context))
    try:
        frappe.connect()
        yield
    finally:
        frappe.destroy()


@click.command("export-site")
@click.argument("path", type=click.Path(dir_okay=False, resolve_path=True))
@click.option("--passphrase", envvar=PASSPHRASE, help="Protects stored secrets in the package; asked for if not given.")
@click.option("--without-secrets", is_flag=True, help="Leave stored secrets (mail passwords, API secrets) behind.")
@pass_context
def export_site(context: Any, path: str, passphrase: str | None, without_secrets: bool) -> None:
    """Write documents, files, people and settings of a site into one package. Run again to go on after a break."""
    from helpdesk.site_transfer import exporting

    if not without_secrets and not passphrase:
        passphrase = click.prompt("Passphrase for the stored secrets", hide_input=True, confirmation_prompt=True)
    with _connected(context):
        report = exporting.export_site(path, None if without_secrets else passphrase, quiet=False)
    _print({doctype: [count] for doctype, count in report["counts"].items()}, ["written"])
    _print_end(report, f"{sum(report['counts'].values())} rows and {report['files']} files are in {report['path']}.")


@click.command("import-site")
@click.argument("path", type=click.Path(exists=True, dir_okay=False, resolve_path=True))
@click.option("--passphrase", envvar=PASSPHRASE, help="The one the package was made with.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_context
def import_site(context: Any, path: str, passphrase: str | None, yes: bool) -> None:
    """Replace the data of a site, which has the same apps, by a package. Run again to go on after a break."""
    from helpdesk.site_transfer import importing

    if not yes:
        click.confirm(f"The data of {get_site(context)} will be replaced by {path}. Go on?", abort=True)
    with _connected(context):
        report = importing.import_site(path, passphrase, quiet=False)
    _print(report["counts"], ["in the package", "here now"])
    total = sum(found for _sent, found in report["counts"].values())
    _print_end(report, f"Complete: {total} rows and {report['files']} files have arrived.")


def _print(counts: dict[str, list[int]], titles: list[str]) -> None:
    click.echo(f"{'DocType':<40}" + "".join(f"{title:>16}" for title in titles))
    for doctype in sorted(counts):
        if any(counts[doctype]):
            click.echo(f"{doctype:<40}" + "".join(f"{number:>16}" for number in counts[doctype]))


def _print_end(report: dict[str, Any], sentence: str) -> None:
    for warning in report["warnings"]:
        click.echo(f"! {warning}")
    click.echo(sentence)


commands = [export_site, import_site]
