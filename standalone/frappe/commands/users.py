"""Users and their sessions."""

from __future__ import annotations

from datetime import datetime

import click

import frappe
from frappe.commands import each_site, say


@click.command("add-user")
@click.argument("email")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--password")
@click.option("--user-type", default="System User", show_default=True)
@click.option("--add-role", "roles", multiple=True, help="May be repeated.")
@click.option("--send-welcome-email", is_flag=True)
@each_site
def add_user(
    email: str,
    first_name: str | None,
    last_name: str | None,
    password: str | None,
    user_type: str,
    roles: tuple[str, ...],
    send_welcome_email: bool,
) -> None:
    """Add a user."""
    _add(email, first_name, last_name, password, user_type, roles, send_welcome_email)


@click.command("add-system-manager")
@click.argument("email")
@click.option("--first-name")
@click.option("--last-name")
@click.option("--password")
@click.option("--send-welcome-email", is_flag=True)
@each_site
def add_system_manager(
    email: str, first_name: str | None, last_name: str | None, password: str | None, send_welcome_email: bool
) -> None:
    """Add a user who may do everything."""
    every_role = frappe.get_all("Role", filters={"name": ("not in", _NOT_GIVEN)}, pluck="name", limit=0)
    _add(email, first_name, last_name, password, "System User", tuple(every_role), send_welcome_email)


_NOT_GIVEN = ["Administrator", "Guest", "All", "Desk User"]


def _add(
    email: str,
    first_name: str | None,
    last_name: str | None,
    password: str | None,
    user_type: str,
    roles: tuple[str, ...],
    send_welcome_email: bool,
) -> None:
    if frappe.db.exists("User", email):
        raise frappe.DuplicateEntryError(f"There is a user {email} on {frappe.local.site} already.")
    user = frappe.new_doc("User")
    user.update({"email": email, "first_name": first_name or email.split("@")[0], "last_name": last_name})
    user.update({"enabled": 1, "user_type": user_type, "send_welcome_email": int(send_welcome_email)})
    if password:
        user.new_password = password
    user.insert()
    if roles:
        user.add_roles(*roles)
    say(f"Added {email} to {frappe.local.site}.")


@click.command("disable-user")
@click.argument("email")
@each_site
def disable_user(email: str) -> None:
    """Disable a user; sessions end at the next request."""
    user = frappe.get_doc("User", email)
    user.enabled = 0
    user.save(ignore_permissions=True)


@click.command("set-password")
@click.argument("user")
@click.argument("password", required=False)
@click.option("--logout-all-sessions", is_flag=True)
@each_site
def set_password(user: str, password: str | None, logout_all_sessions: bool) -> None:
    """Set the password of a user."""
    _set(user, password, logout_all_sessions)


@click.command("set-admin-password")
@click.argument("password", required=False)
@click.option("--logout-all-sessions", is_flag=True)
@each_site
def set_admin_password(password: str | None, logout_all_sessions: bool) -> None:
    """Set the password of Administrator."""
    _set("Administrator", password, logout_all_sessions)


def _set(user: str, password: str | None, logout_all_sessions: bool) -> None:
    from frappe.utils.password import update_password

    if not frappe.db.exists("User", user):
        raise frappe.DoesNotExistError(f"There is no user {user} on {frappe.local.site}.")
    given = password or click.prompt(f"New password of {user}", hide_input=True, confirmation_prompt=True)
    update_password(user, given, logout_all_sessions=logout_all_sessions)


@click.command("set-last-active-for-user")
@click.option("--user", default="Administrator")
@each_site
def set_last_active_for_user(user: str) -> None:
    """Mark a user as active now."""
    frappe.db.set_value("User", user, "last_active", datetime.now())


@click.command("destroy-all-sessions")
@click.option("--reason")
@each_site
def destroy_all_sessions(reason: str | None) -> None:
    """Log everybody out."""
    from frappe.sessions import clear_all_sessions

    clear_all_sessions(reason or "Ended from the command line")
