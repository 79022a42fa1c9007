"""Who is asking: cookies and sessions, passwords, API keys, and the checks that stand before any of them counts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import secrets
from typing import Any, NoReturn
from urllib.parse import quote

from frappe import exceptions
from frappe.auth_log import Refusals, login_policy, record_authentication
from frappe.context import conf, local
from frappe.sessions import GUEST, Session, clear_sessions
from frappe.types import _dict
from frappe.utils.refusals import refuse
from frappe.whitelist import whitelist

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
LOGIN_PATHS = frozenset(
    f"/api/{version}method/{method}"
    for version in ("", "v1/", "v2/")
    for method in ("login", "frappe.www.login.login_via_key")
)
SESSION_COOKIES = ("user_id", "full_name", "system_user", "user_image", "user_lang")
MAX_LOGIN_NAME = 280

INVALID_LOGIN = "Invalid login credentials"
INCOMPLETE_LOGIN = "Incomplete login details"
DISABLED_LOGIN = "User disabled or missing"


# -- one request ------------------------------------------------------------------------------------------------------


class HTTPRequest:
    """Finds out who sends the current request, and refuses forged ones."""

    def __init__(self) -> None:
        set_request_ip()
        local.cookie_manager = CookieManager()
        local.login_manager = LoginManager()
        local.login_manager.resume()
        self.set_lang()
        validate_csrf_token()

    @staticmethod
    def set_lang() -> None:
        from frappe.translate import get_language

        local.lang = get_language()


def set_request_ip() -> None:
    """Set `local.request_ip` to the address of the client.

    `X-Forwarded-For` is believed only as far as trusted proxies wrote it: reading from the right, the first address
    that is no trusted proxy is the client. Trusted are loopback addresses and those in the configuration's
    `trusted_proxies`.
    """
    request = local.request
    address = request.remote_addr or "127.0.0.1"
    if is_trusted_proxy(address):
        for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            if hop := hop.strip():
                address = hop
                if not is_trusted_proxy(hop):
                    break
    local.request_ip = _normal_address(address)


def is_trusted_proxy(address: str) -> bool:
    """Tell whether `address` belongs to a proxy whose forwarding headers may be believed."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return ip.is_loopback or any(ip in network for network in _trusted_networks())


def _trusted_networks() -> list[Any]:
    configured = conf.trusted_proxies or []
    entries = configured.split(",") if isinstance(configured, str) else configured
    return [ipaddress.ip_network(str(entry).strip(), strict=False) for entry in entries]


def _normal_address(address: str) -> str:
    """Return a valid address in its usual spelling; text that is none becomes 0.0.0.0, so that it cannot vary a key."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "0.0.0.0"
    mapped = getattr(ip, "ipv4_mapped", None)
    return str(mapped or ip)


def is_https() -> bool:
    """Tell whether the browser speaks HTTPS with us, directly or through a trusted proxy."""
    request = local.request
    if request.scheme == "https":
        return True
    forwarded = request.headers.get("X-Forwarded-Proto", "").split(",")[0].strip().lower()
    return forwarded == "https" and is_trusted_proxy(request.remote_addr or "127.0.0.1")


def validate_csrf_token() -> None:
    """Raise CSRFTokenError for a write that does not carry the token of a session that has one."""
    request = local.request
    if request.method in SAFE_METHODS or conf.ignore_csrf:
        return
    if request.path in LOGIN_PATHS or local.form_dict.cmd == "login":
        _refuse_foreign_login()
        return
    expected = (local.session.data or {}).get("csrf_token")
    if not expected:
        return
    given = request.headers.get("X-Frappe-CSRF-Token") or local.form_dict.get("csrf_token") or ""
    local.form_dict.pop("csrf_token", None)
    if not same_secret(str(given), str(expected)):
        _refuse_request()


def _refuse_foreign_login() -> None:
    """A page of another site must not log its visitor in under the account of somebody else."""
    if local.request.headers.get("Sec-Fetch-Site") == "cross-site" and not conf.allow_cors:
        _refuse_request()


def _refuse_request() -> NoReturn:
    from frappe.messages import throw
    from frappe.translate import _

    local.flags.disable_traceback = True
    throw(_("Invalid Request"), exceptions.CSRFTokenError)


def same_secret(given: str, expected: str) -> bool:
    """Compare two secrets in constant time."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))


