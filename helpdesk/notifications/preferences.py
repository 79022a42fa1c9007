"""What people, and the site for those who have not, chose about each kind of notification."""

from typing import TYPE_CHECKING, NamedTuple, TypedDict

import frappe
from frappe import _

from helpdesk import caching
from helpdesk.notifications.kinds import MAILED_BY_THE_FRAMEWORK, NEVER_MAILED, USUAL, Channels

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_notification_preference.hd_notification_preference import HDNotificationPreference

PREFERENCE = "HD Notification Preference"
KEY = "helpdesk:notification_preferences"
EVERYBODY = ""


class Preference(TypedDict):
    """One line of the preferences page. `email` is None where this page does not decide about mail."""

    notification_type: str
    in_app: bool
    email: bool | None
    is_own: bool
    is_locked: bool


class _Stored(NamedTuple):
    """The choices by user and kind, and the kinds that managers have fixed."""

    chosen: dict[tuple[str, str], Channels]
    locked: frozenset[str]


def channels(user: str, kind: str) -> Channels:
    """Return how `kind` reaches `user`: their own choice, else the site's, else the usual way."""
    chosen = _chosen()
    own = None if is_locked(kind) else chosen.get((user, kind))
    return own or chosen.get((EVERYBODY, kind)) or USUAL[kind]


def is_locked(kind: str) -> bool:
    """Tell whether managers have fixed how everybody hears of `kind`."""
    return kind in _stored().locked


def _chosen() -> dict[tuple[str, str], Channels]:
    """Return every stored choice by user and kind, from the cache."""
    return _stored().chosen


def _stored() -> _Stored:
    return frappe.cache.get_value(KEY, _read)


def _read() -> _Stored:
    rows = frappe.get_all(PREFERENCE, fields=["user", "notification_type", "in_app", "email", "locked"])
    chosen = {
        (row.user or EVERYBODY, row.notification_type): Channels(bool(row.in_app), bool(row.email)) for row in rows
    }
    return _Stored(chosen, frozenset(row.notification_type for row in rows if row.locked and not row.user))


def changed() -> None:
    """Read the choices anew next time."""
    caching.forget(KEY)


def wanting(kind: str) -> list[str]:
    """Return the people who asked for `kind` themselves, in one way or the other."""
    people = {user for (user, chosen), _how in _chosen().items() if user and chosen == kind}
    return sorted(user for user in people if any(channels(user, kind)))


def is_wanted(kind: str) -> bool:
    """Tell whether anybody may want to hear of `kind`."""
    return any(USUAL[kind]) or any(any(how) for (_user, chosen), how in _chosen().items() if chosen == kind)


def describe(user: str) -> list[Preference]:
    """Return how every kind reaches `user`; EVERYBODY stands for those who have not chosen."""
    return [_line(user, kind) for kind in USUAL]


def _line(user: str, kind: str) -> Preference:
    in_app, email = channels(user, kind)
    decides = kind not in MAILED_BY_THE_FRAMEWORK | NEVER_MAILED
    return Preference(
        notification_type=kind,
        in_app=in_app,
        email=email if decides else None,
        is_own=(user, kind) in _chosen(),
        is_locked=is_locked(kind),
    )


def save(user: str, kind: str, *, in_app: bool, email: bool, locked: bool = False) -> None:
    """Store a choice. Callers let people choose for themselves, and managers for everybody, who may also fix it."""
    if kind not in USUAL:
        frappe.throw(_("There is no notification of the kind {0}.").format(frappe.utils.escape_html(kind)))
    if user and is_locked(kind):
        frappe.throw(_("Your managers have fixed this for everybody."), frappe.PermissionError)
    filters = {"user": user or ["is", "not set"], "notification_type": kind}
    name = frappe.db.get_value(PREFERENCE, filters)
    preference = frappe.get_doc(PREFERENCE, name) if name else frappe.new_doc(PREFERENCE)
    preference.update({"user": user or None, "notification_type": kind})
    preference.update({"in_app": int(in_app), "email": int(email), "locked": int(locked and not user)})
    preference.save(ignore_permissions=True)  # whose it is was decided by the caller's gate


def reset(user: str) -> None:
    """Forget the choices of `user`."""
    frappe.db.delete(PREFERENCE, {"user": user or ["is", "not set"]})
    changed()


def refuse_second(preference: "HDNotificationPreference") -> None:
    """Refuse a second choice of the same person about the same kind."""
    filters = {"user": preference.user or ["is", "not set"], "notification_type": preference.notification_type}
    if frappe.db.exists(PREFERENCE, {**filters, "name": ["!=", preference.name or ""]}):
        frappe.throw(_("There is a choice about {0} already.").format(_(preference.notification_type)))
