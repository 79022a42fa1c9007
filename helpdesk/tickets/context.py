"""What agents see beside a ticket about who asks: blocks from here, and from other apps through a hook.

An app names functions in its hook `helpdesk_context_panels`. Each gets the ticket, which the caller may read, looks
for itself what else the caller may know, and returns blocks.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import frappe
from frappe import _

from helpdesk.tickets import similar, statuses

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

HOOK = "helpdesk_context_panels"
FULL_STARS = 5


class Block(TypedDict):
    """A part of the panel. `rows` are, by kind:

    - `fields`: `{label, value, doctype?, name?}`, where a document is a link
    - `table`: one object for each line, whose keys are the columns
    - `progress`: `{label, value, of}`
    - `failed`: none; the block could not be made
    """

    key: str
    title: str
    kind: Literal["fields", "table", "progress", "failed"]
    rows: list[dict[str, Any]]


def panels(ticket: "HDTicket") -> list[Block]:
    """Return all blocks for a ticket. A provider that fails is logged and shows as `failed`, and stops no other."""
    return [block for path in providers() for block in _from_provider(path, ticket)]


def providers() -> list[str]:
    """Return the functions that make blocks, of all apps."""
    return list(frappe.get_hooks(HOOK))


def _from_provider(path: str, ticket: "HDTicket") -> list[Block]:
    try:
        return list(frappe.get_attr(path)(ticket))
    except Exception:  # another app's code; the ticket must open without it
        frappe.log_error(title=f"Context of ticket {ticket.name}: {path}"[:140])
        return [Block(key=path, title=path.rpartition(".")[2], kind="failed", rows=[])]


def customer(ticket: "HDTicket") -> Iterator[Block]:
    """Yield what this help desk knows about the customer and what they asked before."""
    if ticket.customer:
        rows = [
            {"label": _("Customer"), "value": ticket.customer, "doctype": "HD Customer", "name": ticket.customer},
            *_figures({"customer": ticket.customer}),
        ]
        yield Block(key="customer", title=_("Customer"), kind="fields", rows=rows)
    yield Block(key="previous", title=_("Previous tickets"), kind="table", rows=similar.recent(ticket))


def _figures(filters: dict[str, Any]) -> list[dict[str, Any]]:
    """Return how many tickets of the customer the caller sees, by category, and how they were rated."""
    fields = ["status_category", "feedback_rating"]
    tickets = frappe.get_list("HD Ticket", filters=filters, fields=fields, order_by="creation desc", limit=1000)
    done = sum(1 for row in tickets if row.status_category == statuses.RESOLVED)
    ratings = [row.feedback_rating * FULL_STARS for row in tickets if row.feedback_rating]
    figures = [
        {"label": _("Unresolved tickets"), "value": len(tickets) - done},
        {"label": _("Resolved tickets"), "value": done},
    ]
    if ratings:
        figures.append({"label": _("Average rating"), "value": round(sum(ratings) / len(ratings), 1)})
    return figures
