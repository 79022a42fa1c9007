"""Mails that wait: for the end of quiet hours, or for the next digest. What waits is a row, and leaves as one mail.

Rows and the mail that carries them change in one transaction, so that a mail is neither lost nor sent twice.
"""

from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Any

import frappe
from frappe import _
from frappe.query_builder import DocType
from frappe.utils import now_datetime

from helpdesk.batches import for_each
from helpdesk.notifications import kinds, mail, notices, rhythms
from helpdesk.notifications.rhythms import HELD
from helpdesk.settings import get_settings
from helpdesk.tickets.reference import reference_of

LONGEST = 500


def hold_back(user: str, kind: str, ticket: str | int, title: str, message: str) -> bool:
    """Keep a mail for later if its addressee wants it so; tell whether it is kept. Title and message are plain text."""
    now = now_datetime()
    due = rhythms.due_for(user, now, is_urgent=kind in kinds.URGENT)
    if due <= now:
        return False
    frappe.get_doc(
        {
            "doctype": HELD,
            "user": user,
            "notification_type": kind,
            "ticket": ticket,
            "title": title[:140],
            "message": message[:LONGEST],
            "due_on": due,
        }
    ).insert(ignore_permissions=True)  # written by the help desk itself
    return True


def send_due(now: datetime) -> int:
    """Mail everybody what is due for them, each in one mail; return to how many."""
    users = frappe.get_all(HELD, filters={"due_on": ["<=", now]}, pluck="user", distinct=True, order_by="user asc")
    return for_each(users, partial(_send, now=now), "What waits for {0} could not be mailed")


def _send(user: str, now: datetime) -> None:
    table = DocType(HELD)
    rows = (
        frappe.qb.from_(table)
        .select(table.name, table.ticket, table.title, table.message, table.creation)
        .where((table.user == user) & (table.due_on <= now))
        .orderby(table.ticket, table.creation)
        .for_update()  # another scheduler finds none of them
        .run(as_dict=True)
    )
    frappe.db.delete(HELD, {"name": ["in", [row.name for row in rows]]})
    address, enabled, language = frappe.get_cached_value("User", user, ["email", "enabled", "language"])
    if not rows or not enabled or get_settings().skip_email_workflow:
        return
    notices.send(
        headers={mail.AUTO_GENERATED: "hd-notification"},
        recipients=[address],
        subject=_subject(rows, language),
        template="helpdesk_digest",
        args={"title": _subject(rows, language), "tickets": _by_ticket(rows)},
    )


def _subject(rows: list[Any], language: str | None) -> str:
    if len(rows) == 1:
        return str(rows[0].title)
    return _("{0} notifications from the help desk", language).format(len(rows))


def _by_ticket(rows: list[Any]) -> list[dict[str, Any]]:
    subjects = dict(
        frappe.get_all(
            "HD Ticket",
            filters={"name": ["in", [row.ticket for row in rows]]},
            fields=["name", "subject"],
            as_list=True,
        )
    )
    return [
        {
            "reference": reference_of(ticket),
            "subject": subjects.get(int(ticket), ""),
            "url": mail.agent_url(ticket),
            "lines": list(lines),
        }
        for ticket, lines in groupby(rows, key=lambda row: row.ticket)
    ]


def forget(ticket: str | int) -> None:
    """Let nobody hear of a ticket that goes away."""
    frappe.db.delete(HELD, {"ticket": ticket})
