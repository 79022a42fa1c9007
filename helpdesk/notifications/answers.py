"""The mail to agents that a customer has answered on the portal. Answers by mail they have in their mailbox anyway."""

from typing import TYPE_CHECKING

from frappe import _
from frappe.utils import get_fullname

from helpdesk.conversation.rendering import text_of
from helpdesk.notifications import audience, held, kinds, mail, mutes, notices, preferences, texts
from helpdesk.tickets.reference import reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket


def tell_agents(ticket: "HDTicket", text: str, author: str) -> None:
    """Mail those whom the ticket concerns what its requester has said, at once or when they want to hear of it."""
    if not texts.is_enabled("reply_to_agents"):
        return
    title = _("{0} answered in {1}").format(get_fullname(author), reference_of(ticket.name))
    agents = [
        agent
        for agent in audience.of(ticket.name, ticket.agent_group)
        if preferences.channels(agent, kinds.REPLY).email
        and not mutes.silences(agent, kinds.REPLY, ticket.name)
        and not held.hold_back(agent, kinds.REPLY, ticket.name, title, text_of(text))
    ]
    if not agents:
        return
    notices.send(
        recipients=agents,
        subject=f"Re: {ticket.subject} - #{ticket.name}",
        message=texts.render("reply_to_agents", ticket, message=text, ticket_url=mail.agent_url(ticket.name)),
        reference_doctype="HD Ticket",
        reference_name=ticket.name,
        with_container=False,
        now=True,
    )
