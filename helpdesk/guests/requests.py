"""What people without an account write: a new request, and the wish for a new link to an old one."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils import cint, escape_html, validate_email_address

from helpdesk.guests import limits, links, uploads
from helpdesk.notifications import mail
from helpdesk.settings import get_settings
from helpdesk.tickets.reference import named_in, reference_of

if TYPE_CHECKING:
    from helpdesk.helpdesk.doctype.hd_ticket.hd_ticket import HDTicket

LONGEST_LINE, LONGEST_TEXT = 140, 20_000
PER_HOUR, PER_ADDRESS = 10, 5
LINK_HOURS = 24
TRAP = "website"
"""A field that people do not see; whatever fills it in is a machine."""


@dataclass(frozen=True)
class Request:
    """A new request as it was written. Nothing else of what was sent counts."""

    name: str
    email: str
    subject: str
    description: str
    ticket_type: str = ""
    team: str = ""


def require_open() -> None:
    """Refuse guests unless the settings let them write."""
    if not get_settings().allow_anyone_to_create_tickets:
        frappe.throw(_("There is no such page."), frappe.DoesNotExistError)


def read(form: dict[str, Any]) -> Request:
    """Return the request that a form holds. Raises ValidationError for one that is incomplete."""
    request = Request(
        name=line(form.get("name")),
        email=address(form.get("email")),
        subject=line(form.get("subject")),
        description=str(form.get("description") or "").replace("\x00", "").strip(),
        ticket_type=known_type(form.get("ticket_type")),
    )
    if not request.subject or not request.description:
        frappe.throw(_("Please give a subject and describe your request."))
    if len(request.description) > LONGEST_TEXT:
        frappe.throw(
            _("Please write {0} characters at most; you can send longer texts as a file.").format(LONGEST_TEXT)
        )
    return request


def line(value: Any) -> str:
    """Return a text as one line without control signs."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value or "")).split())[:LONGEST_LINE]


def address(value: Any) -> str:
    """Return an e-mail address. Raises ValidationError for anything else, and for a mailbox of the help desk."""
    given = str(value or "").strip()
    if len(given) > LONGEST_LINE or "," in given or not given.isprintable() or validate_email_address(given) != given:
        frappe.throw(_("Please give your e-mail address."))
    if frappe.db.exists("Email Account", {"email_id": given}):
        frappe.throw(_("Please give an e-mail address of your own."))
    return given


def known_type(value: Any) -> str:
    """Return the ticket type if there is one of this name that is in use."""
    chosen = line(value)
    return chosen if chosen in types() else ""


def types() -> list[str]:
    """Return the ticket types a guest can choose from."""
    return frappe.get_all("HD Ticket Type", filters={"disabled": 0}, pluck="name", order_by="name asc")


def submit(request: Request, files: list[Any]) -> "HDTicket":
    """File a request of a guest. They hear of it, with their link, at the address they gave."""
    require_open()
    limits.count("write", limits.caller(), PER_HOUR)
    limits.count("write-as", request.email, PER_ADDRESS)
    ticket = frappe.new_doc("HD Ticket")
    ticket.update(
        {
            "subject": request.subject,
            "description": as_html(request.description),
            "raised_by": request.email,
            "ticket_type": request.ticket_type or None,
            "agent_group": request.team or None,
        }
    )
    ticket.flags.update(written_by_helpdesk=True, filed_by_guest=True, guest_name=request.name)
    ticket.flags.initial_attachments = uploads.store(files)
    ticket.insert(ignore_permissions=True)  # the gate is `require_open`
    return ticket


def as_html(text: str) -> str:
    """Return a plain text as paragraphs."""
    parts = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return "".join(f"<p>{escape_html(part.strip()).replace(chr(10), '<br>')}</p>" for part in parts)


def ask_for_link(reference: Any, email: Any) -> None:
    """Take the wish for a new link. Whether there is such a request is found out later, so all wishes look alike."""
    given = address(email)
    number = named_in(str(reference or ""))
    if number is None:
        frappe.throw(_("Please give the number of your request, such as {0}.").format(reference_of(1234)))
    limits.count("link", limits.caller(), PER_HOUR)
    limits.count("link-to", given, PER_ADDRESS)
    frappe.enqueue("helpdesk.guests.requests.send_link", enqueue_after_commit=True, reference=cint(number), email=given)


def send_link(reference: int, email: str) -> None:
    """Mail a short-lived link to the requester of a ticket. Runs in the background."""
    if not frappe.db.exists("HD Ticket", reference):
        return
    ticket = frappe.get_doc("HD Ticket", reference)
    if links.belongs_to(ticket, email):
        mail.send_link(ticket, LINK_HOURS)
