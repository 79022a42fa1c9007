"""The second step of a login: a code from an authenticator app (RFC 6238) or from a mail.

After the right password the caller gets a `tmp_id`, which stands for this attempt alone: it is random, lives for five
minutes, is bound to the caller's address and dies after a few wrong codes. Twenty wrong ones in a row close the second
step of a user for an hour.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import struct
import time
from typing import Any, NoReturn
from urllib.parse import quote

from frappe import exceptions
from frappe.auth_log import Refusals
from frappe.context import local
from frappe.types import _dict

ATTEMPT_SECONDS = 300
MAX_WRONG_CODES = 5
MAX_WRONG_CODES_OF_A_USER = 20
LOCK_SECONDS = 60 * 60
STEP_SECONDS = 30
DIGITS = 6
SECRET_FIELD = "otp_secret"


# -- codes ------------------------------------------------------------------------------------------------------------


def hotp(secret: str, counter: int) -> str:
    """Return the code of RFC 4226 for a base32 secret."""
    key = base64.b32decode(secret)
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, moment: float, last_step: int = 0) -> int | None:
    """Return the time step whose code this is, one step of clock drift allowed; None for a wrong or used one."""
    current = int(moment // STEP_SECONDS)
    for step in (current, current - 1, current + 1):
        if step > last_step and hmac.compare_digest(hotp(secret, step).encode(), code.encode("utf-8", "replace")):
            return step
    return None


# -- the step in a login ----------------------------------------------------------------------------------------------


def is_required(user: str) -> bool:
    """Tell whether the site demands a second step of `user`."""
    from frappe import get_all, get_roles, get_system_settings
    from frappe.utils import cint

    if user in ("Guest", "Administrator") or not cint(get_system_settings("enable_two_factor_auth")):
        return False
    demanding = set(get_all("Role", filters={"two_factor_auth": 1}, pluck="name"))
    return bool(demanding & set(get_roles(user)))


def confirms_second_step(login_manager: Any) -> bool:
    """Tell whether the login may go on. If a code is needed first, the response says how to send it."""
    user = str(login_manager.user)
    if not is_required(user):
        return True
    _begin(user)
    return False


def user_of_attempt() -> str | None:
    """Return the user whose code came with this request; None when none came. Raises AuthenticationError."""
    form = local.form_dict
    code, tmp_id = form.pop("otp", None), form.pop("tmp_id", None)
    if not code:
        return None
    attempt = _attempt(str(tmp_id or ""))
    _count_guess(str(tmp_id), attempt)
    if not _code_is_right(attempt, str(code).strip()):
        _guesses_of(attempt.user).add()
        local.login_manager.fail("Incorrect verification code", user=attempt.user)
    _forget(str(tmp_id))
    _guesses_of(attempt.user).clear()
    return str(attempt.user)


def _begin(user: str) -> None:
    from frappe import get_system_settings

    method = get_system_settings("two_factor_method") or "OTP App"
    attempt = _dict(user=user, ip=local.request_ip, method=method)
    setup = True
    if method == "OTP App":
        setup = _has_secret(user)
        if not setup:
            _send_secret(user)
    elif method == "Email":
        attempt.code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        _send_code(user, attempt.code)
    else:
        from frappe.utils.refusals import refuse

        refuse(f"Two-factor method {method} is not available here; use OTP App or Email.")
    tmp_id = secrets.token_urlsafe(24)
    _store(tmp_id, attempt)
    local.response["verification"] = {
        "method": method,
        "setup": setup,
        "token_delivery": True,
        "prompt": _prompt(method),
    }
    local.response["tmp_id"] = tmp_id


def _prompt(method: str) -> str:
    from frappe.translate import _

    return _("Enter the code of your authenticator app.") if method == "OTP App" else _("Enter the code we sent you.")


def _code_is_right(attempt: _dict, code: str) -> bool:
    if attempt.code:
        return hmac.compare_digest(str(attempt.code).encode(), code.encode("utf-8", "replace"))
    from frappe.cache import cache

    used = int(cache.hget("otp_last_step", attempt.user) or 0)
    step = matching_step(_secret_of(attempt.user), code, time.time(), last_step=used)
    if step is not None:
        cache.hset("otp_last_step", attempt.user, step)
    return step is not None


# -- attempts ---------------------------------------------------------------------------------------------------------


def _key(tmp_id: str) -> str:
    return f"login_attempt:{hashlib.sha256(tmp_id.encode('utf-8', 'replace')).hexdigest()}"


def _store(tmp_id: str, attempt: _dict) -> None:
    from frappe.cache import cache

    cache.set_value(_key(tmp_id), attempt, expires_in_sec=ATTEMPT_SECONDS)


def _forget(tmp_id: str) -> None:
    from frappe.cache import cache

    cache.delete_value(_key(tmp_id))


def _attempt(tmp_id: str) -> _dict:
    from frappe.cache import cache

    attempt = cache.get_value(_key(tmp_id)) if tmp_id else None
    if attempt is None or attempt.ip != local.request_ip:
        _refuse("Login session expired. Log in again.")
    return _dict(attempt)


def _count_guess(tmp_id: str, attempt: _dict) -> None:
    """Count a code before it is looked at, so that many at once are no more than one after the other.

    Whoever knows the password can begin attempts without end; so the guesses at one user are counted across them too.
    """
    from frappe.cache import cache

    counter = cache.make_key(f"{_key(tmp_id)}:guesses")
    guesses = cache.incrby(counter, 1)
    cache.expire(counter, ATTEMPT_SECONDS)
    if guesses > MAX_WRONG_CODES or _guesses_of(attempt.user).is_locked:
        _forget(tmp_id)
        _refuse("Too many wrong codes. Wait a while and log in again.")


def _guesses_of(user: str) -> Refusals:
    return Refusals(f"code:{user}", MAX_WRONG_CODES_OF_A_USER, LOCK_SECONDS)


def _refuse(message: str) -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    throw(_(message), exceptions.AuthenticationError)


# -- secrets ----------------------------------------------------------------------------------------------------------


def _has_secret(user: str) -> bool:
    from frappe.utils.password import get_decrypted_password

    return get_decrypted_password("User", user, SECRET_FIELD, raise_exception=False) is not None


def _secret_of(user: str) -> str:
    from frappe.utils.password import get_decrypted_password

    return str(get_decrypted_password("User", user, SECRET_FIELD))


def _send_secret(user: str) -> None:
    """Make the secret of a user's authenticator app and mail it to the user."""
    from frappe import get_system_settings, sendmail
    from frappe.translate import _
    from frappe.utils.password import set_encrypted_password

    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    set_encrypted_password("User", user, secret, SECRET_FIELD)
    issuer = get_system_settings("otp_issuer_name") or local.site
    link = f"otpauth://totp/{quote(str(issuer))}:{quote(user)}?secret={secret}&issuer={quote(str(issuer))}"
    sendmail(
        recipients=[user],
        subject=_("Set up your authenticator app"),
        message=_("Add this key to your authenticator app: {0}").format(f"<code>{secret}</code>")
        + f'<p><a href="{link}">{link}</a></p>',
        now=True,
    )


def _send_code(user: str, code: str) -> None:
    from frappe import sendmail
    from frappe.translate import _

    sendmail(
        recipients=[user],
        subject=_("Your login code"),
        message=_("Your login code is {0}. It is valid for five minutes.").format(f"<strong>{code}</strong>"),
        now=True,
    )


def remove_secret(user: str) -> None:
    """Forget the authenticator app of a user, who gets a new key at the next login."""
    from frappe.utils.password import remove_encrypted_password

    remove_encrypted_password("User", user, SECRET_FIELD)
