"""Who a connection belongs to, and what that user may follow: asked of the application, without a round trip by HTTP.

The session is resolved by the same code that resolves it for a request, so that expiry, disabled users, IP restrictions
and API keys mean the same here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import frappe
from frappe.socketio import redis_bus
from frappe.socketio.redis_bus import RedisBus


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a browser sends along when it connects."""

    cookie: str = ""
    authorization: str = ""
    remote_address: str = ""
    forwarded_for: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.sid and not self.authorization

    @property
    def sid(self) -> str:
        from http.cookies import CookieError, SimpleCookie

        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(self.cookie)
        except CookieError:
            return ""
        return jar["sid"].value if "sid" in jar else ""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is connected."""

    user: str
    user_type: str

    @property
    def is_system_user(self) -> bool:
        return self.user_type == "System User"


def credentials_of(environ: dict[str, Any]) -> Credentials:
    """Read the credentials from the WSGI-like environment of a handshake."""
    return Credentials(
        cookie=environ.get("HTTP_COOKIE", ""),
        authorization=environ.get("HTTP_AUTHORIZATION", ""),
        remote_address=environ.get("REMOTE_ADDR", "") or _client_of(environ),
        forwarded_for=environ.get("HTTP_X_FORWARDED_FOR", ""),
    )


def _client_of(environ: dict[str, Any]) -> str:
    client = (environ.get("asgi.scope") or {}).get("client")
    return str(client[0]) if client else ""


def is_same_origin(environ: dict[str, Any], trusted: Iterable[str] = ()) -> bool:
    """Tell whether the page that connects comes from this host (or a `trusted` one); scripts have no page."""
    origin = environ.get("HTTP_ORIGIN", "")
    if not origin:
        return True
    host = _hostname(origin)
    own = {_hostname(f"//{environ.get('HTTP_HOST', '')}"), *(_hostname(place) for place in trusted)}
    return bool(host) and host in own


def _hostname(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""


class Application:
    """The application of one site, asked from inside the process. Its methods block; call them in a thread."""

    def __init__(self, site: str, sites_path: str, wsgi: Any):
        self.site, self.sites_path, self._wsgi = site, sites_path, wsgi

    def who_is(self, credentials: Credentials) -> Visitor | None:
        """Return whose credentials these are; None when they are not (or no longer) good."""
        from werkzeug.test import Client

        if credentials.is_empty:
            return None
        headers = {"Host": self.site, "Accept": "application/json", "X-Frappe-Site-Name": self.site}
        for name, value in (
            ("Cookie", credentials.cookie),
            ("Authorization", credentials.authorization),
            ("X-Forwarded-For", credentials.forwarded_for),
        ):
            if value:
                headers[name] = value
        client = Client(self._wsgi, use_cookies=False)
        answer = client.get(
            "/api/method/frappe.realtime.get_user_info",
            headers=headers,
            environ_overrides={"REMOTE_ADDR": credentials.remote_address or "127.0.0.1"},
        )
        if answer.status_code != 200:
            return None
        info = json.loads(answer.get_data())["message"]
        if info["user"] == "Guest" and credentials.sid not in ("", "Guest"):
            return None  # the session has ended
        return Visitor(info["user"], info["user_type"] or "Website User")

    def is_still(self, visitor: Visitor, credentials: Credentials) -> bool:
        """Tell whether the credentials still belong to `visitor`, without prolonging the session as a request would."""
        if credentials.authorization:
            return self.who_is(credentials) == visitor
        if visitor.user == "Guest":
            return True
        from frappe.sessions import get_expiry_in_seconds

        with frappe.init_site(self.site, self.sites_path):
            frappe.connect(set_admin_as_user=False)
            used_since = frappe.utils.add_to_date(frappe.utils.now_datetime(), seconds=-get_expiry_in_seconds())
            found = frappe.db.sql(
                "select 1 from `tabSessions` s join `tabUser` u on u.name = s.user"
                " where s.sid = %s and s.user = %s and s.lastupdate >= %s and u.enabled = 1",
                (credentials.sid, visitor.user, str(used_since)),
            )
            return bool(found)

    def may_follow(self, user: str, doctype: str, name: Any = None) -> bool:
        """Tell whether `user` may read a DocType, or one document."""
        return self.allowed(user, [(doctype, name)]) != []

    def allowed(self, user: str, wanted: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """Return those of the (DocType, name) pairs that `user` may read; a name of None stands for the DocType."""
        from frappe.realtime import may_follow

        with frappe.init_site(self.site, self.sites_path):
            frappe.connect(set_admin_as_user=False)
            frappe.set_user(user)
            return [(doctype, name) for doctype, name in wanted if may_follow(doctype, name)]

    def remote_bus(self) -> RedisBus | None:
        """Return the way to the other servers of the site; None when there is only this one."""
        with frappe.init_site(self.site, self.sites_path):
            return redis_bus.of_active_site()

    def app_handlers(self) -> dict[str, str]:
        """Return `{client event: dotted path}` of hook `socketio_handlers`; the app installed last wins."""
        with frappe.init_site(self.site, self.sites_path):
            frappe.connect()
            hooks: dict[str, list[str]] = frappe.get_hooks("socketio_handlers", {})
            return {event: paths[-1] for event, paths in hooks.items()}

    def trusted_origins(self) -> list[str]:
        """Return the origins besides the own host from which pages may connect (conf `allow_cors`, `host_name`)."""
        with frappe.init_site(self.site, self.sites_path):
            allowed = frappe.conf.allow_cors or []
            names = [allowed] if isinstance(allowed, str) else list(allowed)
            return [name for name in [*names, frappe.conf.host_name] if name and name != "*"]
