"""Setting passwords: reset links, the change itself, how strong a password must be, and API keys."""

from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.user import mails
from frappe.rate_limiter import rate_limit
from frappe.utils import cint, get_url, now_datetime, sha256_hash, time_diff_in_seconds, today

MAX_LENGTH = 512
MAX_USER = 280
FAILED_ATTEMPTS = 10
"""How often an hour an address may try to change a password."""


def password_reset_limit() -> int:
    """Return how many reset links an address may ask for within an hour."""
    return cint(frappe.get_system_settings("password_reset_limit")) or 3


# -- the link ---------------------------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=password_reset_limit, seconds=60 * 60)
@rate_limit(key="user", limit=password_reset_limit, seconds=60 * 60, ip_based=False)
def reset_password(user: str) -> None:
    """Mail a user the link for setting a new password.

    The answer, and the time it takes, are the same for everybody: a job finds out whether there is such a user. Raises
    OutgoingEmailError when no mail can leave this site.
    """
    mails.require_outgoing()
    frappe.enqueue(
        "frappe.core.doctype.user.passwords.mail_reset_link",
        queue="short",
        user=user.strip()[:MAX_USER],
        site_url=get_url(),
    )
    frappe.msgprint(
        _("If there is an account with this address, a link for setting the password is on its way."),
        title=_("Look into your mailbox"),
    )


def mail_reset_link(user: str, site_url: str | None = None) -> None:
    """Mail the link if there is such a user who may have one; Administrator and disabled users may not."""
    account = find_account(user)
    if account is not None:
        mails.send_reset_link(account, new_reset_link(account, site_url=site_url))


def find_account(user: str) -> Any:
    """Return the enabled user of that name; None for others, and for Administrator and Guest, who get no links."""
    name = frappe.db.get_value("User", {"name": user, "enabled": 1}, "name") if user else None
    return frappe.get_doc("User", name) if name and name not in frappe.STANDARD_USERS else None


def new_reset_link(user: Any, password_expired: bool = False, site_url: str | None = None) -> str:
    """Store the digest of a new key with the user and return the address that carries the key."""
    key = frappe.generate_hash()
    values = {"reset_password_key": sha256_hash(key), "last_reset_password_key_generated_on": now_datetime()}
    user.update(values)
    frappe.db.set_value("User", user.name, values, update_modified=False)
    query = f"?key={key}" + ("&password_expired=true" if password_expired else "")
    return f"{site_url or get_url()}/update-password{query}"


# -- the change -------------------------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True, methods=["POST"])
@rate_limit(limit=FAILED_ATTEMPTS, seconds=60 * 60)
def update_password(
    new_password: str, logout_all_sessions: int = 0, key: str | None = None, old_password: str | None = None
) -> str | None:
    """Set a password, by the key of a reset link or by the old one; log in and return where to go.

    A key that was used or is too old answers 410.
    """
    from frappe.utils.password import update_password as store

    if len(new_password) > MAX_LENGTH:
        frappe.throw(_("A password has at most {0} characters.").format(MAX_LENGTH))
    user = _user_by_key(key) if key else _user_by_password(old_password)
    if user is None:
        return None
    check_strength(new_password, _personal_words(user))
    store(user, new_password, logout_all_sessions=_ends_sessions(logout_all_sessions))
    frappe.db.set_value("User", user, {"last_password_reset_date": today(), "reset_password_key": ""})
    frappe.local.login_manager.login_as(user)
    return _next_page(user)


def _ends_sessions(asked: int) -> bool:
    return bool(cint(asked) or cint(frappe.get_system_settings("logout_on_password_reset")))


def _user_by_key(key: str | None) -> str | None:
    """Return whose key it is; None with status 410 when it is worth nothing (any more)."""
    user, trouble = read_reset_key(key)
    if trouble:
        frappe.local.response["http_status_code"] = 410
        frappe.local.response["message"] = trouble
    return user


def read_reset_key(key: str | None) -> tuple[str | None, str]:
    """Return whose key it is and "", or None and why it is worth nothing (any more)."""
    row = frappe.db.get_value(
        "User",
        {"reset_password_key": sha256_hash(key or ""), "enabled": 1},
        ["name", "last_reset_password_key_generated_on"],
        as_dict=True,
    )
    if not row:
        return None, _("This link for setting a password was used already or is not valid.")
    lifetime = cint(frappe.get_system_settings("reset_password_link_expiry_duration"))
    made_on = row.last_reset_password_key_generated_on
    if lifetime and made_on and time_diff_in_seconds(now_datetime(), made_on) > lifetime:
        return None, _("This link for setting a password has expired.")
    return str(row.name), ""


