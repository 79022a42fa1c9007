"""The note to requesters who wrote while nobody was there."""

from datetime import datetime, timedelta
from typing import Any, TypedDict

import frappe
from frappe.utils import get_datetime

from helpdesk.conversation.messages import has_agent_replied
from helpdesk.settings import get_settings
from helpdesk.sla.agreements import get_agreement
from helpdesk.sla.calendar import Calendar
from helpdesk.tickets.service_level import is_outside_working_hours

MESSAGE_FIELD = "outside_working_hours_message"


class Banner(TypedDict, total=False):
    """Whether to show the note, and its HTML."""

    show: bool
    msg: str


def banner(ticket: Any, now: datetime) -> Banner:
    """Return the note for a ticket the caller may read."""
    if not get_settings().enable_outside_hours_banner or not ticket.raised_outside_working_hours:
        return Banner(show=False)
    if not is_outside_working_hours(ticket, now):
        return Banner(show=False)
    calendar = get_agreement(ticket.sla).calendar
    if not before_next_day_begins(get_datetime(ticket.creation), now, calendar) or has_agent_replied(ticket.name):
        return Banner(show=False)
    return Banner(show=True, msg=frappe.render_template(text(), variables(ticket), is_path=False))


def before_next_day_begins(created: datetime, now: datetime, calendar: Calendar) -> bool:
    """Tell whether the first working morning after the creation is still to come.

    If the desk has no hours on the day after the creation, that morning is left to the open hours themselves.
    """
    following = created.date() + timedelta(days=1)
    hours = calendar.hours.get(following.weekday())
    return hours is None or now <= datetime.combine(following, hours.start)


def text() -> str:
    """Return the site's text, else the shipped one."""
    return (get_settings().get(MESSAGE_FIELD) or "").strip() or default_text()


def default_text() -> str:
    """Return the text that is shipped with the settings."""
    return frappe.get_meta("HD Settings").get_field(MESSAGE_FIELD).default or ""


def variables(ticket: Any) -> dict[str, Any]:
    """Return what the text may use."""
    due = get_datetime(ticket.response_by) if ticket.response_by else None
    return {
        "ticket": ticket.as_dict(),
        "next_working_daytime": due,
        "next_working_day": due.strftime("%A, %d %B") if due else None,
        "next_working_date": due.strftime("%d %B") if due else None,
        "expected_response": due.strftime("%H:%M, %A, %d %B") if due else None,
    }