# -- cookies ----------------------------------------------------------------------------------------------------------


class CookieManager:
    """Collects the cookies of the response."""

    def __init__(self) -> None:
        self.cookies: dict[str, dict[str, Any]] = {}
        self.to_delete: list[str] = []

    def init_cookies(self) -> None:
        """Renew the session cookie, so that its life slides with the session's."""
        if not local.session.sid or local.session.sid == GUEST:
            return
        from frappe.sessions import get_expiry_in_seconds

        max_age = get_expiry_in_seconds(local.session.data.session_expiry)
        self.set_cookie("sid", local.session.sid, max_age=max_age, httponly=True)

    def set_cookie(
        self,
        key: str,
        value: Any,
        expires: Any = None,
        secure: bool = False,
        httponly: bool = False,
        samesite: str = "Lax",
        max_age: int | None = None,
        deduplicate: bool = True,
    ) -> None:
        """Set a cookie; it is Secure whenever the browser speaks HTTPS with us."""
        if not secure and local.request is not None:
            secure = is_https()
        self.cookies[key] = {
            "value": value,
            "expires": expires,
            "secure": secure,
            "httponly": httponly,
            "samesite": samesite,
            "max_age": max_age,
        }
        if key in self.to_delete:
            self.to_delete.remove(key)

    def delete_cookie(self, to_delete: str | list[str] | tuple[str, ...]) -> None:
        self.to_delete.extend([to_delete] if isinstance(to_delete, str) else to_delete)
        for key in self.to_delete:
            self.cookies.pop(key, None)

    def flush_cookies(self, response: Any) -> None:
        """Write the collected cookies into `response`."""
        for key, options in self.cookies.items():
            value = quote(str(options["value"] or ""), safe="@")
            response.set_cookie(key, value, **{k: v for k, v in options.items() if k != "value"})
        for key in dict.fromkeys(self.to_delete):
            response.delete_cookie(key, secure=is_https(), httponly=key == "sid", samesite="Lax")


def clear_cookies() -> None:
    """Forget the session in the browser."""
    if getattr(local, "session", None):
        local.session.sid = ""
    if local.get("cookie_manager") is not None:
        local.cookie_manager.delete_cookie(["sid", *SESSION_COOKIES])


# -- login ------------------------------------------------------------------------------------------------------------


