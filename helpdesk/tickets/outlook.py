"""What becomes of a ticket, as its requester is told: what they may still do, what will happen, and what happened."""

from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

import frappe

from helpdesk.tickets import closing, guards, statuses
from helpdesk.tickets.activity import ACTIVITY

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

STATUS_LINE = "set status to "


class Moment(TypedDict):
    """The ticket got another status, in the customer's words, on a day."""

    name: str
    creation: datetime
    status: str


class Outlook(TypedDict):
    """`closes_on` is when the ticket closes by itself, `reopens_until` how long an answer opens a closed one."""

    may_reply: bool
    closes_on: datetime | None
    reopens_until: datetime | None
    moments: list[Moment]


def of(ticket: "HDTicket") -> Outlook:
    """Return the outlook of a ticket that the caller may read. No names: who did it is the team's own business."""
    return Outlook(
        may_reply=not guards.is_over(ticket),
        closes_on=closing.closes_on(ticket),
        reopens_until=guards.reopens_until(ticket),
        moments=_moments(ticket.name),
    )


def _moments(ticket: int | str) -> list[Moment]:
    """Return the changes of status a customer can tell apart, oldest first."""
    rows = frappe.get_all(
        ACTIVITY,
        filters={"ticket": ticket, "action": ["like", f"{STATUS_LINE}%"]},
        fields=["name", "action", "creation"],
        order_by="creation asc, name asc",
    )
    labels = _labels()
    found: list[Moment] = []
    for row in rows:
        status = row.action.removeprefix(STATUS_LINE)
        label = labels.get(status, status)
        if not found or found[-1]["status"] != label:
            found.append(Moment(name=row.name, creation=row.creation, status=label))
    return found


def _labels() -> dict[str, str]:
    fields = ["name", "label_agent", "label_customer", "different_view"]
    return {row.name: statuses.customer_label(row) for row in frappe.get_all(statuses.STATUS, fields=fields)}
