"""The record of logins, logouts and refused attempts (DocType Activity Log). Never holds a secret."""

from __future__ import annotations

from typing import Any

from frappe.context import local
from frappe.types import _dict


def record_authentication(subject: str, user: str | None, operation: str, status: str) -> None:
    """Insert an Activity Log row in the current transaction.

    A name that is no user (an attempt with a mistyped or guessed one) is kept in the subject only.
    """
    from frappe.model.document import get_doc

    known = bool(user) and bool(local.db.exists("User", user))
    values: dict[str, Any] = {
        "doctype": "Activity Log",
        "subject": subject[:140],
        "user": user if known else None,
        "full_name": local.db.get_value("User", user, "full_name") if known else None,
        "operation": operation,
        "status": status,
        "ip_address": local.request_ip,
    }
    get_doc(values).insert(ignore_permissions=True, ignore_links=True)


class Refusals:
    """Counts failed logins of one user name or one address, and says when it is locked."""

    def __init__(self, key: str, max_failures: int, lock_seconds: int):
        self.max_failures, self.lock_seconds = max_failures, lock_seconds
        from frappe.cache import cache

        self._cache = cache
        self._key = cache.make_key(f"login_failures:{key.strip().lower()[:140]}")

    def count(self) -> int:
        return int(self._cache.get(self._key) or 0)

    def add(self) -> None:
        """Count one failure; the lock runs from the last one."""
        self._cache.incrby(self._key, 1)
        self._cache.expire(self._key, self.lock_seconds)

    def clear(self) -> None:
        self._cache.delete_value(self._key, make_keys=False)

    @property
    def is_locked(self) -> bool:
        return 0 < self.max_failures < self.count()


def login_policy() -> _dict:
    """Return the limits of System Settings: `attempts` (0 = unlimited) and `seconds` of lock."""
    from frappe.utils import cint
    from frappe.utils.site_settings import get_system_settings

    attempts = get_system_settings("allow_consecutive_login_attempts")
    seconds = get_system_settings("allow_login_after_fail")
    return _dict(attempts=10 if attempts is None else cint(attempts), seconds=cint(seconds) or 60)