class LoginManager:
    """Logs people in and out, and knows who is logged in."""

    def __init__(self) -> None:
        self.user: str | None = None
        self.info = _dict()
        self.full_name: str | None = None
        self.user_type: str | None = None

    # -- the session of the request

    def resume(self) -> None:
        """Take up the session of the `sid` cookie; without a living one the caller is a guest."""
        sid = local.request.cookies.get("sid")
        session = Session(resume=True, sid=sid)
        self.user = local.session.user
        self.full_name, self.user_type = local.session.data.full_name, local.session.data.user_type
        if session.expired:
            local.cookie_manager.delete_cookie(["sid", *SESSION_COOKIES])

    def make_session(self, resume: bool = False, audit_user: str | None = None) -> None:
        """Begin a session for `self.user` under a new id; the former session of this browser ends."""
        former = local.session.sid if local.session else None
        Session(user=self.user, full_name=self.full_name, user_type=self.user_type, audit_user=audit_user)
        if former and former not in (GUEST, local.session.sid):
            local.db.sql("delete from `tabSessions` where `sid` = %s", (former,))
            _forget_cached_session(former)
        self.clear_active_sessions()

    def clear_active_sessions(self) -> None:
        """End the oldest sessions beyond the number the user may have at once."""
        if self.user and self.user != GUEST:
            clear_sessions(self.user, keep_current=True)

    # -- logging in

    def login(self) -> None:
        """Log in with `usr` and `pwd` of the request; raises AuthenticationError."""
        from frappe import get_system_settings

        self.run_trigger("before_login")
        if get_system_settings("disable_user_pass_login"):
            self.fail("Login with username and password is not allowed.")
        local.flags.disable_traceback = True
        from frappe import twofactor

        form = local.form_dict
        user, password = form.pop("usr", None), form.pop("pwd", None)
        if confirmed := twofactor.user_of_attempt():
            self.user = confirmed
            self.post_login()
            return
        self.authenticate(user=user, pwd=password)
        if self.force_user_to_reset_password():
            self._ask_for_new_password()
        elif twofactor.confirms_second_step(self):
            self.post_login()

    def authenticate(self, user: str | None = None, pwd: str | None = None) -> None:
        """Set `self.user` to the user whose name and password these are; raises AuthenticationError.

        Unknown users, wrong passwords and locked names take the same time and get the same answer.
        """
        if not (isinstance(user, str) and isinstance(pwd, str) and user and pwd):
            self.fail(INCOMPLETE_LOGIN, user=user if isinstance(user, str) else None)
        name = find_user(user) or user
        trackers = _trackers(name)
        _refuse_locked(trackers)
        if not self._password_is_right(name, pwd):
            for tracker in trackers:
                tracker.add()
            self.fail(INVALID_LOGIN, user=name)
        if name != "Administrator" and not local.db.get_value("User", name, "enabled"):
            self.fail(DISABLED_LOGIN, user=name)
        trackers[0].clear()
        self.user = name

    @staticmethod
    def _password_is_right(user: str, pwd: str) -> bool:
        try:
            check_password(user, pwd)
        except exceptions.AuthenticationError:
            return False
        return user != GUEST

    def check_password(self, user: str, pwd: str) -> str:
        """Return `user` when `pwd` is its password; raises AuthenticationError."""
        if not self._password_is_right(user, pwd):
            self.fail("Incorrect password", user=user)
        return user

    def fail(self, message: str, user: str | None = None) -> NoReturn:
        """Log the refusal and raise AuthenticationError with `message`."""
        from frappe.translate import _

        local.response["message"] = _(message)
        record_authentication(message, (user or "")[:MAX_LOGIN_NAME], "Login", "Failed")
        local.db.commit()
        raise exceptions.AuthenticationError(message)

    def login_as(self, user: str) -> None:
        """Log in as `user` without a password, for code that has established who is asking."""
        self.user = user
        self.post_login()

    def login_as_guest(self) -> None:
        self.login_as(GUEST)

    def impersonate(self, user: str) -> None:
        """Act as `user` while keeping a record of who really does."""
        actor = local.session.user
        self.user = user
        self.get_user_info()
        self.make_session(audit_user=actor)
        self.set_user_info()
        record_authentication(f"{actor} acts as {user}", user, "Impersonate", "Success")

    def post_login(self, session_end: str | None = None, audit_user: str | None = None) -> None:
        """Check when and from where the user may log in, run the hooks and begin the session."""
        self.get_user_info()
        self.run_trigger("on_login")
        validate_ip_address(str(self.user))
        self.validate_hour()
        self.make_session(audit_user=audit_user)
        self.setup_boot_cache()
        self.set_user_info()
        record_authentication(f"{self.user} logged in", self.user, "Login", "Success")
        self.run_trigger("on_session_creation")

    def setup_boot_cache(self) -> None:
        """Nothing is prepared ahead of the first page here."""

    def get_user_info(self) -> None:
        """Read what cookies and session need to know about the user."""
        row = local.db.get_value(
            "User", self.user, ["user_type", "first_name", "last_name", "user_image"], as_dict=True
        )
        self.info = row or _dict()
        self.user_type = self.info.user_type
        self.full_name = " ".join(part for part in (self.info.first_name, self.info.last_name) if part) or self.user

    def set_user_info(self, resume: bool = False) -> None:
        """Tell the browser who is logged in and where to go: response keys and cookies."""
        from frappe.apps import get_default_path
        from frappe.cache import cache

        system_user = self.user_type == "System User"
        if not resume and self.user != GUEST:
            local.response["message"] = "Logged In" if system_user else "No App"
            local.response["home_page"] = get_default_path() or ("/app" if system_user else _website_home())
            local.response["full_name"] = self.full_name
            if redirect_to := cache.hget("redirect_after_login", self.user):
                local.response["redirect_to"] = redirect_to
                cache.hdel("redirect_after_login", self.user)
        self._set_cookies(system_user)

    def _set_cookies(self, system_user: bool) -> None:
        manager: CookieManager = local.cookie_manager
        manager.init_cookies()
        manager.set_cookie("system_user", "yes" if system_user else "no")
        manager.set_cookie("full_name", self.full_name)
        manager.set_cookie("user_id", self.user)
        manager.set_cookie("user_image", self.info.user_image or "")
        manager.set_cookie("user_lang", local.lang)

    # -- rules

    def validate_hour(self) -> None:
        """Raise AuthenticationError outside the hours the user may log in (`login_after`, `login_before`)."""
        from frappe.utils import cint, now_datetime

        limits = local.db.get_value("User", self.user, ["login_before", "login_after"], as_dict=True) or _dict()
        before, after = cint(limits.login_before), cint(limits.login_after)
        hour = now_datetime().hour
        if (before and hour > before) or (after and hour < after):
            self.fail("Login not allowed at this time", user=self.user)

    def force_user_to_reset_password(self) -> bool:
        """Tell whether the password is older than the site allows."""
        from frappe import get_system_settings
        from frappe.utils import cint, date_diff, getdate, today

        days = cint(get_system_settings("force_user_to_reset_password"))
        if not days or self.user in ("Administrator", GUEST):
            return False
        changed = local.db.get_value("User", self.user, ["last_password_reset_date", "creation"])
        last = (changed[0] or changed[1]) if changed else None
        return bool(last) and date_diff(today(), getdate(last)) > days

    def _ask_for_new_password(self) -> None:
        from frappe import get_doc

        link = get_doc("User", self.user).reset_password(send_email=False, password_expired=True)
        local.response["message"] = "Password Reset"
        local.response["redirect_to"] = link

    def run_trigger(self, event: str = "on_login") -> None:
        """Call the functions of a login hook."""
        from frappe.apps import get_attr, get_hooks
        from frappe.whitelist import call

        for dotted in get_hooks(event):
            call(get_attr(dotted), login_manager=self)

    # -- logging out

    def logout(self, arg: str = "", user: str | None = None) -> None:
        """End the session of this request (or every session of `user`)."""
        self.run_trigger("on_logout")
        target = user or local.session.user
        if target == local.session.user:
            if local.session_obj is not None:
                local.session_obj.delete_session()
            clear_cookies()
            local.session.user = self.user = GUEST
            local.session.data = _dict()
        else:
            clear_sessions(target, force=True)
        local.flags.commit = True

    def clear_cookies(self) -> None:
        clear_cookies()


