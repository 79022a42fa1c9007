"""Sessions: who is behind a cookie, for how long, and the token that guards their writes.

A session is a row of `tabSessions` and the same data in the cache (hash `session`, keyed by sid). A request of a known
session reads the cache alone; the row is written when the session begins and at most every `TOUCH_SECONDS` after that.
Guests share the sid `Guest` and have no record.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta
from typing import Any

from frappe.cache import cache
from frappe.context import local
from frappe.types import _dict

SESSION_CACHE = "session"
GUEST = "Guest"
TOUCH_SECONDS = 600
FALLBACK_EXPIRY = "240:00:00"
SID_PATTERN = re.compile(r"[0-9a-f]{56}")


class Session:
    """The session of the current request; puts itself into `frappe.local.session`."""

    def __init__(
        self,
        user: str | None = None,
        resume: bool = False,
        full_name: str | None = None,
        user_type: str | None = None,
        session_end: str | None = None,
        audit_user: str | None = None,
        sid: str | None = None,
    ):
        self.time_diff: float | None = None
        self.expired = False
        self.dirty = False
        self.full_name, self.user_type = full_name, user_type
        self.session_end, self.audit_user = session_end, audit_user
        self.user = user or GUEST
        self.data = _dict(user=GUEST, sid=GUEST, data=_dict())
        if resume:
            self.resume(sid)
        else:
            self.start()

    def start(self) -> None:
        """Begin a session for `self.user`; a guest gets one without a record."""
        sid = GUEST if self.user == GUEST else secrets.token_hex(28)
        self.data = _dict(user=self.user, sid=sid, data=self._fresh_data())
        self._activate()
        if self.user != GUEST:
            self.insert_session_record()

    def _fresh_data(self) -> _dict:
        data = _dict(user=self.user, session_ip=local.request_ip)
        if self.user == GUEST:
            return data
        from frappe.utils import now

        data.update(last_updated=now(), session_expiry=get_expiry_period(), session_country=None)
        data.update(full_name=self.full_name, user_type=self.user_type)
        if self.session_end:
            data.session_end = self.session_end
        if self.audit_user:
            data.audit_user = data.impersonated_by = self.audit_user
        return data

    def insert_session_record(self) -> None:
        """Write the row and the cached copy of a new session."""
        from frappe.utils import now

        local.db.sql(
            "insert into `tabSessions` (`user`, `sid`, `sessiondata`, `ipaddress`, `lastupdate`, `status`)"
            " values (%s, %s, %s, %s, %s, 'Active')",
            (self.user, self.data.sid, dump_session_data(self.data.data), local.request_ip, now()),
        )
        self._store()

    def _store(self) -> None:
        if not local.conf.disable_session_cache:
            data = _dict(self.data.data)  # a copy: what this request changes later must not show up in others
            cache.hset(SESSION_CACHE, self.data.sid, _dict(user=self.data.user, sid=self.data.sid, data=data))

    def resume(self, sid: str | None) -> None:
        """Take up the session of `sid`; without a living one the caller is a guest."""
        record = self._living_record(sid) if sid and sid != GUEST else None
        if record is None:
            self.start_as_guest()
            return
        self.user = record.user
        self.data = _dict(user=record.user, sid=record.sid, data=_dict(record.data))
        self._activate()

    def start_as_guest(self) -> None:
        self.user = GUEST
        self.start()

    def _living_record(self, sid: str) -> _dict | None:
        record = get_session_record(sid)
        if record is None:
            self._note_expiry()
            return None
        if _seconds_since(record.data.last_updated) > get_expiry_in_seconds(record.data.session_expiry):
            delete_session(sid, user=record.user, reason="Session Expired")
        elif _has_ended(record.data.session_end):
            delete_session(sid, user=record.user, reason="Session Ended")
        elif not _is_enabled(record.user):
            delete_session(sid, user=record.user, reason="User disabled")
        else:
            return record
        self._note_expiry()
        return None

    def _note_expiry(self) -> None:
        self.expired = True
        local.response["session_expired"] = 1

    def _activate(self) -> None:
        local.session = self.data
        local.session_obj = self

    def update(self, force: bool = False) -> bool:
        """Write the session when it is dirty or was last written long ago; tell whether it was written.

        Commits on its own, because the request's transaction is over when this is called.
        """
        from frappe.utils import now

        if self.data.user == GUEST or self.data.sid == GUEST:
            return False
        interval = min(TOUCH_SECONDS, get_expiry_in_seconds(self.data.data.session_expiry) / 4)
        if not (force or self.dirty) and _seconds_since(self.data.data.last_updated) < interval:
            return False
        self.data.data.last_updated = moment = now()
        local.db.sql(
            "update `tabSessions` set `sessiondata` = %s, `lastupdate` = %s where `sid` = %s",
            (dump_session_data(self.data.data), moment, self.data.sid),
        )
        local.db.sql("update `tabUser` set `last_active` = %s where `name` = %s", (moment, self.data.user))
        self._store()
        local.db.commit()
        self.dirty = False
        return True

    def delete_session(self) -> None:
        """End this session."""
        delete_session(self.data.sid, user=self.data.user, reason="User Logged Out")


def dump_session_data(data: dict[str, Any]) -> str:
    return json.dumps({key: value for key, value in data.items() if value is not None}, default=str)


def get_session_record(sid: str) -> _dict | None:
    """Return `{user, sid, data}` of a session, from the cache or else the table; None when there is none."""
    if not SID_PATTERN.fullmatch(sid):
        return None
    record = None if local.conf.disable_session_cache else cache.hget(SESSION_CACHE, sid)
    if record is None:
        record = _read_record(sid)
        if record is not None and not local.conf.disable_session_cache:
            cache.hset(SESSION_CACHE, sid, record)
    return record


def _read_record(sid: str) -> _dict | None:
    rows = local.db.sql(
        "select `user`, `sid`, `sessiondata`, `lastupdate` from `tabSessions` where `sid` = %s and `status` = 'Active'",
        (sid,),
    )
    if not rows or not secrets.compare_digest(str(rows[0][1]), sid):
        return None
    user, _, text, lastupdate = rows[0]
    data = _dict(json.loads(text or "{}"))
    data.last_updated = str(lastupdate)
    return _dict(user=user, sid=sid, data=data)


def _is_enabled(user: str) -> bool:
    from frappe.model.document import get_cached_value

    return user == "Administrator" or bool(get_cached_value("User", user, "enabled"))


def _has_ended(session_end: str | None) -> bool:
    from frappe.utils import get_datetime, now_datetime

    return bool(session_end) and get_datetime(session_end) < now_datetime()


def _seconds_since(moment: str | None) -> float:
    from frappe.utils import get_datetime, now_datetime

    if not moment:
        return float("inf")
    return float((now_datetime() - get_datetime(moment)).total_seconds())


# -- expiry -----------------------------------------------------------------------------------------------------------


def get_expiry_period() -> str:
    """Return how long an idle session lives, as `HH:MM:SS`."""
    expiry = str(local.db.get_default("session_expiry") or FALLBACK_EXPIRY)
    return expiry if expiry.count(":") == 2 else f"{expiry}:00"


def get_expiry_in_seconds(expiry: str | None = None) -> int:
    """Return a period `HH:MM[:SS]` (by default the site's) in seconds."""
    hours, minutes, seconds = ((expiry or get_expiry_period()) + ":0").split(":")[:3]
    return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds))


