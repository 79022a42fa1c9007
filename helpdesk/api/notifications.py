"""How notifications reach people, as they want it."""

from datetime import time
from typing import TypedDict

import frappe

from helpdesk.access import access_ticket, agents_only, require_manager
from helpdesk.notifications import mutes, preferences, rhythms
from helpdesk.notifications.preferences import EVERYBODY, Preference


@frappe.whitelist()
@agents_only
def get_preferences(for_everybody: bool = False) -> list[Preference]:
    """Return how each kind of notification reaches the caller, or those who have not chosen."""
    return preferences.describe(EVERYBODY if for_everybody else frappe.session.user)


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def save_preference(
    notification_type: str, in_app: bool, email: bool, for_everybody: bool = False, locked: bool = False
) -> list[Preference]:
    """Store how a kind of notification reaches the caller; managers may do so for all who have not chosen.

    With `locked`, what managers choose holds for those who have chosen, too.
    """
    user = _whose(for_everybody)
    preferences.save(user, notification_type, in_app=in_app, email=email, locked=locked)
    return preferences.describe(user)


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def reset_preferences(for_everybody: bool = False) -> list[Preference]:
    """Forget what the caller, or a manager for everybody, has chosen."""
    user = _whose(for_everybody)
    preferences.reset(user)
    return preferences.describe(user)


def _whose(for_everybody: bool) -> str:
    if for_everybody:
        require_manager()
    return EVERYBODY if for_everybody else frappe.session.user


class Rhythm(TypedDict):
    """When mails reach somebody. Times are HH:MM in `time_zone`, or empty."""

    digest: str
    quiet_from: str
    quiet_until: str
    follow_teams: bool
    time_zone: str


@frappe.whitelist()
@agents_only
def get_rhythm() -> Rhythm:
    """Return when mails reach the caller, and whether they follow the tickets of their teams."""
    user = frappe.session.user
    rhythm = rhythms.of(user)
    return Rhythm(
        digest=rhythm.digest,
        quiet_from=_said(rhythm.quiet_from),
        quiet_until=_said(rhythm.quiet_until),
        follow_teams=rhythm.follow_teams,
        time_zone=rhythms.zone_of(user),
    )


def _said(clock: time | None) -> str:
    return f"{clock:%H:%M}" if clock else ""


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def save_rhythm(digest: str = "", quiet_from: str = "", quiet_until: str = "", follow_teams: bool = False) -> Rhythm:
    """Store when mails reach the caller: `digest` is Daily, Weekly or empty; quiet hours are HH:MM on their clock."""
    chosen = {"digest": digest, "quiet_from": quiet_from or None, "quiet_until": quiet_until or None}
    rhythms.save(frappe.session.user, {**chosen, "follow_teams": int(follow_teams)})
    return get_rhythm()


@frappe.whitelist()
@agents_only
def is_ticket_muted(ticket: str | int) -> bool:
    """Tell whether the caller has muted a ticket."""
    return mutes.is_muted(frappe.session.user, access_ticket(ticket).name)


@frappe.whitelist(methods=["POST", "PUT"])
@agents_only
def mute_ticket(ticket: str | int, muted: bool = True) -> None:
    """Let the caller hear nothing of a ticket any more but what is said to them by name, or hear of it again."""
    mutes.put(frappe.session.user, access_ticket(ticket).name, muted=muted)