def _website_home() -> str:
    from frappe.website.utils import get_home_page

    return "/" + get_home_page()


def _forget_cached_session(sid: str) -> None:
    from frappe.cache import cache
    from frappe.sessions import SESSION_CACHE

    cache.hdel(SESSION_CACHE, sid)


def check_password(user: str, pwd: str) -> str:
    """Return `user` when `pwd` is its login password; raises AuthenticationError."""
    from frappe.utils.password import check_password as check

    return check(user, pwd, delete_tracker_cache=False)


def find_user(login: str) -> str | None:
    """Return the user that logs in as `login`: by name or, where allowed, by mobile number or user name."""
    from frappe import get_system_settings

    if len(login) > MAX_LOGIN_NAME:
        return None
    login = login.strip()
    name = local.db.get_value("User", login, "name")
    if name is None and get_system_settings("allow_login_using_mobile_number"):
        name = local.db.get_value("User", {"mobile_no": login}, "name")
    if name is None and get_system_settings("allow_login_using_user_name"):
        name = local.db.get_value("User", {"username": login}, "name")
    return str(name) if name is not None else None


def _trackers(user: str) -> tuple[Refusals, Refusals]:
    policy = login_policy()
    limits = (policy.attempts, policy.seconds)
    return Refusals(f"user:{user}", *limits), Refusals(f"ip:{local.request_ip}", *limits)


