"""What people, and the site for those who have not, chose about each kind of notification."""

from typing import TYPE_CHECKING, TypedDict

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


def channels(user: str, kind: str) -> Channels:
    """Return how `kind` reaches `user`: their own choice, else the site's, else the usual way."""
    chosen = _chosen()
    return chosen.get((user, kind)) or chosen.get((EVERYBODY, kind)) or USUAL[kind]


def _chosen() -> dict[tuple[str, str], Channels]:
    """Return every stored choice by user and kind, from the cache."""
    return frappe.cache.get_value(KEY, _read)


def _read() -> dict[tuple[str, str], Channels]:
    rows = frappe.get_all(PREFERENCE, fields=["user", "notification_type", "in_app", "email"])
    return {(row.user or EVERYBODY, row.notification_type): Channels(bool(row.in_app), bool(row.email)) for row in rows}


def changed() -> None:
    """Read the choices anew next time."""
    caching.forget(KEY)


def wanting(kind: str) -> list[str]:
    """Return the people who asked for `kind` themselves, in one way or the other."""
    return [user for (user, chosen), how in _chosen().items() if user and chosen == kind and any(how)]


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
    )


def save(user: str, kind: str, *, in_app: bool, email: bool) -> None:
    """Store a choice. Callers let people choose for themselves, and managers for everybody."""
    if kind not in USUAL:
        frappe.throw(_("There is no notification of the kind {0}.").format(frappe.utils.escape_html(kind)))
    filters = {"user": user or ["is", "not set"], "notification_type": kind}
    name = frappe.db.get_value(PREFERENCE, filters)
    preference = frappe.get_doc(PREFERENCE, name) if name else frappe.new_doc(PREFERENCE)
    preference.update({"user": user or None, "notification_type": kind, "in_app": int(in_app), "email": int(email)})
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
