"""What agents see beside a ticket about who asks."""

import frappe

from helpdesk.access import access_ticket, agents_only
from helpdesk.tickets import context
from helpdesk.tickets.context import Block


@frappe.whitelist()
@agents_only
def get_panels(ticket: str | int) -> list[Block]:
    """Return blocks about the customer of a ticket: fields, tables and progress, also of other apps."""
    return context.panels(access_ticket(ticket))
