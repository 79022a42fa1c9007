"""The mails an account gets: welcome, and the link for setting a password."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_url


def send_welcome(user: Any) -> bool:
    """Mail a new user the way in; False when no mail can leave this site."""
    link = user.reset_password()
    subject = _first_hook("welcome_email") or _("Welcome to {0}").format(site_title())
    return _send(user, subject, "new_user", {"link": link}, "welcome_email_template")


def send_reset_link(user: Any, link: str) -> None:
    """Mail the link for setting a password; raises OutgoingEmailError when no mail can leave this site."""
    _send_now(user, _("Set a new password"), "password_reset", {"link": link}, "reset_password_template")


def send_login_link(user: Any, link: str, minutes: int) -> None:
    """Mail a link that lets its owner in once."""
    subject = _("Your link for logging in to {0}").format(site_title())
    _send_now(user, subject, "login_link", {"link": link, "minutes": minutes}, None)


def send_account_exists(user: Any, login_url: str) -> None:
    """Tell somebody who signed up anew that there is an account already."""
    _send_now(user, _("You have an account already"), "account_exists", {"login_url": login_url}, None)


def require_outgoing() -> None:
    """Raise OutgoingEmailError when no mail can leave this site."""
    from frappe.email.accounts import find_outgoing

    find_outgoing()


def site_title() -> str:
    """Return how the site calls itself in mails."""
    from frappe.website.website_context import app_title

    return app_title()


def _send(user: Any, subject: str, template: str, args: dict[str, Any], setting: str) -> bool:
    """Send, and log a failure instead of undoing what the mail is about."""
    try:
        _send_now(user, subject, template, args, setting)
    except frappe.OutgoingEmailError:
        frappe.clear_last_message()
        user.log_error(_("A mail to a new user could not be sent"))
        return False
    return True


def _send_now(user: Any, subject: str, template: str, args: dict[str, Any], setting: str | None) -> None:
    args = {
        "first_name": user.first_name or user.last_name or _("there"),
        "last_name": user.last_name,
        "user": user.name,
        "title": subject,
        "login_url": get_url(),
        "site_url": get_url(),
        "created_by": frappe.utils.get_fullname(frappe.session.user),
        "site_title": site_title(),
        **args,
    }
    content = None
    custom = frappe.get_system_settings(setting) if setting else None
    if custom:
        mail = frappe.get_doc("Email Template", custom).get_formatted_email(args)
        subject, content = mail.get("subject"), mail.get("message")
    frappe.sendmail(
        recipients=user.email,
        subject=subject,
        template=None if content else template,
        content=content,
        args=args,
        header=[subject, "green"],
        delayed=False,
        retry=3,
    )


def _first_hook(name: str) -> str | None:
    """Return the subject an app gives to the welcome mail: the text of the hook, or what its function returns."""
    hooks = frappe.get_hooks(name)
    if not hooks:
        return None
    value = hooks[-1]
    return str(frappe.get_attr(value)() if "." in value and " " not in value else value)