def _refuse_locked(trackers: tuple[Refusals, ...]) -> None:
    locked = [tracker for tracker in trackers if tracker.is_locked]
    if not locked:
        return
    from frappe.messages import throw
    from frappe.translate import _

    error = exceptions.SecurityException("Too many failed logins")
    error.http_status_code = 429  # type: ignore[attr-defined]  # the caller's doing, not a fault of the server
    message = _("Too many failed logins. Wait {0} seconds and try again.").format(locked[0].lock_seconds)
    throw(message, error, title=_("Login is locked"))


def validate_ip_address(user: str) -> None:
    """Raise AuthenticationError when `user` is restricted to other addresses than the caller's."""
    from frappe import get_cached_value

    restriction = get_cached_value("User", user, "restrict_ip")
    if not restriction or not local.request_ip:
        return
    allowed = [part.strip() for part in restriction.replace("\n", ",").split(",") if part.strip()]
    if any(_address_matches(local.request_ip, part) for part in allowed):
        return
    from frappe.messages import throw
    from frappe.translate import _

    throw(_("Access is not allowed from this address."), exceptions.AuthenticationError)


def _address_matches(address: str, rule: str) -> bool:
    """Compare with a network (`10.0.0.0/8`), an address, or the first groups of one (`192.168.` or `192.168`)."""
    try:
        return ipaddress.ip_address(address) in ipaddress.ip_network(rule, strict=False)
    except ValueError:
        return address.startswith(rule if rule.endswith((".", ":")) else rule + ("." if "." in address else ":"))


@whitelist()
def get_logged_user() -> str:
    """Return the name of the session user."""
    return str(local.session.user)


# -- Authorization header ---------------------------------------------------------------------------------------------


def validate_auth() -> None:
    """Act as the user whose key the `Authorization` header carries, then run the `auth_hooks` of apps.

    A living cookie session wins. Raises AuthenticationError when the header is of no use to anybody.
    """
    header = local.request.headers.get("Authorization", "")
    parts = header.split(" ", 1)
    well_formed = len(parts) == 2
    if well_formed:
        validate_auth_via_api_keys(parts)
    _run_auth_hooks()
    if header and local.session.user in (GUEST, None, ""):
        refuse("The Authorization header does not name a user of this site.", exceptions.AuthenticationError)


def _run_auth_hooks() -> None:
    from frappe.apps import get_attr, get_hooks

    form = local.form_dict
    for dotted in get_hooks("auth_hooks"):
        get_attr(dotted)()
    if not local.form_dict:  # set_user, which hooks call to say who it is, empties the parameters
        local.form_dict = form
    local.login_manager.user = local.session.user


def validate_auth_via_api_keys(authorization_header: list[str]) -> None:
    """Act as the owner of the API key in `[scheme, credentials]`; other schemes are left to hooks."""
    scheme, credentials = authorization_header[0].lower(), authorization_header[1].strip()
    if scheme == "basic":
        credentials = _decode_basic(credentials)
    elif scheme != "token":
        return
    api_key, separator, api_secret = credentials.partition(":")
    if not separator:
        return
    source = local.request.headers.get("Frappe-Authorization-Source") or "User"
    validate_api_key_secret(api_key, api_secret, source)


