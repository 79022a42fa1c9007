"""Configuration and caches."""

from __future__ import annotations

import json
from typing import Any

import click

import frappe
from frappe import config
from frappe.commands import connected, each_site, get_site, pass_context, say, sites_of


@click.command("set-config")
@click.argument("key")
@click.argument("value")
@click.option("-g", "--global", "is_global", is_flag=True, help="For all sites of the bench.")
@click.option("-p", "--parse", is_flag=True, help="Read the value as JSON or a Python literal.")
@pass_context
def set_config(context: Any, key: str, value: str, is_global: bool, parse: bool) -> None:
    """Set a key of the configuration; the value None removes it."""
    from frappe.installer import parse_config_value, update_site_config

    content = parse_config_value(value)
    if parse and isinstance(content, str) and content == value and value[:1] in "[{":
        raise frappe.ValidationError(f"{value} is neither JSON nor a Python literal.")
    if is_global:
        with frappe.init_site(None):
            update_site_config(key, content, validate=False, site_config_path=config.COMMON_CONFIG)
        return
    for site in sites_of(context):
        with frappe.init_site(site):
            update_site_config(key, content, validate=False)


@click.command("show-config")
@click.option("--format", "-f", "form", type=click.Choice(["text", "json"]), default="text")
@pass_context
def show_config(context: Any, form: str) -> None:
    """Show the effective configuration of a site, secrets masked."""
    from frappe.utils.logger import sanitized_dict

    with frappe.init_site(get_site(context)):
        shown = sanitized_dict(dict(frappe.conf))
    if form == "json":
        say(json.dumps(shown, default=str))
        return
    for key in sorted(shown):
        say(f"{key:<32} {shown[key]}")


@click.command("clear-cache")
@each_site
def clear_cache() -> None:
    """Forget everything cached, in a server that runs too."""
    frappe.clear_cache()


@click.command("clear-website-cache")
@pass_context
def clear_website_cache(context: Any) -> None:
    """Forget cached pages."""
    for site in sites_of(context):
        with connected(site):
            frappe.clear_website_cache()
