"""What clients may do with tickets. The paths of this module are a contract."""

from typing import Any, TypedDict

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime

from helpdesk.access import access_ticket, agents_only, is_agent, require_permission, visible_ticket
from helpdesk.conversation import timeline
from helpdesk.conversation.timeline import Timeline
from helpdesk.tickets import banner, following_up, forms, merging, navigation, outlook, reading, similar, splitting
from helpdesk.tickets.banner import Banner
from helpdesk.tickets.outlook import Outlook


class RecentAndSimilar(TypedDict):
    """Other tickets worth a look."""

    recent_tickets: list[Any]
    similar_tickets: list[Any]


@frappe.whitelist()
def new(
    doc: dict,
    attachments: list[dict] | None = None,
    follows: str | int | None = None,
    labels: list[str] | None = None,
    acknowledge: bool = False,
) -> Document:
    """File a ticket from a form. Agents may do so for somebody else, everybody else files in their own name.

    `follows` is an older ticket that the caller may read, and that left something open. Agents may add labels, and
    `acknowledge` tells the requester by mail that it is here.
    """
    require_permission("HD Ticket", "create")
    older = access_ticket(follows) if follows else None
    ticket = frappe.new_doc("HD Ticket")
    ticket.update({field: value for field, value in doc.items() if field in _writable_fields(ticket)})
    ticket.via_customer_portal = 1
    if not is_agent():
        ticket.raised_by = frappe.session.user
    ticket.flags.initial_attachments = attachments
    ticket.flags.asked_to_acknowledge = acknowledge and is_agent()
    ticket.insert()
    if older is not None:
        following_up.connect(ticket, to=older)
    for label in (labels or []) if is_agent() else []:
        ticket.add_tag(label)
    ticket.reload()
    return ticket


@frappe.whitelist()
def get_outlook(ticket: str | int) -> Outlook:
    """Return what the requester may still do, when the ticket closes by itself, and the statuses it has had."""
    return outlook.of(access_ticket(ticket))


def _writable_fields(ticket: Document) -> set[str]:
    """Return the fields a form may fill: what the ticket has, except what it computes."""
    return {df.fieldname for df in ticket.meta.fields if not df.read_only}


@frappe.whitelist()
def get_one(name: str | int, is_customer_portal: bool = False) -> dict[str, Any]:
    """Return a ticket with everything its page shows."""
    ticket = access_ticket(name)
    return reading.whole(ticket, portal=is_customer_portal or not is_agent())


@frappe.whitelist()
@agents_only
def merge_ticket(source: str | int, target: str | int) -> None:
    """Move the conversation of `source` into `target`, or into the one that went into itself; close `source`."""
    living = merging.living(access_ticket(target, "write"))
    merging.merge(access_ticket(source, "write"), into=access_ticket(living.name, "write"))


@frappe.whitelist()
@agents_only
def split_ticket(subject: str, communication_id: str) -> str | int:
    """Move a message and everything after it to a new ticket; return its id. The write check is in `split`."""
    return splitting.split(subject, communication_id)


@frappe.whitelist()
@agents_only
def get_ticket_customizations() -> dict[str, Any]:
    """Return the fields of the default template and the scripts of the agents' ticket page."""
    rows = frappe.get_all(
        "HD Ticket Template Field",
        filters={"parent": forms.DEFAULT_TEMPLATE, "parenttype": forms.TEMPLATE},
        fields=["fieldname", "required", "placeholder", "url_method"],
        order_by="idx asc",
    )
    return {"custom_fields": rows, "_form_script": forms.form_scripts("HD Ticket")}


@frappe.whitelist()
def get_navigation_tickets(ticket: str | int, current_view: str | None = None) -> list[str | int]:
    """Return the ticket and up to 40 neighbours in the view; empty when one of the two cannot be read."""
    name = visible_ticket(ticket)
    if name is None:
        return []
    try:
        return navigation.neighbours(name, current_view, frappe.session.user)
    except (ValueError, frappe.ValidationError, frappe.db.ProgrammingError, frappe.db.OperationalError):
        frappe.log_error(title=f"The neighbours of ticket {ticket} could not be listed")
        return []


@frappe.whitelist()
def get_ticket_contact(ticket: str | int) -> dict[str, Any] | None:
    """Return the requester's contact; null for agents when the ticket does not exist."""
    if is_agent() and not frappe.db.exists("HD Ticket", ticket):
        return None
    return reading.short_contact(access_ticket(ticket))


@frappe.whitelist()
def get_recent_similar_tickets(ticket: str | int) -> RecentAndSimilar:
    """Return other tickets of the same people, and ones with a similar subject, that the caller may read."""
    if is_agent() and not frappe.db.exists("HD Ticket", ticket):
        return RecentAndSimilar(recent_tickets=[], similar_tickets=[])
    found = access_ticket(ticket)
    return RecentAndSimilar(recent_tickets=similar.recent(found), similar_tickets=similar.similar(found))


@frappe.whitelist()
def get_ticket_activities(ticket: str | int) -> Timeline:
    """Return the history of a ticket."""
    return timeline.of(access_ticket(ticket).name)


@frappe.whitelist()
def get_ticket_assignees(ticket: str | int) -> list[dict[str, Any]]:
    """Return who works on a ticket."""
    return reading.assignees(access_ticket(ticket))


@frappe.whitelist()
def show_outside_hours_banner(ticket_name: str | int) -> Banner:
    """Return the note to requesters who wrote while nobody was there."""
    return banner.banner(access_ticket(ticket_name), now_datetime())
