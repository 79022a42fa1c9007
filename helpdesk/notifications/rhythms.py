"""When mails of the help desk may reach a person, and whether the tickets of their teams count as theirs.

A person's hours are those of their own time zone; all other times are the site's.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import frappe
from frappe import _
from frappe.utils import get_system_timezone, now_datetime

from helpdesk import caching
from helpdesk.agents import teams

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_notification_rhythm.hd_notification_rhythm import HDNotificationRhythm

RHYTHM = "HD Notification Rhythm"
HELD = "HD Held Notice"
KEY = "helpdesk:notification_rhythms"
DAILY: Final = "Daily"
WEEKLY: Final = "Weekly"
DIGEST_AT = time(8)


@dataclass(frozen=True)
class Rhythm:
    """Without a digest and quiet hours, every mail comes at once. Quiet hours may go over midnight."""

    digest: str = ""
    quiet_from: time | None = None
    quiet_until: time | None = None
    follow_teams: bool = False


def leaves_at(rhythm: Rhythm, now: datetime, *, is_urgent: bool) -> datetime:
    """Return when a mail written `now` may leave. What is urgent waits for no digest, but until quiet hours end."""
    due = now if is_urgent or not rhythm.digest else next_digest(rhythm.digest, now)
    return after_quiet(rhythm, due)


def next_digest(digest: str, now: datetime) -> datetime:
    """Return the next morning on which a digest goes out; a weekly one on Mondays."""
    due = datetime.combine(now.date(), DIGEST_AT)
    if now >= due:
        due += timedelta(days=1)
    return due + timedelta(days=-due.weekday() % 7) if digest == WEEKLY else due


def after_quiet(rhythm: Rhythm, moment: datetime) -> datetime:
    """Return the moment itself, or the end of the quiet hours it falls into."""
    start, end = rhythm.quiet_from, rhythm.quiet_until
    if start is None or end is None:
        return moment
    clock = moment.time()
    is_quiet = start <= clock < end if start < end else clock >= start or clock < end
    if not is_quiet:
        return moment
    return datetime.combine(moment.date() + timedelta(days=int(clock >= end)), end)


def due_for(user: str, now: datetime, *, is_urgent: bool) -> datetime:
    """Return when a mail to `user` may leave, in the site's time zone; `now` itself when at once."""
    rhythm = of(user)
    if not rhythm.digest and rhythm.quiet_from is None:
        return now
    here, there = ZoneInfo(get_system_timezone()), ZoneInfo(zone_of(user))
    local = now.replace(tzinfo=here).astimezone(there).replace(tzinfo=None)
    due = leaves_at(rhythm, local, is_urgent=is_urgent)
    return now if due == local else due.replace(tzinfo=there).astimezone(here).replace(tzinfo=None)


def zone_of(user: str) -> str:
    """Return the time zone in which a user lives: their own, else the site's."""
    return frappe.get_cached_value("User", user, "time_zone") or get_system_timezone()


def of(user: str) -> Rhythm:
    """Return how `user` wants to get mails."""
    return _all().get(user, Rhythm())


def followers(team: str | None) -> list[str]:
    """Return the members of a team who follow what happens to its tickets."""
    following = {user for user, rhythm in _all().items() if rhythm.follow_teams}
    return [user for user in teams.members_of(team) if user in following] if team and following else []


def _all() -> dict[str, Rhythm]:
    return frappe.cache.get_value(KEY, _read)


def _read() -> dict[str, Rhythm]:
    fields = ["user", "digest", "quiet_from", "quiet_until", "follow_teams"]
    return {row.user: _rhythm(row) for row in frappe.get_all(RHYTHM, fields=fields)}


def _rhythm(row: Any) -> Rhythm:
    return Rhythm(row.digest or "", _clock(row.quiet_from), _clock(row.quiet_until), bool(row.follow_teams))


def _clock(text: str | None) -> time | None:
    """Return the time of day that HH:MM stands for. Raises ValueError for anything else."""
    return datetime.strptime(text, "%H:%M").time() if text else None  # a time of day has no zone


def check(rhythm: "HDNotificationRhythm") -> None:
    """Refuse quiet hours that are no times, lack a beginning or an end, or have no length."""
    try:
        start, end = _clock(rhythm.quiet_from), _clock(rhythm.quiet_until)
    except ValueError:
        frappe.throw(_("Please write quiet hours as HH:MM, such as 22:00."))
    if (start is None) != (end is None):
        frappe.throw(_("Quiet hours need a beginning and an end."))
    if start is not None and start == end:
        frappe.throw(_("Quiet hours end when they begin; please leave both empty to have none."))


def changed(user: str) -> None:
    """Read the rhythms anew, and let what waits for `user` come when they want it now."""
    caching.forget(KEY)
    frappe.db.set_value(HELD, {"user": user}, "due_on", due_for(user, now_datetime(), is_urgent=False))


def save(user: str, rhythm: dict[str, Any]) -> None:
    """Store how `user` wants to get mails. The caller lets people choose for themselves."""
    document = frappe.get_doc(RHYTHM, user) if frappe.db.exists(RHYTHM, user) else frappe.new_doc(RHYTHM)
    document.update({"user": user, **rhythm})
    document.save(ignore_permissions=True)  # one's own