def get_expired_sessions() -> list[str]:
    """Return the sids of sessions that nobody used for longer than the expiry period."""
    from frappe.utils import now_datetime

    limit = now_datetime() - timedelta(seconds=get_expiry_in_seconds())
    return [row[0] for row in local.db.sql("select `sid` from `tabSessions` where `lastupdate` < %s", (str(limit),))]


def clear_expired_sessions() -> None:
    """Delete expired sessions; run daily."""
    for sid in get_expired_sessions():
        delete_session(sid, reason="Session Expired")


# -- ending sessions --------------------------------------------------------------------------------------------------


def delete_session(sid: str | None = None, user: str | None = None, reason: str = "Session Expired") -> None:
    """End one session, in the cache and in the table."""
    if not sid or sid == GUEST:
        return
    if user is None:
        rows = local.db.sql("select `user` from `tabSessions` where `sid` = %s", (sid,))
        user = rows[0][0] if rows else None
    local.db.sql("delete from `tabSessions` where `sid` = %s", (sid,))
    local.db.after_commit.add(lambda: cache.hdel(SESSION_CACHE, sid))
    cache.hdel(SESSION_CACHE, sid)
    if user:
        from frappe.auth_log import record_authentication

        record_authentication(f"{user} logged out: {reason}", user, "Logout", "Success")
    if local.request is not None:
        local.flags.commit = True  # a GET, such as a visit with an expired cookie, ends the session as well