def _decode_basic(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        from frappe.messages import throw
        from frappe.translate import _

        throw(
            _("The Authorization header cannot be decoded: its token is not valid base64."),
            exceptions.InvalidAuthorizationToken,
        )


def validate_api_key_secret(api_key: str, api_secret: str, frappe_authorization_source: str = "User") -> None:
    """Act as the user of an API key; raises AuthenticationError for an unknown key, a wrong secret, a disabled user."""
    doctype = frappe_authorization_source
    row = _key_owner(doctype, api_key)
    expected = _stored_secret(doctype, row[0]) if row else None
    if not same_secret(_digest(api_secret), expected or _digest(secrets.token_hex())):
        refuse("Invalid API key or secret", exceptions.AuthenticationError)
    assert row is not None  # without a row the comparison above cannot have succeeded
    user = row[1]
    if not _may_use_keys(user):
        refuse("Invalid API key or secret", exceptions.AuthenticationError)
    if local.session.user in (GUEST, None, ""):
        validate_ip_address(user)
        _act_as(user)


def _key_owner(doctype: str, api_key: str) -> tuple[str, str] | None:
    """Return (document, user) of an API key."""
    if not api_key or len(api_key) > 140:
        return None
    if doctype == "User":
        user = _user_of_key(api_key)
        return (user, user) if user else None
    if not _is_key_source(doctype):
        return None
    row = local.db.get_value(doctype, {"api_key": api_key}, ["name", "user", "api_key"])
    return (row[0], row[1]) if row and row[1] and same_secret(api_key, str(row[2])) else None


def _user_of_key(api_key: str) -> str | None:
    """Return the user of an API key. The answer is remembered, and checked against the (cached) user each time."""
    from frappe import get_cached_value
    from frappe.cache import cache

    user = cache.hget("api_key_owners", _digest(api_key))
    if user is None:
        user = local.db.get_value("User", {"api_key": api_key}, "name")
        if user is None:
            return None
        cache.hset("api_key_owners", _digest(api_key), user)
    stored = get_cached_value("User", user, "api_key")
    return str(user) if stored and same_secret(api_key, str(stored)) else None


def _is_key_source(doctype: str) -> bool:
    """Another DocType can hold keys when it has the three fields for them, and is a table of its own."""
    from frappe import get_meta

    if not local.db.exists("DocType", doctype):
        return False
    meta = get_meta(doctype)
    types = {name: field.fieldtype for name in ("api_key", "api_secret", "user") if (field := meta.get_field(name))}
    return not meta.issingle and types.get("api_secret") == "Password" and {"api_key", "user"} <= types.keys()


def _stored_secret(doctype: str, name: str) -> str | None:
    """Return the digest of a stored API secret; the one of a User is remembered until it changes."""
    from frappe.cache import cache
    from frappe.utils.password import API_SECRET_CACHE, get_decrypted_password

    if doctype == "User" and (known := cache.hget(API_SECRET_CACHE, name)):
        return str(known)
    secret = get_decrypted_password(doctype, name, "api_secret", raise_exception=False)
    if not secret:
        return None
    digest = _digest(secret)
    if doctype == "User":
        cache.hset(API_SECRET_CACHE, name, digest)
    return digest


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _may_use_keys(user: str) -> bool:
    from frappe import get_cached_value

    return user != GUEST and (user == "Administrator" or bool(get_cached_value("User", user, "enabled")))


def _act_as(user: str) -> None:
    """Switch to `user` for this request, without a session record and with the parameters of the request."""
    from frappe.context import set_user

    form = local.form_dict
    set_user(user)
    local.form_dict = form
    local.login_manager.user = user
