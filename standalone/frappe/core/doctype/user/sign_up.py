"""Making an account for oneself."""

from __future__ import annotations

from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user import mails
from frappe.rate_limiter import rate_limit
from frappe.utils import escape_html, get_url, random_string, validate_email_address
from frappe.website.routing import is_local_path
from frappe.website.utils import is_signup_disabled

HOURLY_LIMIT = 300
"""New accounts an hour, after which nobody can sign up until it calms down."""

LIMIT_PER_ADDRESS = 20
"""How often an hour the same IP address may try to sign up."""

MAX_NAME = 140


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=LIMIT_PER_ADDRESS, seconds=60 * 60)
def sign_up(email: str, full_name: str, redirect_to: str | None = None) -> list[Any]:
    """Create a website user with the default role of the portal.

    Returns `[code, message]`: 1 a mail is on its way, 2 no mail can leave this site, so an administrator has to help.
    The answer, and the time it takes, are the same whether the address has an account or not: a job looks.
    """
    if is_signup_disabled():
        frappe.throw(_("Signing up is switched off on this site."), title=_("Not allowed"))
    validate_email_address(email, throw=True)
    if frappe.db.get_creation_count("User", 60) > HOURLY_LIMIT:
        frappe.throw(_("Too many people signed up just now. Please try again in an hour."), frappe.TooManyRequestsError)
    frappe.enqueue(
        "frappe.core.doctype.user.sign_up.create_account",
        queue="short",
        email=email.strip().lower(),
        full_name=full_name.strip()[:MAX_NAME],
        redirect_to=redirect_to,
        site_url=get_url(),
    )
    return _answer()


def create_account(email: str, full_name: str, redirect_to: str | None = None, site_url: str | None = None) -> None:
    """Create the user and mail the way in; who has an account is reminded of it, who was disabled hears nothing."""
    existing = frappe.db.get_value("User", {"email": email}, ["name", "enabled"], as_dict=True)
    if not existing:
        _create(email, full_name, redirect_to)
    elif existing.enabled and existing.name not in frappe.STANDARD_USERS and _can_mail():
        mails.send_account_exists(frappe.get_doc("User", existing.name), f"{site_url or get_url()}/login")


def _create(email: str, full_name: str, redirect_to: str | None) -> None:
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": email,
            "first_name": escape_html(full_name) or email.split("@")[0],
            "enabled": 1,
            "new_password": random_string(20),
            "user_type": "Website User",
            "send_welcome_email": 1,
        }
    )
    user.flags.ignore_permissions = True
    user.flags.ignore_password_policy = True
    role = frappe.db.get_single_value("Portal Settings", "default_role")
    if role:
        user.append_roles(role)
    user.insert()
    if is_local_path(redirect_to):
        frappe.cache.hset("redirect_after_login", user.name, redirect_to)


def _can_mail() -> bool:
    from frappe.email.accounts import are_emails_muted, find_outgoing

    return are_emails_muted() or find_outgoing(required=False) is not None


def _answer() -> list[Any]:
    if _can_mail():
        return [1, _("Please look into your mailbox: a mail tells you how to go on.")]
    return [2, _("Please ask your administrator to confirm the account.")]
