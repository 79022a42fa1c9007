"""Logging in by a link in a mail: it works once and for a few minutes.

Keys are kept as digests in the cache, beside the attempts of the second login step: both live for minutes. Opening the
link shows a page with a button; only the button uses the key up, so that mail scanners, which open every link, do not.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.core.doctype.user import mails
from frappe.core.doctype.user.passwords import MAX_USER, find_account
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, get_url, sha256_hash
from frappe.website.routing import is_local_path

MINUTES = 10
HOURLY_LIMIT = 5
TRIES = 30
"""How often an hour an IP address may try a link."""


def is_offered() -> bool:
    """Tell whether this site lets people in by a link (System Settings: `login_with_email_link`)."""
    return bool(cint(frappe.get_system_settings("login_with_email_link")))


def lifetime() -> int:
    """Return for how many minutes a link works."""
    return cint(frappe.get_system_settings("login_with_email_link_expiry")) or MINUTES


def hourly_limit() -> int:
    """Return how many links an hour one IP address, and one user, may ask for."""
    return cint(frappe.get_system_settings("rate_limit_email_link_login")) or HOURLY_LIMIT


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=hourly_limit, seconds=60 * 60)
@rate_limit(key="email", limit=hourly_limit, seconds=60 * 60, ip_based=False)
def send_login_link(email: str, redirect_to: str | None = None) -> None:
    """Mail a link that logs its reader in once.

    The answer, and the time it takes, are the same for everybody: a job finds out whether there is such a user.
    """
    if not is_offered():
        frappe.throw(_("Logging in by a link is switched off on this site."), frappe.PermissionError)
    mails.require_outgoing()
    frappe.enqueue(
        "frappe.core.doctype.user.login_links.mail_login_link",
        queue="short",
        email=email.strip()[:MAX_USER],
        redirect_to=redirect_to if is_local_path(redirect_to) else None,
        site_url=get_url(),
    )


def mail_login_link(email: str, redirect_to: str | None = None, site_url: str | None = None) -> None:
    """Mail the link if there is such a user who may log in."""
    account = find_account(email)
    if account is not None:
        link = new_login_link(account.name, redirect_to, site_url)
        mails.send_login_link(account, link, lifetime())


def new_login_link(user: str, redirect_to: str | None = None, site_url: str | None = None) -> str:
    """Return the address of a page that lets `user` in once."""
    key = frappe.generate_hash()
    frappe.cache.set_value(_kept_as(key), user, expires_in_sec=lifetime() * 60)
    query = {"login_key": key, **({"redirect-to": redirect_to} if redirect_to else {})}
    return f"{site_url or get_url()}/login?{urlencode(query)}"


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=TRIES, seconds=60 * 60)
def login_via_key(key: str) -> None:
    """Log in by the key of a link; like a password it is followed by the second step where the site asks for one.

    A key that was used, is too old or never was one answers 403 in the same words.
    """
    from frappe import twofactor

    user = _use_up(key) if is_offered() else None
    if user is None or find_account(user) is None:
        frappe.throw(
            _("This link was used already or is too old. Please ask for a new one."),
            frappe.PermissionError,
            title=_("Not permitted"),
        )
    manager: Any = frappe.local.login_manager
    manager.user = user
    if twofactor.confirms_second_step(manager):
        manager.post_login()


def _use_up(key: str) -> str | None:
    """Return whose key it is, for the first who asks."""
    kept_as = _kept_as(key)
    user: str | None = frappe.cache.get_value(kept_as)
    if user is None:
        return None
    counter = frappe.cache.make_key(f"{kept_as}:used")
    is_first = frappe.cache.incrby(counter, 1) == 1
    frappe.cache.expire(counter, lifetime() * 60)
    frappe.cache.delete_value(kept_as)
    return user if is_first else None


def _kept_as(key: str) -> str:
    return f"one_time_login_key:{sha256_hash(key)}"
