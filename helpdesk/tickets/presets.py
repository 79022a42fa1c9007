"""What the template of a ticket gives it: the subject, the team, and who works on it first."""

from typing import TYPE_CHECKING

from helpdesk.access import has_agent_record
from helpdesk.assignment import manual
from helpdesk.tickets import forms

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def fill_in(ticket: "HDTicket") -> None:
    """Give a new ticket the subject and team of its template where it has none."""
    template = forms.stored(ticket.template) if ticket.template and ticket.is_new() else None
    if template is not None:
        ticket.subject = ticket.subject or template.subject_template
        ticket.agent_group = ticket.agent_group or template.preset_team


def assign(ticket: "HDTicket") -> None:
    """Assign a new ticket to the agent of its template, before assignment rules look for somebody."""
    template = forms.stored(ticket.template) if ticket.template else None
    if template is not None and template.preset_agent and has_agent_record(template.preset_agent):
        manual.assign(ticket, [template.preset_agent], ignore_permissions=True)  # the template says so
