"""Making an account for oneself."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, random_string
from frappe.website.utils import is_signup_disabled

HOURLY_LIMIT = 300
"""New accounts an hour, after which nobody can sign up until it calms down."""


@frappe.whitelist(allow_guest=True, methods=["POST"])
def sign_up(email: str, full_name: str, redirect_to: str | None = None) -> list[Any]:
    """Create a website user with the default role of the portal.

    Returns `[code, message]`: 0 there is such an account, 1 a mail is on its way, 2 an administrator has to help.
    """
    if is_signup_disabled():
        frappe.throw(_("Signing up is switched off on this site."), title=_("Not allowed"))
    existing = frappe.db.get_value("User", {"email": email.strip().lower()}, ["name", "enabled"], as_dict=True)
    if existing:
        return [0, _("This address has an account already.") if existing.enabled else _("This account is disabled.")]
    if frappe.db.get_creation_count("User", 60) > HOURLY_LIMIT:
        frappe.throw(_("Too many people signed up just now. Please try again in an hour."), frappe.TooManyRequestsError)
    return _answer(_create(email, full_name, redirect_to))


def _create(email: str, full_name: str, redirect_to: str | None) -> Any:
    user = frappe.get_doc(
        {
            "doctype": "User",
            "email": email,
            "first_name": escape_html(full_name),
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
    if redirect_to and _is_own_path(redirect_to):
        frappe.cache.hset("redirect_after_login", user.name, redirect_to)
    return user


def _is_own_path(address: str) -> bool:
    """True for a path of this site; an address of another site is not followed after a login."""
    return address.startswith("/") and not address.startswith(("//", "/\\"))


def _answer(user: Any) -> list[Any]:
    if user.flags.email_sent:
        return [1, _("Please look into your mailbox and confirm the address.")]
    return [2, _("Please ask your administrator to confirm the account.")]
