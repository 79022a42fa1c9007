"""The commands of the `frappe` executable, one module a subject; and what commands of apps import.

An app adds commands with `<app>/commands.py` (or a package) that has a list `commands` of click commands:

    @click.command("tidy-tickets")
    @pass_context
    def tidy_tickets(context):
        site = get_site(context)
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

import frappe
from frappe.exceptions import SiteNotSpecifiedError
from frappe.types import _dict

Command = Callable[..., Any]


def pass_context(function: Command) -> Command:
    """Give a command the options of `frappe` itself: `sites`, `force`, `verbose`."""

    @click.pass_context
    @functools.wraps(function)
    def wrapped(context: click.Context, *args: Any, **kwargs: Any) -> Any:
        return function(_dict(context.obj or {}), *args, **kwargs)

    return wrapped


def get_site(context: Any, raise_err: bool = True) -> str | None:
    """Return the site a command is for. Raises SiteNotSpecifiedError without one."""
    sites = context.get("sites") or []
    if sites:
        return str(sites[0])
    if raise_err:
        raise SiteNotSpecifiedError
    return None


def sites_of(context: Any) -> list[str]:
    """Return all sites a command is for (`--site all`). Raises SiteNotSpecifiedError without one."""
    get_site(context)
    return list(context.sites)


@contextmanager
def connected(site: str | None) -> Iterator[None]:
    """Run a block with a site connected as Administrator."""
    frappe.init(site, force=True)
    try:
        frappe.connect()
        yield
    finally:
        frappe.destroy()


def each_site(function: Command) -> Command:
    """Run a command for each of the chosen sites, connected; commit when it returns."""

    @pass_context
    @functools.wraps(function)
    def wrapped(context: Any, *args: Any, **kwargs: Any) -> None:
        for site in sites_of(context):
            with connected(site):
                function(*args, **kwargs)
                frappe.db.commit()

    return wrapped


def say(text: str) -> None:
    """Tell the person at the terminal."""
    click.echo(text)
