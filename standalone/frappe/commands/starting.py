"""`frappe start`: one command from installed packages to a served product."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import click

from frappe import quickstart
from frappe.commands import say


@click.command("start")
@click.option("--data", type=click.Path(path_type=Path), default=Path("frappe-bench"), show_default=True, metavar="DIR")
@click.option("--site", "name", help="Default: the first app's name with .localhost.")
@click.option("--app", "apps", multiple=True, help="May be repeated. Default: every app among the installed packages.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8000, show_default=True)
@click.option("--admin-password", envvar="FRAPPE_ADMIN_PASSWORD", help="For a new site. Default: one is made up.")
@click.option("--db-root-password", envvar="FRAPPE_DB_ROOT_PASSWORD", help="For a new site on MariaDB.")
@click.option("--setup-only", is_flag=True, help="Set everything up and stop before serving.")
def start(
    data: Path,
    name: str | None,
    apps: tuple[str, ...],
    host: str,
    port: int,
    admin_password: str | None,
    db_root_password: str | None,
    setup_only: bool,
) -> None:
    """Make a bench folder with a site in it, or bring it up to date, and serve it."""
    bench = quickstart.plan(data, apps, name)
    step("bench folder", lambda: quickstart.lay_out(bench))
    step("site and database", lambda: quickstart.ensure_site(bench, admin_password, db_root_password))
    if setup_only:
        return
    tell_how_to_sign_in(bench, host, port)
    serve(bench, host, port)


def step(title: str, work: Callable[[], bool]) -> None:
    """Run one step and say what it did; `work` returns False when there was nothing to do."""
    click.echo(f"• {title} … ", nl=False)
    begin = time.monotonic()
    done = work()
    click.echo(f"done in {time.monotonic() - begin:.1f} s" if done else "up to date")


def tell_how_to_sign_in(bench: quickstart.Bench, host: str, port: int) -> None:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    title, route = front_door(bench)
    say(f"\n  {title:<11} http://{shown}:{port}{route}")
    say("  sign in as  Administrator")
    password = quickstart.first_look_at_password(bench)
    where = bench.password_file
    say(f"  password    {password}   (shown once; kept in {where})\n" if password else f"  password    in {where}\n")


def front_door(bench: quickstart.Bench) -> tuple[str, str]:
    """Return the title and the route of the first app that has a page of its own."""
    import frappe

    with frappe.init_site(bench.site, str(bench.sites)):
        for app in bench.apps:
            for entry in frappe.get_hooks("add_to_apps_screen", app_name=app):
                return str(entry["title"]), str(entry["route"])
    return "Site", "/"


def serve(bench: quickstart.Bench, host: str, port: int) -> None:
    from frappe.server import ServerOptions
    from frappe.server import serve as run

    os.chdir(bench.sites)
    run(ServerOptions(bench.site, ".", host, port))
