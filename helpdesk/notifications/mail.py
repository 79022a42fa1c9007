"""Mail that leaves the house because of a ticket."""

from typing import TYPE_CHECKING

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import add_to_date, get_url, now_datetime

from helpdesk.compat import sendmail
from helpdesk.conversation import messages
from helpdesk.conversation.rendering import for_mail
from helpdesk.guests import links
from helpdesk.inbox.accounts import Account
from helpdesk.notifications import notices, texts
from helpdesk.settings import get_settings
from helpdesk.tickets.reference import reference_of
from helpdesk.tickets.requester import address_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

# Another help desk must not answer what this one sends by itself.
AUTO_GENERATED = "X-Auto-Generated"

# Whoever sends mails in another one's name must not fill that person's mailbox through us.
ACKNOWLEDGED_PER_HOUR = 5


def agent_url(ticket: str | int) -> str:
    """Return the address of a ticket for agents."""
    return get_url(f"/helpdesk/tickets/{ticket}")


def portal_url(ticket: str | int) -> str:
    """Return the address of a ticket for its requester."""
    return get_url(f"/helpdesk/my-tickets/{ticket}")


def send_reply(
    ticket: "HDTicket", message: Document, account: Account, urls: list[str], previous: Document | None
) -> None:
    """Mail an agent's stored reply to its recipients."""
    body = for_mail(message.content)
    if ticket.via_customer_portal or texts.mailbox_text("reply_via_agent", ticket.email_account):
        body = texts.render("reply_via_agent", ticket, message=body, ticket_url=portal_url(ticket.name))
    instantly = bool(get_settings().instantly_send_email)
    sendmail(
        recipients=message.recipients,
        cc=message.cc,
        bcc=message.bcc,
        subject=message.subject,
        message=body,
        attachments=[{"file_url": url} for url in urls],
        sender=account.email_id,
        reply_to=account.email_id,
        expose_recipients="header",
        communication=message.name,
        reference_doctype="HD Ticket",
        reference_name=ticket.name,
        in_reply_to=_reference(previous),
        as_markdown=True,
        with_container=False,
        delayed=not instantly,
        now=instantly,
    )


def _reference(previous: Document | None) -> str | None:
    return f"<{previous.message_id.strip('<>')}>" if previous is not None and previous.message_id else None


def acknowledge(ticket: "HDTicket") -> None:
    """Tell the sender of a mail that it has arrived. Portal users have seen it happen; an agent may ask for it."""
    has_seen_it = ticket.via_customer_portal and not ticket.flags.asked_to_acknowledge
    if has_seen_it or frappe.flags.initial_sync or not _wants_acknowledgement(ticket):
        return
    if _acknowledged_lately(ticket) > ACKNOWLEDGED_PER_HOUR:
        return
    url = follow_url(ticket)
    text = texts.render("acknowledgement", ticket, is_known=_is_known(ticket), tracking_url=url)
    if ticket.flags.filed_by_guest and url not in text:
        # A text of the site's own that says nothing of the link; without it a guest could not come back.
        text += f'<p><a href="{url}">{_("Follow your request")}</a></p>'
    notices.send(
        headers={AUTO_GENERATED: "hd-acknowledgement"},
        recipients=[ticket.raised_by],
        subject=_("Ticket {0}: we have received your request").format(reference_of(ticket.name)),
        message=text,
        reference_doctype="HD Ticket",
        reference_name=ticket.name,
        expose_recipients="header",
        with_container=False,
        now=True,
    )


def _wants_acknowledgement(ticket: "HDTicket") -> bool:
    """Tell whether the requester hears that the ticket is here.

    Guests always do: it brings them their link; and those whose agent asked for it.
    """
    if ticket.flags.without_acknowledgement:
        return False
    if ticket.flags.filed_by_guest or ticket.flags.asked_to_acknowledge:
        return not get_settings().skip_email_workflow
    return texts.is_enabled("acknowledgement")


def follow_url(ticket: "HDTicket", hours: int | None = None) -> str:
    """Return where the requester follows the ticket: on the portal, or by a new secret link without an account."""
    address = address_of(ticket.raised_by)
    if frappe.db.exists("User", {"email": address, "enabled": 1}):
        return portal_url(ticket.name)
    return links.issue(ticket.name, address, hours)


def send_link(ticket: "HDTicket", hours: int) -> bool:
    """Mail the requester an address of the ticket that works for so many hours; tell whether the mail could leave."""
    text = _("Here you see where your request {0} stands. The link works for {1} hours.").format(
        reference_of(ticket.name), hours
    )
    label = _("Follow your request")
    return notices.send(
        headers={AUTO_GENERATED: "hd-tracking-link"},
        recipients=[address_of(ticket.raised_by)],
        subject=_("Your link to request {0}").format(reference_of(ticket.name)),
        message=f'<p>{text}</p><p><a href="{follow_url(ticket, hours)}">{label}</a></p>',
        expose_recipients="header",
        with_container=False,
        now=True,
    )


def _is_known(ticket: "HDTicket") -> bool:
    """Tell whether the sender is one of ours. To strangers we repeat nothing of theirs, and links to nobody."""
    subject = ticket.subject.casefold()
    if "://" in subject or "www." in subject:
        return False
    return bool(ticket.customer or frappe.db.exists("User", {"name": ticket.raised_by, "enabled": 1}))


def _acknowledged_lately(ticket: "HDTicket") -> int:
    """Return how many tickets the sender has filed within an hour, this one included."""
    since = add_to_date(now_datetime(), hours=-1)
    filters = {"raised_by": ticket.raised_by, "via_customer_portal": 0, "creation": [">=", since]}
    return int(frappe.db.count("HD Ticket", filters))


def ask_for_feedback(ticket: "HDTicket") -> bool:
    """Ask the requester to rate the help; tell whether the mail could leave."""
    survey = get_url(f"/csat/{ticket.key}")
    text = texts.render(
        "share_feedback",
        ticket,
        url=get_url(f"/ticket-feedback/new?key={ticket.key}"),
        survey_url=survey,
        stop_url=f"{survey}/stop",
    )
    return notices.send(
        headers={AUTO_GENERATED: "hd-email-feedback"},
        recipients=[ticket.raised_by],
        subject=f"Re: {ticket.subject}",
        message=text,
        reference_doctype="HD Ticket",
        reference_name=ticket.name,
        in_reply_to=_reference(messages.latest(ticket.name)),
        expose_recipients="header",
        with_container=False,
        now=True,
    )