def _user_by_password(old_password: str | None) -> str:
    user: str = frappe.session.user
    if user == "Guest" or not old_password:
        frappe.throw(_("Give the key of a reset link, or the old password."), frappe.AuthenticationError)
    try:
        frappe.local.login_manager.check_password(user, old_password)
    except frappe.AuthenticationError:
        # That error would end the session of somebody who only mistyped.
        frappe.local.response.pop("message", None)
        frappe.throw(_("The current password is not right."), title=_("Not permitted"))
    return user


def _next_page(user: str) -> str:
    from frappe.apps import get_default_path

    waiting: str | None = frappe.cache.hget("redirect_after_login", user)
    if waiting:
        frappe.cache.hdel("redirect_after_login", user)
        return waiting
    path = get_default_path()
    if path:
        return str(path)
    return "/app" if frappe.get_cached_value("User", user, "user_type") == "System User" else "/"


@frappe.whitelist()
def verify_password(password: str) -> None:
    """Raise AuthenticationError unless this is the session user's password."""
    frappe.local.login_manager.check_password(frappe.session.user, password)


# -- strength ---------------------------------------------------------------------------------------------------------


@frappe.whitelist(allow_guest=True, methods=["POST"])
def test_password_strength(
    new_password: str,
    key: str | None = None,
    old_password: str | None = None,
    user_data: str | list[Any] | None = None,
) -> dict[str, Any]:
    """Return zxcvbn's verdict and `feedback.password_policy_validation_passed`; empty when there is no policy."""
    words = frappe.parse_json(user_data) if user_data else _words_of_caller(key)
    return judge(new_password, words if isinstance(words, list) else [])


test_password_strength.__test__ = False  # type: ignore[attr-defined]  # its name is the contract; pytest must not collect it


def judge(password: str, words: Iterable[Any]) -> dict[str, Any]:
    """Return the verdict on a password; `words` are what an attacker would try first."""
    if not cint(frappe.get_system_settings("enable_password_policy")):
        return {}
    from frappe.utils.password_strength import test_password_strength as measure

    wanted = cint(frappe.get_system_settings("minimum_password_score")) or 2
    verdict = measure(password, user_inputs=words)
    verdict.setdefault("feedback", {})["password_policy_validation_passed"] = verdict["score"] >= wanted
    return verdict


def check_strength(password: str, words: Iterable[Any]) -> None:
    """Refuse a password that is weaker than the policy of the site allows."""
    verdict = judge(password, words)
    if verdict and not verdict["feedback"]["password_policy_validation_passed"]:
        from frappe.utils.password_strength import get_feedback

        feedback = verdict["feedback"]
        hint = get_feedback(verdict["score"], feedback.get("suggestions") or [], feedback.get("warning") or "")
        frappe.throw(_("This password is too easy to guess.") + " " + hint, title=_("Weak password"))


def _personal_words(user: str) -> list[Any]:
    return list(
        frappe.db.get_value("User", user, ["name", "first_name", "middle_name", "last_name", "mobile_no"]) or ()
    )


def _words_of_caller(key: str | None) -> list[Any]:
    user = frappe.session.user
    if key:
        user = frappe.db.get_value("User", {"reset_password_key": sha256_hash(key)})
    return _personal_words(user) if user and user != "Guest" else []


# -- API keys ---------------------------------------------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def generate_keys(user: str) -> dict[str, str]:
    """Make a new API secret (and a key, if there is none) and return both; the secret is shown this once.

    For the own account, or as System Manager for another one.
    """
    if user != frappe.session.user:
        frappe.only_for("System Manager")
    account = frappe.get_doc("User", user)
    if account.name == "Administrator" and frappe.session.user != "Administrator":
        frappe.throw(_("Only Administrator can make keys for Administrator."), frappe.PermissionError)
    secret = frappe.generate_hash(length=15)
    account.api_key = account.api_key or frappe.generate_hash(length=15)
    account.api_secret = secret
    account.save(ignore_permissions=True)
    return {"api_secret": secret, "api_key": account.api_key}
