"""Telling agents what happened to a ticket, in the ways they want to hear of it."""

from collections.abc import Iterable

import frappe
from frappe import _

from helpdesk.notifications import held, inapp, kinds, mail, mutes, notices, preferences
from helpdesk.settings import get_settings
from helpdesk.tickets.reference import reference_of


def tell(users: Iterable[str], kind: str, ticket: str | int, message: str) -> None:
    """Tell each of the users once, but whoever is acting. `message` is a plain sentence."""
    for user in dict.fromkeys(users):
        if user != frappe.session.user and not mutes.silences(user, kind, ticket):
            inapp.notify(user, kind, ticket=ticket, message=message)
            _send_mail(user, kind, ticket, message)


def _send_mail(user: str, kind: str, ticket: str | int, message: str) -> None:
    if get_settings().skip_email_workflow or not preferences.channels(user, kind).email:
        return
    address, enabled = frappe.get_cached_value("User", user, ["email", "enabled"])
    if not enabled:
        return
    title = title_of(kind, ticket)
    if held.hold_back(user, kind, ticket, title, message):
        return
    notices.send(
        headers={mail.AUTO_GENERATED: "hd-notification"},
        recipients=[address],
        subject=title,
        template="helpdesk_notification",
        args={"title": title, "message": frappe.utils.escape_html(message), "url": mail.agent_url(ticket)},
    )


def title_of(kind: str, ticket: str | int) -> str:
    """Return the subject of a mail about a ticket."""
    titles = {
        kinds.ESCALATION: _("Ticket {0} has been escalated"),
        kinds.SLA_WARNING: _("Ticket {0} is running out of time"),
        kinds.SLA_BREACH: _("Ticket {0} has missed its service level"),
        kinds.NEW_TICKET: _("There is a new ticket {0}"),
        kinds.PRIORITY: _("Ticket {0} has another priority"),
        kinds.RESOLUTION: _("Ticket {0} is resolved"),
    }
    return titles[kind].format(reference_of(ticket))