def get_sessions_to_clear(user: str | None = None, keep_current: bool = False, force: bool = False) -> list[str]:
    """Return the sids of `user` beyond the number of simultaneous sessions allowed (all of them with `force`)."""
    user = user or local.session.user
    offset = 0 if force else _allowed_sessions(user)
    rows = local.db.sql("select `sid` from `tabSessions` where `user` = %s order by `lastupdate` desc, `sid`", (user,))
    sids = [row[0] for row in rows]
    if keep_current:
        sids = [sid for sid in sids if sid != local.session.sid]
        offset = max(0, offset - 1)
    return sids[offset:]


def _allowed_sessions(user: str) -> int:
    from frappe.model.document import get_cached_value

    if local.conf.deny_multiple_sessions:
        return 1
    return int(get_cached_value("User", user, "simultaneous_sessions") or 1)


def clear_sessions(user: str | None = None, keep_current: bool = False, force: bool = False) -> None:
    """End the oldest sessions of `user` beyond the allowed number; all of them with `force`.

    `keep_current` spares the session of this request.
    """
    reason = "Force Logged out by the user" if force else "Logged In From Another Session"
    for sid in get_sessions_to_clear(user, keep_current, force):
        delete_session(sid, user=user, reason=reason)


def clear_all_sessions(reason: str | None = None) -> None:
    """End every session of the site; System Managers only."""
    from frappe.permissions import only_for

    only_for("Administrator")
    for (sid,) in local.db.sql("select `sid` from `tabSessions`"):
        delete_session(sid, reason=reason or "All Sessions Cleared")


# -- CSRF -------------------------------------------------------------------------------------------------------------


def get_csrf_token() -> str:
    """Return the token of this session, making one at the first call."""
    if not local.session.data:
        local.session.data = _dict()
    if not local.session.data.csrf_token:
        generate_csrf_token()
    return str(local.session.data.csrf_token)


def generate_csrf_token() -> None:
    """Give this session a new token; it is stored after the request, whatever its verb and outcome."""
    local.session.data.csrf_token = secrets.token_hex(28)
    if local.session_obj is not None:
        local.session_obj.dirty = True


# -- what a page needs to know about its session ----------------------------------------------------------------------


def get() -> _dict:
    """Return the boot information of the session user."""
    from frappe.boot import get_bootinfo

    bootinfo = get_bootinfo()
    bootinfo["lang"] = local.lang
    bootinfo["disable_async"] = local.conf.disable_async
    bootinfo["setup_complete"] = 1
    return bootinfo


def get_geo_ip_country(ip_addr: str) -> None:
    """There is no database of addresses here; the country of a session stays empty."""


def clear(user: str | None = None) -> None:
    """Drop the caches of the session user (or of `user`)."""
    from frappe.cache import clear_cache

    clear_cache(user=user or local.session.user)


__all__ = ["clear", "clear_sessions", "delete_session", "get", "get_csrf_token"]
